"""Two sheets of one service become one, and nothing that hangs on them is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from directory.changes.asking_to_join import ask_to_join
from directory.changes.merging import join, rows_of
from directory.changes.moving import STAYING, Relation, relations_of
from directory.changes.sameness import pairs_of, reasons
from directory.changes.suggesting import Moved
from directory.commands import Refused
from directory.imports.matching import Traits
from directory.models import (
    AgencyLink,
    HandOver,
    ImportBatch,
    ImportRow,
    Notice,
    NotTheSame,
    Opened,
    Pathway,
    PathwayService,
    ReferralResult,
    Service,
    ServiceAnswer,
    ShortlistItem,
    SourceRecord,
    Suggestion,
)
from directory.sheet.values import values_of
from evaluation.models import ReportStatement
from partnerships.access import Role
from partnerships.models import Action, Invitation, Membership, Partnership, Setting, Visitor
from tests.directory.kit import asked, numbers_of, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
MOVED_BY_ITSELF = {(Partnership, "service"), (Service, "merged_into")}


def twins(setting: Setting, **values: Any) -> tuple[Service, Service]:
    return sheet(setting), sheet(setting, name="Harbour Bereavement", **values)


def fold(kept: Service, other: Service, by: Membership, *take: str) -> Service:
    kept, other = (Service.objects.get(pk=each.pk) for each in (kept, other))
    join(kept=kept, other=other, take=take, seen=(kept.version, other.version), by=by)
    return Service.objects.with_whole_parts().get(pk=kept.pk)


Maker = Callable[[Service, Membership], models.Model]
MAKERS: dict[Relation, Maker] = {
    (Membership, "service"): lambda service, by: member(by.setting, Role.PRACTITIONER, service=service),
    (Invitation, "service"): lambda service, by: Invitation.objects.create(
        setting=by.setting, email="new@example.org", roles=["practitioner"], service=service, invited_by=by
    ),
    (SourceRecord, "service"): lambda service, by: SourceRecord.objects.create(
        setting=by.setting, key=str(service.pk), service=service
    ),
    (ShortlistItem, "service"): lambda service, by: ShortlistItem.objects.create(
        membership=by, service=service
    ),
    (ReferralResult, "service"): lambda service, by: ReferralResult.objects.create(
        setting=by.setting, service=service, month=MONDAY.replace(day=1), result="accepted"
    ),
    (ServiceAnswer, "service"): lambda service, by: ServiceAnswer.objects.create(
        service=service, words="We answer", said_by="Tom"
    ),
    (Opened, "service"): lambda service, by: Opened.objects.create(
        setting=by.setting, service=service, week=MONDAY, inside=2
    ),
    (ImportRow, "service"): lambda service, by: import_row(by, service=service),
    (ImportRow, "link_to"): lambda service, by: import_row(by, link_to=service),
    (AgencyLink, "service"): lambda service, by: AgencyLink.objects.create(
        service=service, email="t@example.org", key_hash="k", purpose="lasting", steward=by.setting
    ),
    (Notice, "service"): lambda service, by: Notice.objects.create(
        service=service, kind="alert", words="New door", said_by="Tom"
    ),
    (PathwayService, "service"): lambda service, by: PathwayService.objects.create(
        pathway=Pathway.objects.create(setting=by.setting, need="Loss", slug="loss"), service=service
    ),
    (Suggestion, "service"): lambda service, by: Suggestion.objects.create(
        service=service, source="public", words="Wrong number"
    ),
    (Suggestion, "same_as"): lambda service, by: Suggestion.objects.create(
        service=sheet(by.setting, name="A third"), source="setting", kind="same", same_as=service
    ),
    (HandOver, "service"): lambda service, by: HandOver.objects.create(
        service=service, giver=by.setting, declined_at=timezone.now()
    ),
}


def import_row(by: Membership, **fields: Any) -> ImportRow:
    batch = ImportBatch.objects.create(setting=by.setting, by=by, file_name="list.csv")
    return ImportRow.objects.create(batch=batch, number=2, **fields)


def test_every_relation_of_a_service_is_known_here() -> None:
    """A model that is added later stands in MAKERS or STAYING, and so is not forgotten."""
    assert set(relations_of(Service)) == {*MAKERS, *STAYING, *MOVED_BY_ITSELF}


@pytest.mark.parametrize("relation", MAKERS, ids=lambda relation: f"{relation[0].__name__}.{relation[1]}")
def test_what_hangs_on_the_other_sheet_moves(
    hillside: Setting, amara: Membership, relation: Relation
) -> None:
    kept, other = twins(hillside)
    row = MAKERS[relation](other, amara)
    fold(kept, other, amara)
    assert getattr(relation[0]._base_manager.get(pk=row.pk), f"{relation[1]}_id") == kept.pk


def test_every_relation_of_a_partnership_is_known_here() -> None:
    known = {(Action, "owner_partnership"), (Visitor, "partnership"), (ReportStatement, "partnership")}
    assert set(relations_of(Partnership)) == known


def test_partnerships_of_every_school_move(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(hillside, visibility="listed")
    riverside = school("riverside")
    theirs = riverside.partnerships.create(service=other, notes="Rings back", room="Loft", days=["TU"])
    kept = fold(kept, other, amara)
    theirs.refresh_from_db()
    assert (theirs.service, theirs.notes, theirs.room, theirs.days) == (kept, "Rings back", "Loft", ["TU"])
    assert kept.visibility == "listed"
    assert Service.visible_to(riverside).get() == kept


def test_two_partnerships_of_one_school_are_joined_with_all_their_words(
    hillside: Setting, amara: Membership
) -> None:
    kept = sheet(hillside, here_notes="Kind", here_room="Quiet room", here_days=["MO"])
    other = sheet(
        hillside,
        name="Harbour Bereavement",
        here_notes="Rings back",
        here_room="Loft",
        here_days=["TH"],
        here_agreement="Until August",
        here_contact_name="Tom Whitlock",
    )
    old = hillside.partnerships.get(service=other)
    visitor = Visitor.objects.create(partnership=old, name="Tom Whitlock")
    action = Action.objects.create(
        setting=hillside, text="Ring", due_on=MONDAY, owner_partnership=old, created_by=amara
    )
    fold(kept, other, amara)
    one = hillside.partnerships.get()
    assert one.service == kept
    assert one.notes == "Kind\nRings back\nRoom on the other sheet: Loft"
    assert (one.room, one.days, one.agreement, one.contact_name) == (
        *("Quiet room", ["MO", "TH"], "Until August", "Tom Whitlock"),
    )
    visitor.refresh_from_db()
    action.refresh_from_db()
    assert visitor.partnership == action.owner_partnership == one


def test_partnership_that_ended_goes_on_when_the_other_does(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(hillside)
    hillside.partnerships.filter(service=kept).update(ended_on=date(2026, 1, 1))
    fold(kept, other, amara)
    assert hillside.partnerships.get().ended_on is None


def test_counts_are_added_and_double_entries_become_one(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(hillside)
    pathway = Pathway.objects.create(setting=hillside, need="Loss", slug="loss")
    for service, many in ((kept, 3), (other, 4)):
        Opened.objects.create(setting=hillside, service=service, week=MONDAY, inside=many, public=1)
        ShortlistItem.objects.create(membership=amara, service=service)
        ServiceAnswer.objects.create(service=service, words=f"{many} " * 400, said_by="Tom")
        PathwayService.objects.create(pathway=pathway, service=service, note=f"{many} words " * 20)
    fold(kept, other, amara)
    counted = Opened.objects.get()
    assert (counted.service, counted.inside, counted.public) == (kept, 7, 2)
    assert ShortlistItem.objects.get().service == kept
    assert ServiceAnswer.objects.get().words.split() == ["3"] * 400 + ["4"] * 400
    note = PathwayService.objects.get().note
    assert note.startswith("3 words 3 words") and note.endswith("4 words 4 …")


def test_text_is_kept_field_by_field(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(
        hillside,
        profile="Fuller words",
        telephone=[("01632 960 400", "")],
        min_age=5,
        max_age=11,
        city="Marsham",
    )
    kept, other = (Service.objects.with_whole_parts().get(pk=each.pk) for each in (kept, other))
    rows = {row.key: row for row in rows_of(kept, other, is_whole=True)}
    assert {"name", "profile", "telephone", "ages", "where"} <= set(rows)
    assert rows["ages"].takes_other
    assert not rows["profile"].takes_other
    kept = fold(kept, other, amara, "profile", "ages")
    assert (kept.name, kept.profile, kept.min_age, kept.max_age) == ("Harbour", "Fuller words", 5, 11)
    assert numbers_of(kept) == ["01632 960 318"]
    assert values_of(kept)["city"] == "Wexcombe"


def test_other_sheet_is_retired_and_its_address_leads_on(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(hillside)
    fold(kept, other, amara)
    other.refresh_from_db()
    assert (other.merged_into, other.retired_at is not None) == (kept, True)
    client = client_of(amara)
    for name in ("service_detail", "service_paper", "service_changes"):
        response = client.get(url(name, hillside, other.pk), {"from": "list"})
        assert (response.status_code, response["Location"]) == (
            302,
            url(name, hillside, kept.pk) + "?from=list",
        )
    elsewhere = school("elsewhere")
    stranger = client_of(member(elsewhere))
    assert stranger.get(url("service_detail", elsewhere, other.pk)).status_code == 404


def test_sheet_that_was_joined_twice_leads_to_the_last(hillside: Setting, amara: Membership) -> None:
    first, second = twins(hillside)
    third = sheet(hillside, name="Harbour House")
    fold(second, first, amara)
    fold(third, second, amara)
    response = client_of(amara).get(url("service_detail", hillside, first.pk))
    assert response["Location"] == url("service_detail", hillside, third.pk)


def test_public_address_leads_on_where_the_joined_sheet_is_public(
    hillside: Setting, amara: Membership
) -> None:
    hillside.publishes_directory = True
    hillside.save()
    kept, other = sheet(hillside, visibility="public"), sheet(hillside, name="Two", visibility="public")
    fold(kept, other, amara)
    response = client_of(amara).get(url("public_service", hillside, other.pk))
    assert response["Location"] == url("public_service", hillside, kept.pk)
    Service.objects.filter(pk=kept.pk).update(visibility="private")
    assert client_of(amara).get(url("public_service", hillside, other.pk)).status_code == 404


def test_sheet_is_folded_into_one_that_others_keep_and_its_words_are_suggested(
    hillside: Setting, amara: Membership
) -> None:
    riverside = school("riverside")
    theirs, ours = sheet(riverside, visibility="listed"), sheet(hillside, profile="Our words")
    tied = member(hillside, Role.PRACTITIONER, service=ours, tie_confirmed_on=MONDAY)
    joined = fold(theirs, ours, amara, "profile")
    assert joined.profile == "Helps children who have lost somebody close."
    assert hillside.partnerships.get().service == joined
    made = Suggestion.objects.get()
    assert (made.service, made.source, made.membership) == (joined, "setting", amara)
    assert made.changes.get().value == "Our words"
    tied.refresh_from_db()
    assert (tied.service, tied.tie_confirmed_on) == (joined, None)


def test_withheld_address_of_our_own_is_not_suggested_to_others(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    ours = sheet(hillside, withheld="coarse", address_1="9 Secret Row", city="Marsham")
    fold(theirs, ours, amara, "where", "profile")
    assert not Suggestion.objects.filter(changes__name__in=["address_1", "city", "postcode"]).exists()


def test_only_the_keeper_folds_a_sheet_into_another(hillside: Setting, amara: Membership) -> None:
    riverside = school("riverside")
    ours, theirs = sheet(hillside, visibility="listed"), sheet(riverside, visibility="listed")
    with pytest.raises(PermissionDenied):
        fold(ours, theirs, amara)
    with pytest.raises(PermissionDenied):
        fold(theirs, ours, member(hillside, Role.STAFF))
    hidden = sheet(riverside)
    with pytest.raises(PermissionDenied):
        fold(hidden, ours, amara)
    assert client_of(amara).get(url("join_services", hillside, hidden.pk, ours.pk)).status_code == 404


def test_sheet_that_changed_since_it_was_looked_at_is_looked_at_again(
    hillside: Setting, amara: Membership
) -> None:
    kept, other = twins(hillside)
    with pytest.raises(Moved):
        join(kept=kept, other=other, take=[], seen=(kept.version, other.version - 1), by=amara)
    with pytest.raises(Refused, match="two different"):
        join(kept=kept, other=kept, take=[], seen=(kept.version, kept.version), by=amara)


def test_open_question_to_the_agency_of_the_other_sheet_ends(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(hillside)
    asked = [
        AgencyLink.objects.create(
            service=service,
            email="t@example.org",
            key_hash=str(service.pk),
            steward=hillside,
            expires_at=timezone.now() + timedelta(days=9),
        )
        for service in (kept, other)
    ]
    fold(kept, other, amara)
    for link in asked:
        link.refresh_from_db()
    assert [link.ended_at is None for link in asked] == [True, False]


def test_pairs_are_proposed_by_what_they_have_in_common(hillside: Setting, amara: Membership) -> None:
    one = sheet(hillside)
    two = sheet(hillside, name="Harbour", telephone=[], website="", profile="")
    listed = sheet(school("riverside"), name="The Harbour", visibility="listed")
    sheet(hillside, name="Kite", telephone=[("01632 960 001", "")], website="", postcode="WX4 2QL")
    sheet(school("private"))
    branch = {"telephone": [("01632 960 777", "")], "postcode": "WX9 9AA", "website": ""}
    sheet(hillside, **branch)
    pairs = {frozenset((pair.kept.pk, pair.other.pk)): pair for pair in pairs_of(amara)}
    assert set(pairs) == {
        frozenset(each) for each in ((one.pk, two.pk), (one.pk, listed.pk), (two.pk, listed.pk))
    }
    assert pairs[frozenset((one.pk, two.pk))].why == ["the same name", "the same postcode"]
    assert pairs[frozenset((one.pk, two.pk))].kept == one
    assert pairs[frozenset((one.pk, listed.pk))].kept == listed


@pytest.mark.parametrize(
    ("one", "two", "are_alike"),
    [
        ("Wexcombe Food Pantry", "Food Pantry, Wexcombe", True),
        ("Harbour", "Harbour Bereavement Support", True),
        ("Young Carers Wexcombe", "Young Carers’ Wexcombe Ltd", True),
        ("School nursing, Wexcombe East", "Health visiting, Wexcombe East", False),
        ("Wexcombe Family Help", "Wexcombe Virtual School", False),
    ],
)
def test_services_of_one_house_are_told_from_one_that_is_written_twice(
    one: str, two: str, are_alike: bool
) -> None:
    shared = {"website": "https://www.wexcombe.example.org", "postcode": "WX4 3EF"}
    assert bool(reasons(*(Traits.of({"name": name, **shared}) for name in (one, two)))) is are_alike


def test_pair_that_is_not_the_same_is_not_proposed_again(hillside: Setting, amara: Membership) -> None:
    one, two = sheet(hillside), sheet(hillside, profile="")
    client = client_of(amara)
    assert "the same name" in words_of(client.get(url("same_list", hillside)))
    for first, second in ((one, two), (two, one)):
        client.post(url("dismiss_same", hillside, first.pk, second.pk))
    assert NotTheSame.objects.count() == 1
    assert "No two sheets look alike" in words_of(client.get(url("same_list", hillside)))


def test_pairs_cost_the_same_with_more_sheets(
    hillside: Setting, amara: Membership, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        sheet(hillside, name=f"Harbour {number}")
        with django_assert_num_queries(12):
            pairs_of(amara)


def test_two_sheets_are_joined_on_their_page(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(hillside, profile="Fuller words", who_for="Girls")
    client = client_of(amara)
    assert "Harbour Bereavement" in words_of(
        client.get(url("choose_same", hillside, kept.pk), {"q": "bereave"})
    )
    page = url("join_services", hillside, kept.pk, other.pk)
    shown = words_of(client.get(page))
    for words in ("Fuller words", "Helps children who have lost somebody close.", "Girls"):
        assert words in shown
    rows = client.get(page).context["form"].rows
    typed = {f"text_{row.key}": "other" if row.key == "profile" else "kept" for row in rows}
    versions = {"kept_version": kept.version, "other_version": other.version}
    assert "leads to this sheet" in words_of(client.post(page, {**typed, **versions}, follow=True))
    kept.refresh_from_db()
    assert (kept.profile, kept.who_for) == ("Fuller words", "")


def elsewhere(setting: Setting, name: str) -> tuple[Service, Membership]:
    """A listed sheet of the same service at another school, and its coordinator."""
    other = school("riverside")
    return sheet(other, name=name, visibility="listed"), member(other, name="Sofia Lindqvist")


def test_another_school_is_asked_to_let_its_sheet_go_into_ours(hillside: Setting, amara: Membership) -> None:
    ours = sheet(hillside, visibility="listed")
    theirs, sofia = elsewhere(hillside, "Harbour Bereavement")
    client, address = client_of(amara), url("ask_to_join", hillside, ours.pk, theirs.pk)
    assert f'href="{address}"' in words_of(client.get(url("join_services", hillside, theirs.pk, ours.pk)))
    for _ in range(2):
        client.post(address, {"words": "The same number"})
    suggestion = Suggestion.objects.get()
    shown = words_of(client_of(sofia).get(url("suggestion_detail", sofia.setting, suggestion.pk)))
    page = url("join_services", sofia.setting, ours.pk, theirs.pk)
    assert "The same number" in shown
    assert f'href="{page}"' in shown
    Service.objects.filter(pk=ours.pk).update(visibility="private")
    gone = words_of(client_of(sofia).get(url("suggestion_detail", sofia.setting, suggestion.pk)))
    assert "no longer listed" in gone
    Service.objects.filter(pk=ours.pk).update(visibility="listed")
    rows = client_of(sofia).get(page).context["form"].rows
    typed = {f"text_{row.key}": "kept" for row in rows}
    client_of(sofia).post(page, {**typed, "kept_version": ours.version, "other_version": theirs.version})
    suggestion.refresh_from_db()
    theirs.refresh_from_db()
    assert (theirs.merged_into, suggestion.reply) == (ours, "The two are one sheet now.")
    assert "The two are one sheet now." in words_of(
        client.get(url("suggestion_detail", hillside, suggestion.pk))
    )


def test_another_school_is_not_asked_about_a_sheet_that_it_cannot_see(
    hillside: Setting, amara: Membership
) -> None:
    ours = sheet(hillside)
    theirs, _ = elsewhere(hillside, "Harbour Bereavement")
    with pytest.raises(PermissionDenied):
        ask_to_join(kept=ours, other=theirs, words="", by=amara)
    shown = words_of(client_of(amara).get(url("join_services", hillside, theirs.pk, ours.pk)))
    assert "List it for other schools" in shown


def test_history_tells_which_sheet_was_joined_with_it(hillside: Setting, amara: Membership) -> None:
    kept, other = twins(hillside)
    client = client_of(amara)
    page = url("join_services", hillside, kept.pk, other.pk)
    rows = client.get(page).context["form"].rows
    typed = {f"text_{row.key}": "kept" for row in rows}
    client.post(page, {**typed, "kept_version": kept.version, "other_version": other.version})
    told = client.get(url("service_changes", hillside, kept.pk)).context["changes"]
    went = [
        (change.who, field.after) for change in told for field in change.fields if "joined" in field.field
    ]
    assert went == [("Amara Oduya", "Harbour Bereavement")]


def test_only_what_was_typed_meanwhile_is_suggested(hillside: Setting, amara: Membership) -> None:
    """What the form showed of the sheet that went is no change of the one that stays."""
    kept, other = twins(hillside, capacity="unknown")
    Service.objects.filter(pk=kept.pk).update(capacity="open")
    client = client_of(amara)
    typed = {**asked(client, hillside, other, "capacity"), "waiting_time": "two terms"}
    join(kept=kept, other=other, take=(), seen=(kept.version, other.version), by=amara)
    shown = client.post(url("edit_section", hillside, other.pk, "capacity"), typed)
    assert shown.status_code == 409
    assert shown.context["words"] == [("Waiting time", "two terms")]
    again = {**dict(shown.context["typed"]), "typed_on": shown.context["typed_on"]}
    client.post(url("suggest_section", hillside, kept.pk, "capacity"), again)
    assert [(each.name, each.value) for each in Suggestion.objects.get().changes.all()] == [
        ("waiting_time", "two terms")
    ]


def test_another_keeper_reads_neither_what_was_decided_nor_a_withheld_address(
    hillside: Setting, amara: Membership
) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    ours = sheet(hillside, name="Harbour House", withheld="coarse")
    done = ours.suggestions.create(
        source="public", words="Wrong", email="parent@example.org", closed_at=timezone.now()
    )
    waiting = ours.suggestions.create(source="staff", membership=amara)
    for name, value in (("address_1", "9 Hidden Row"), ("profile", "New words")):
        waiting.changes.create(name=name, value=value)
    fold(theirs, ours, amara)
    assert list(theirs.suggestions.filter(membership=amara, words="")) == [waiting]
    assert done not in theirs.suggestions.all()
    kept = {change.name: (change.value, change.state) for change in waiting.changes.all()}
    assert kept == {"address_1": (None, "declined"), "profile": ("New words", "open")}
