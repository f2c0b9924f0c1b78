"""The demo's sessions and sheets: every stage, always the same, and what people did in it is left alone."""

import pytest
from django.utils import timezone

from partnerships.demo import seed_people
from partnerships.models import Action, Membership
from toolkits.demo import seed_tools
from toolkits.home import waiting_sessions, waiting_sheets
from toolkits.models import Activity, AgreedVersion, Card, Contribution, Participant, Vote
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> None:
    seed_people()
    seed_tools()


def member(email: str) -> Membership:
    return Membership.objects.get(user__email=email, setting__slug="hillside")


@pytest.mark.usefixtures("demo")
def test_demo_has_a_session_at_every_stage_with_guests() -> None:
    assert set(Activity.objects.staged().values_list("stage", flat=True)) == set(Stage)
    on_their_own = Activity.objects.staged().get(stage=Stage.INDIVIDUAL)
    assert on_their_own.participants.guests().count() == 2
    assert Card.objects.filter(participant__membership=None).exists()


@pytest.mark.usefixtures("demo")
def test_demo_agreed_session_has_its_pdf_and_its_actions() -> None:
    version = AgreedVersion.objects.get()
    assert bytes(version.pdf or b"").startswith(b"%PDF")
    assert version.agreed_at.date() < timezone.localdate()
    states = {action.state for action in Action.objects.filter(origin_kind="card")}
    assert {"done", "late", "open"} <= states
    assert "sees it differently" in version.summary


@pytest.mark.usefixtures("demo")
def test_demo_nobody_has_more_votes_than_each_may_give() -> None:
    for person in Participant.objects.all():
        assert Vote.objects.filter(participant=person).count() <= person.activity.votes_each


@pytest.mark.usefixtures("demo")
def test_demo_has_profiles_for_most_and_something_waits() -> None:
    written = Contribution.objects.filter(activity__instrument_version__code="practitioner-profile").count()
    assert written == 8
    nurse = member("practitioner@demo.example")
    assert len(list(waiting_sessions(nurse))) == 2
    assert [item.verb for item in waiting_sheets(nurse)] == ["Look"]
    assert [item.verb for item in waiting_sheets(member("kieran.doyle@demo.example"))] == ["Begin"]


@pytest.mark.usefixtures("demo")
def test_demo_seeded_again_changes_nothing_that_people_did() -> None:
    card = Card.objects.get(text="We train at different times, and never together")
    card.text = "Changed in the demo"
    card.save()
    before = {
        model: set(model.objects.values_list("pk", flat=True))
        for model in (Activity, Card, Contribution, AgreedVersion, Action)
    }
    seed_tools()
    assert all(set(model.objects.values_list("pk", flat=True)) == pks for model, pks in before.items())
    card.refresh_from_db()
    assert card.text == "Changed in the demo"
