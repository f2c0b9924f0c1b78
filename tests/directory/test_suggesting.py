"""Changes that somebody proposes: what is kept of them, and what the keeper's decision does."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from directory.changes import history
from directory.changes.suggesting import Moved, accept, accept_all, close, decline, digest, make_suggestion
from directory.commands import Refused
from directory.models import Service, SuggestedChange, Suggestion
from directory.sheet.saving import update_sheet
from directory.sheet.values import Values, values_of
from directory.sheet.whereabouts import Whereabouts
from partnerships.access import Role
from partnerships.audit import Actor, acting
from partnerships.models import Membership, Setting
from tests.directory.kit import later, numbers_of, place_of, school, sheet
from tests.partnerships.kit import member

pytestmark = pytest.mark.django_db
Source = Suggestion.Source
HIDDEN = {"withheld": "coarse", "address_1": "12 Quay Lane", "postcode": "WX4 2QL"}


def suggest(service: Service, *, source: str = Source.STAFF, **changes: Any) -> Suggestion:
    words = changes.pop("words", "")
    return make_suggestion(service=service, source=source, changes=changes, words=words)


def only(suggestion: Suggestion) -> SuggestedChange:
    return suggestion.changes.get()


def fresh(service: Service) -> Service:
    return Service.objects.with_whole_parts().get(pk=service.pk)


def whole(service: Service) -> Values:
    return values_of(fresh(service), whole=True)


def test_only_what_differs_is_kept(hillside: Setting) -> None:
    service = sheet(hillside)
    made = suggest(service, **{**values_of(service), "profile": "Helps families too.", "here_room": "Loft"})
    change = only(made)
    assert (change.name, change.before, change.value) == (
        "profile",
        "Helps children who have lost somebody close.",
        "Helps families too.",
    )


def test_another_way_to_write_the_same_number_is_no_change(hillside: Setting) -> None:
    with pytest.raises(Refused, match="Nothing differs"):
        suggest(sheet(hillside), telephone=[("01632960318", "")], name="Harbour ")


def test_words_alone_are_enough(hillside: Setting) -> None:
    made = suggest(sheet(hillside), words="  The number is somebody else’s now ")
    assert made.words == "The number is somebody else’s now"
    assert not made.changes.exists()


def test_member_who_suggests_is_named(hillside: Setting) -> None:
    tom = member(hillside, Role.STAFF, "Tom Whitlock")
    made = make_suggestion(
        service=sheet(hillside), source=Source.STAFF, changes={"profile": "New"}, membership=tom
    )
    assert (made.said_by, made.setting) == ("Tom Whitlock", hillside)


def test_accepted_change_is_written_and_history_says_who(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    tom = member(hillside, Role.STAFF, "Tom Whitlock")
    numbers = [("01632 960 400", "mornings"), ("01632 960 318", "")]
    change = only(
        make_suggestion(service=service, source=Source.STAFF, changes={"telephone": numbers}, membership=tom)
    )
    later()
    with acting(Actor.USER, str(amara.user.pk)):
        accept(change, by=amara)
    assert numbers_of(service) == ["01632 960 400", "01632 960 318"]
    assert "Amara Oduya, as Tom Whitlock suggested" in {
        event.who for event in history.of_sheet(fresh(service), None)
    }
    change.refresh_from_db()
    assert change.state == "accepted"


def test_two_fields_that_only_fit_together_are_accepted_together(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside, min_age=5, max_age=11)
    made = suggest(service, min_age=12, max_age=18)
    with pytest.raises(Refused, match="does not fit"):
        accept(made.changes.get(name="min_age"), by=amara)
    accept_all(list(made.changes.all()), by=amara)
    assert (whole(service)["min_age"], whole(service)["max_age"]) == (12, 18)


def test_declined_change_leaves_the_sheet(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    change = only(suggest(service, profile="Nonsense"))
    decline(change, by=amara)
    assert whole(service)["profile"] == "Helps children who have lost somebody close."
    with pytest.raises(Refused, match="decided already"):
        accept(change, by=amara)


def test_closing_declines_what_is_left_and_keeps_the_word_back(hillside: Setting, amara: Membership) -> None:
    made = suggest(sheet(hillside), profile="Nonsense")
    close(made, by=amara, reply=" We asked them: it is right. ")
    made.refresh_from_db()
    assert (made.reply, made.closed_by) == ("We asked them: it is right.", amara)
    assert only(made).state == "declined"
    with pytest.raises(Refused, match="decided already"):
        close(made, by=amara)


def test_change_is_not_taken_blindly_when_the_sheet_has_moved(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    change = only(suggest(service, profile="Theirs"))
    update_sheet(hillside, fresh(service), {"profile": "Ours"}, ["profile"])
    with pytest.raises(Moved):
        accept(change, by=amara)
    with pytest.raises(Moved):
        accept(change, by=amara, seen="something else")
    accept(change, by=amara, seen=digest("profile", whole(service)))
    assert whole(service)["profile"] == "Theirs"


def test_second_suggestion_to_a_field_waits_and_meets_the_first(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    first, second = (only(suggest(service, profile=words)) for words in ("One", "Two"))
    accept(first, by=amara)
    with pytest.raises(Moved):
        accept(second, by=amara)
    assert whole(service)["profile"] == "One"


@pytest.mark.parametrize("role", [Role.STAFF, Role.GOVERNOR, Role.PRACTITIONER])
def test_only_the_keeper_decides(hillside: Setting, role: Role) -> None:
    service = sheet(hillside, visibility="listed")
    change = only(suggest(service, profile="New"))
    for who in (member(hillside, role, service=service), member(school("riverside"))):
        for act in (
            partial(accept, change, by=who),
            partial(decline, change, by=who),
            partial(close, change.suggestion, by=who),
        ):
            with pytest.raises(PermissionDenied):
                act()


def kept_by_the_agency(service: Service) -> Service:
    Service.objects.filter(pk=service.pk).update(steward=None, visibility="listed")
    return fresh(service)


def test_sheet_that_the_agency_keeps_is_decided_by_its_tied_practitioner(
    hillside: Setting, amara: Membership
) -> None:
    service = kept_by_the_agency(sheet(hillside))
    change = only(suggest(service, profile="New"))
    with pytest.raises(PermissionDenied):
        accept(change, by=amara)
    loose = member(hillside, Role.PRACTITIONER, service=service)
    with pytest.raises(PermissionDenied):
        accept(change, by=loose)
    tied = member(hillside, Role.PRACTITIONER, service=service, tie_confirmed_on="2026-09-01")
    with pytest.raises(PermissionDenied):
        accept(change, by=tied)
    tied.user.email = service.email
    accept(change, by=tied)
    assert whole(service)["profile"] == "New"


def test_what_the_agency_says_of_its_own_sheet_holds_at_once(hillside: Setting) -> None:
    service = kept_by_the_agency(sheet(hillside))
    made = suggest(service, source=Source.LINK, profile="New", agency="Harbour Trust")
    assert whole(service)["profile"] == "New"
    assert whole(service)["agency"] == "Harbour Trust"
    assert made.changes.filter(state="accepted").count() == 2
    made.refresh_from_db()
    assert made.closed_at is not None


def test_what_the_agency_says_of_a_sheet_that_a_school_keeps_waits(hillside: Setting) -> None:
    service = sheet(hillside)
    suggest(service, source=Source.LINK, profile="New")
    assert whole(service)["profile"] == "Helps children who have lost somebody close."


def test_withheld_address_is_not_in_a_suggestion(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, **HIDDEN)
    seen = values_of(fresh(service))
    made = suggest(service, **{**seen, "city": "Marsham"})
    assert only(made).name == "city"
    accept(only(made), by=amara)
    assert whole(service)["address_1"] == "12 Quay Lane"
    made = suggest(service, address_1="14 Quay Lane")
    accept(only(made), by=amara)
    assert whole(service)["address_1"] == "14 Quay Lane"
    assert place_of(service).address_1 == ""
    assert (only(made).before, only(made).value) == (None, None)
    assert "Quay" not in str(list(only(made).events.values()))  # type: ignore[attr-defined]


def test_address_that_becomes_withheld_is_forgotten_in_what_was_suggested(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside)
    done, waiting = suggest(service, address_1="14 Quay Lane"), suggest(service, address_1="16 Quay Lane")
    accept(only(done), by=amara)
    close(done, by=amara)
    update_sheet(hillside, fresh(service), {"withheld": "refuge"}, ["withheld"])
    assert (only(done).before, only(done).value) == (None, None)
    assert (only(waiting).before, only(waiting).value) == (None, "16 Quay Lane")


def test_another_place_is_suggested_without_losing_a_withheld_one(
    hillside: Setting, amara: Membership
) -> None:
    refuge = Whereabouts(address_1="1 Secret Row", city="Marsham", council="Wexshire", withheld="refuge")
    service = sheet(hillside, more_places=[refuge])
    (shown,) = values_of(fresh(service))["more_places"]
    accept(only(suggest(service, more_places=[shown, Whereabouts(city="Wexcombe")])), by=amara)
    assert [place.address_1 for place in whole(service)["more_places"]] == ["1 Secret Row", ""]


def test_sheet_that_is_no_longer_kept_takes_no_suggestion(hillside: Setting) -> None:
    service = sheet(hillside)
    Service.objects.filter(pk=service.pk).update(retired_at="2026-01-01T10:00Z")
    with pytest.raises(Refused, match="no longer kept"):
        suggest(service, profile="New")
