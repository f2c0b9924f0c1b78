"""What the keeper sees of suggested changes, and what whoever suggested sees of the answer."""

from typing import Any

import pytest
from django.core import mail

from directory import keeping_home
from directory.changes.suggesting import make_suggestion
from directory.demo import seed_directory, seed_suggestions
from directory.models import Service, Suggestion
from directory.sheet.saving import update_sheet
from partnerships.access import Role
from partnerships.demo import seed_people
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
OLD = "Helps children who have lost somebody close."


def suggest(service: Service, tom: Membership | None = None, **changes: Any) -> Suggestion:
    words = changes.pop("words", "")
    return make_suggestion(
        service=service, source="staff", changes=changes, words=words, membership=tom, said_by="Somebody"
    )


def fresh(service: Service) -> Service:
    return Service.objects.with_whole_parts().get(pk=service.pk)


def ids(suggestion: Suggestion) -> dict[str, int]:
    return {change.name: change.pk for change in suggestion.changes.all()}


def seen_on(client: Any, address: str) -> dict[str, str]:
    """The hidden digests of the page as it is now."""
    context = client.get(address).context
    return {f"seen_{row.change.pk}": row.seen for row, _ in context["choices"]}


def test_new_words_stand_beside_the_old_ones_word_by_word(hillside: Setting, amara: Membership) -> None:
    made = suggest(sheet(hillside), profile="Helps children who have lost somebody very dear.")
    shown = words_of(client_of(amara).get(url("suggestion_detail", hillside, made.pk)))
    assert OLD in shown
    assert '<del><span class="visually-hidden">[taken out: </span>close' in shown
    assert '<ins><span class="visually-hidden">[put in: </span>very dear' in shown


def test_one_suggestion_leads_from_home_to_itself_and_several_to_their_list(
    hillside: Setting, amara: Membership
) -> None:
    made = suggest(sheet(hillside), profile="New")
    (waiting,) = keeping_home.suggestions_waiting(amara)
    assert waiting.url == url("suggestion_detail", hillside, made.pk)
    suggest(sheet(hillside, name="Kite"), profile="New")
    (waiting,) = keeping_home.suggestions_waiting(amara)
    assert (waiting.title, waiting.url) == ("Two changes are suggested", url("suggestion_list", hillside))
    assert waiting.text.startswith("Harbour, Kite.")
    assert list(keeping_home.suggestions_waiting(member(school("riverside")))) == []


def test_fields_are_decided_one_by_one_and_the_answer_is_mailed(
    hillside: Setting, amara: Membership, tom: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    service = sheet(hillside)
    made = suggest(service, tom, profile="New", website="https://new.example.org", who_for="Girls")
    client, address, of = client_of(amara), url("suggestion_detail", hillside, made.pk), ids(made)
    choices = {f"choice_{of['profile']}": "take", f"choice_{of['website']}": "leave"}
    client.post(address, {**seen_on(client, address), **choices, f"choice_{of['who_for']}": "later"})
    service.refresh_from_db()
    assert (service.profile, service.website, service.who_for) == (
        "New",
        "https://www.harbour.example.org",
        "",
    )
    made.refresh_from_db()
    assert made.closed_at is None
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            address,
            {**seen_on(client, address), f"choice_{of['who_for']}": "take", "reply": "Thanks, Tom."},
        )
    made.refresh_from_db()
    assert (made.outcome, made.reply, made.closed_by) == ("Taken over in part", "Thanks, Tom.", amara)
    (letter,) = mail.outbox
    assert letter.to == [tom.user.email]
    for words in ("Thanks, Tom.", "as you said: Profile, Who it is for", "Left as it was: Website"):
        assert words in letter.body


def test_word_back_is_kept_while_something_waits(hillside: Setting, amara: Membership) -> None:
    made = suggest(sheet(hillside), profile="New", website="https://new.example.org")
    client, address, of = client_of(amara), url("suggestion_detail", hillside, made.pk), ids(made)
    choices = {f"choice_{of['profile']}": "leave", f"choice_{of['website']}": "later"}
    typed = {**seen_on(client, address), **choices, "reply": "The old words stay"}
    assert "suggested for Harbour waits here." in words_of(client.post(address, typed, follow=True))
    assert client.get(address).context["form"]["reply"].value() == "The old words stay"
    made.refresh_from_db()
    assert made.closed_at is None


def test_all_are_taken_with_one_button(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    made = suggest(service, profile="New", who_for="Girls")
    client, address = client_of(amara), url("suggestion_detail", hillside, made.pk)
    assert "Take both" in words_of(client.get(address))
    take = url("take_suggestion", hillside, made.pk)
    assert "Taken over" in words_of(client.post(take, seen_on(client, address), follow=True))
    service.refresh_from_db()
    assert (service.profile, service.who_for) == ("New", "Girls")


def test_sheet_is_left_as_it_is_with_one_button(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    made = suggest(service, profile="New", who_for="Girls")
    client = client_of(amara)
    decline = url("decline_suggestion", hillside, made.pk)
    assert "stays as it is" in words_of(client.post(decline, {"reply": "No"}, follow=True))
    service.refresh_from_db()
    made.refresh_from_db()
    assert (service.profile, made.outcome, made.reply) == (OLD, "Left as it was", "No")
    assert "Left as it was" in words_of(client.get(url("suggestion_list", hillside), {"kind": "done"}))


def test_text_that_moved_since_is_shown_three_times_and_asks_for_a_choice(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside)
    made = suggest(service, profile="Theirs")
    update_sheet(hillside, fresh(service), {"profile": "Ours by now"}, ["profile"])
    client, address = client_of(amara), url("suggestion_detail", hillside, made.pk)
    shown = words_of(client.get(address))
    for words in (OLD, "Ours by now", "Theirs", "When it was suggested", "Choose between the texts"):
        assert words in shown
    client.post(url("take_suggestion", hillside, made.pk), seen_on(client, address))
    service.refresh_from_db()
    assert service.profile == "Ours by now"
    client.post(address, {**seen_on(client, address), f"choice_{ids(made)['profile']}": "take"})
    service.refresh_from_db()
    assert service.profile == "Theirs"


def test_sheet_that_is_saved_while_the_page_is_open_is_not_overwritten(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside)
    made = suggest(service, profile="Theirs")
    client, address = client_of(amara), url("suggestion_detail", hillside, made.pk)
    typed = {**seen_on(client, address), f"choice_{ids(made)['profile']}": "take", "reply": "Thank you"}
    update_sheet(hillside, fresh(service), {"profile": "Ours by now"}, ["profile"])
    shown = words_of(client.post(address, typed))
    assert "The sheet has changed meanwhile" in shown
    assert "Ours by now" in shown
    assert "Thank you" in shown
    service.refresh_from_db()
    assert service.profile == "Ours by now"


def test_second_suggestion_to_a_field_stands_beside_the_first(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    first, second = suggest(service, profile="One"), suggest(service, profile="Two")
    client, address = client_of(amara), url("suggestion_detail", hillside, first.pk)
    shown = words_of(client.get(address))
    assert "Also suggested: Somebody" in shown
    assert "Two" in shown
    client.post(address, {**seen_on(client, address), f"choice_{ids(first)['profile']}": "take"})
    shown = words_of(client.get(url("suggestion_detail", hillside, second.pk)))
    assert "Now on the sheet" in shown
    assert "One" in shown


def test_nothing_chosen_asks_to_choose(hillside: Setting, amara: Membership) -> None:
    made = suggest(sheet(hillside), profile="New", who_for="Girls")
    client, address = client_of(amara), url("suggestion_detail", hillside, made.pk)
    typed = {f"choice_{pk}": "later" for pk in ids(made).values()}
    assert "Choose what should happen" in words_of(client.post(address, typed))


def test_words_alone_are_read_and_answered(hillside: Setting, amara: Membership, tom: Membership) -> None:
    made = suggest(sheet(hillside), tom, words="The number belongs to somebody else.")
    client, address = client_of(amara), url("suggestion_detail", hillside, made.pk)
    assert "The number belongs to somebody else." in words_of(client.get(address))
    client.post(address, {"reply": "We rang: mended."})
    shown = words_of(client_of(tom).get(address))
    assert "We rang: mended." in shown
    assert "Amara Oduya" in shown


def test_a_child_named_in_the_word_back_is_asked_about(hillside: Setting, amara: Membership) -> None:
    made = suggest(sheet(hillside), words="Wrong number.")
    reply = {"reply": "Jayden Marsh in Year 4 rang it"}
    shown = words_of(client_of(amara).post(url("suggestion_detail", hillside, made.pk), reply))
    assert "looks like" in shown
    made.refresh_from_db()
    assert made.closed_at is None


def test_whoever_suggested_sees_it_wait_and_no_other_colleague(hillside: Setting, tom: Membership) -> None:
    made = suggest(sheet(hillside), tom, profile="New")
    address = url("suggestion_detail", hillside, made.pk)
    assert "Not looked at yet" in words_of(client_of(tom).get(address))
    assert "Harbour" in words_of(client_of(tom).get(url("suggestion_list", hillside)))
    other = member(hillside, Role.STAFF)
    assert client_of(other).get(address).status_code == 404
    assert "You have suggested nothing yet" in words_of(
        client_of(other).get(url("suggestion_list", hillside))
    )
    for name in ("take_suggestion", "decline_suggestion"):
        assert client_of(tom).post(url(name, hillside, made.pk)).status_code == 404


def test_withheld_address_is_read_by_the_keeper_alone(
    hillside: Setting, amara: Membership, tom: Membership
) -> None:
    service = sheet(hillside, withheld="coarse")
    made = suggest(service, tom, city="Marsham", address_1="14 Mill Lane")
    address = url("suggestion_detail", hillside, made.pk)
    assert "12 Quay Lane" in words_of(client_of(amara).get(address))
    assert "12 Quay Lane" not in words_of(client_of(tom).get(address))


@pytest.mark.parametrize("many", [1, 3])
def test_list_asks_as_often_for_many_as_for_one(
    hillside: Setting, amara: Membership, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        suggest(sheet(hillside, name=f"Service {number}"), profile="New", who_for="Girls")
    client, address = client_of(amara), url("suggestion_list", hillside)
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)


def test_demo_has_suggestions_from_every_side_and_seeds_them_once() -> None:
    seed_people()
    seed_directory()
    for _ in range(2):
        seed_suggestions()
    sides = Suggestion.objects.values_list("source", flat=True)
    assert sorted(sides) == ["link", "public", "public", "setting", "staff"]
    coordinator = Membership.objects.get(setting__slug="hillside", user__email="coordinator@demo.example")
    (waiting,) = keeping_home.suggestions_waiting(coordinator)
    assert waiting.title == "Five changes are suggested"
