"""The history of a sheet as a person reads it, and putting back what it said before."""

from typing import Any

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied

from directory.changes import history
from directory.changes.suggesting import Moved
from directory.changes.versions import event_model, versions_of
from directory.commands import Refused
from directory.models import Place, Service
from directory.sheet.saving import update_sheet
from directory.sheet.times import read_times
from directory.sheet.values import Values, values_of
from directory.sheet.whereabouts import Person, Whereabouts
from partnerships.access import Role
from partnerships.audit import Actor, acting
from partnerships.models import Membership, Setting
from tests.directory.kit import later, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
OLD = "Helps children who have lost somebody close."


def fresh(service: Service) -> Service:
    return Service.objects.with_whole_parts().get(pk=service.pk)


def save(service: Service, by: Membership | None = None, **values: Any) -> Service:
    later()
    with acting(Actor.USER, str(by.user.pk) if by else ""):
        update_sheet(service.steward, fresh(service), values, values)
    return fresh(service)


def whole(service: Service) -> Values:
    return values_of(fresh(service), whole=True)


def restore(service: Service, at: int, by: Membership, *names: str) -> None:
    number = versions_of(service)[at].number
    history.restore(service=service, number=number, names=names, version=fresh(service).version, by=by)


def test_sheet_is_put_together_as_it_was_with_all_its_parts(hillside: Setting) -> None:
    first: Values = {
        "telephone": [("01632 960 318", "mornings"), ("07700 900 417", "")],
        "contacts": [Person("Tom Whitlock", "worker", phones=(("voice", "07700 900 111", ""),), place=1)],
        "opening_times": read_times("Monday to Thursday, 9am to noon and 1pm to 5pm; Friday, term time only"),
        "more_places": [Whereabouts(name="Annexe", city="Marsham", postcode="WX1 1AA")],
        "summaries": {"pl": "Pomoc dla dzieci", "ro": "Ajutor"},
        "min_age": 5,
        "agency": "Harbour Trust",
    }
    service = sheet(hillside, **first)
    before = values_of(fresh(service))
    save(
        service,
        telephone=[],
        contacts=[],
        opening_times=[],
        more_places=[],
        summaries={},
        min_age=None,
        agency="Harbour",
    )
    then, now = (version.values for version in versions_of(service))
    assert {name: then[name] for name in before} == before
    assert now == values_of(fresh(service))


def test_changes_are_told_in_words_with_who_and_when(hillside: Setting, amara: Membership) -> None:
    service = save(sheet(hillside), amara, opening_times=read_times("Friday, 9am to noon"), profile="New")
    save(service, amara, opening_times=[])
    latest, change, made = history.of_sheet(service, None)
    assert made.is_new
    assert change.who == "Amara Oduya"
    assert [(each.field, each.before, each.after) for each in change.fields] == [
        ("Profile", OLD, "New"),
        ("Opening or contact times", "", "Friday, 9am to noon"),
    ]
    assert [(each.field, each.after) for each in latest.fields] == [("Opening or contact times", "")]


def test_number_of_queries_does_not_grow_with_the_changes(
    hillside: Setting, django_assert_num_queries: Any
) -> None:
    service = sheet(hillside)
    for number in range(3):
        save(service, profile=f"Number {number}", telephone=[(f"01632 960 {300 + number}", "")])
        with django_assert_num_queries(10):
            history.of_sheet(service, None)


def test_one_field_is_put_back_and_the_present_stays_in_history(hillside: Setting, amara: Membership) -> None:
    service = save(sheet(hillside), profile="Nonsense", telephone=[("01632 960 999", "")], who_for="Girls")
    restore(service, 0, amara, "telephone")
    now = whole(service)
    assert (now["telephone"], now["profile"], now["who_for"]) == (
        [("01632 960 318", "")],
        "Nonsense",
        "Girls",
    )
    assert fresh(service).version == service.version + 1


def test_whole_sheet_is_put_back_from_its_page(hillside: Setting, amara: Membership) -> None:
    service = save(sheet(hillside), profile="Nonsense", telephone=[], website="")
    number = versions_of(service)[0].number
    client, address = client_of(amara), url("restore_service", hillside, service.pk, number)
    shown = words_of(client.get(address))
    for words in ("Nonsense", OLD, "01632 960 318", "Put this back"):
        assert words in shown
    names = [row.name for row, _ in client.get(address).context["form"].rows()]
    client.post(address, {"names": names, "version": fresh(service).version})
    now = whole(service)
    assert (now["profile"], now["telephone"]) == (OLD, [("01632 960 318", "")])
    assert now["website"] == "https://www.harbour.example.org"


def test_history_page_leads_to_each_field(hillside: Setting, amara: Membership) -> None:
    service = save(sheet(hillside), profile="Nonsense", website="")
    number = versions_of(service)[0].number
    client = client_of(amara)
    shown = words_of(client.get(url("service_changes", hillside, service.pk)))
    address = url("restore_service", hillside, service.pk, number) + "?field=profile"
    assert f'href="{address}"' in shown
    form = client.get(address).context["form"]
    assert [(row.name, ticked) for row, ticked in form.rows()] == [("profile", True), ("website", False)]
    says_the_same = client.get(address.replace("profile", "telephone")).context["form"]
    assert [ticked for _, ticked in says_the_same.rows()] == [False, False]
    staff = words_of(
        client_of(member(hillside, Role.STAFF)).get(url("service_changes", hillside, service.pk))
    )
    assert "Nonsense" in staff
    assert "Put back" not in staff


def test_only_who_may_change_the_sheet_puts_back(hillside: Setting) -> None:
    service = save(sheet(hillside), profile="Nonsense")
    for who in (member(hillside, Role.STAFF), member(school("riverside"))):
        with pytest.raises(PermissionDenied):
            restore(service, 0, who, "profile")


def test_sheet_that_was_saved_meanwhile_is_looked_at_again(hillside: Setting, amara: Membership) -> None:
    service = save(sheet(hillside), profile="Nonsense")
    number = versions_of(service)[0].number
    with pytest.raises(Moved):
        history.restore(
            service=service, number=number, names=["profile"], version=service.version - 1, by=amara
        )
    client, address = client_of(amara), url("restore_service", hillside, service.pk, number)
    typed = {"names": ["profile"], "version": service.version - 1}
    assert "The sheet has changed meanwhile" in words_of(client.post(address, typed, follow=True))
    assert whole(service)["profile"] == "Nonsense"


def test_what_no_longer_fits_is_refused_with_words(hillside: Setting, amara: Membership) -> None:
    service = save(sheet(hillside, min_age=5, max_age=11), min_age=14, max_age=18)
    with pytest.raises(Refused, match="does not fit"):
        restore(service, 0, amara, "max_age")
    restore(service, 0, amara, "max_age", "min_age")
    assert whole(service)["max_age"] == 11


def test_moment_at_which_nothing_was_saved_does_not_exist(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    assert client_of(amara).get(url("restore_service", hillside, service.pk, 1)).status_code == 404


@pytest.mark.parametrize("grade", ["coarse", "refuge"])
def test_address_that_is_withheld_now_does_not_come_back(
    hillside: Setting, amara: Membership, grade: str
) -> None:
    service = save(sheet(hillside), withheld=grade, profile="New")
    then = history.as_of(service, versions_of(service)[0].number, by=amara)
    assert then is not None
    assert "Quay" not in str(then)
    restore(service, 0, amara, "profile", "withheld", "address_1", "postcode")
    now = whole(service)
    assert (now["withheld"], now["address_1"], now["profile"]) == (grade, "12 Quay Lane", OLD)
    shown = words_of(client_of(amara).get(url("service_changes", hillside, service.pk)))
    assert "Quay" not in shown
    assert "WX4 2QL" not in shown


def test_address_that_was_withheld_is_not_put_back_over_one_that_is_shown(
    hillside: Setting, amara: Membership
) -> None:
    service = save(sheet(hillside, withheld="coarse"), withheld="")
    with pytest.raises(Refused, match="Tick at least one"):
        restore(service, 0, amara, "withheld", "address_1", "postcode")
    assert whole(service)["postcode"] == "WX4 2QL"


def test_place_that_was_taken_out_forgets_an_address_that_is_withheld_later(hillside: Setting) -> None:
    first = Whereabouts(address_1="1 Secret Row", city="Marsham", postcode="WX1 1AA")
    service = save(sheet(hillside, more_places=[first]), more_places=[])
    save(service, more_places=[Whereabouts(address_1="1 Secret Row", postcode="WX1 1AA", withheld="refuge")])
    kept = event_model(Place)._default_manager.filter(service=service.pk).values()
    assert "Secret" not in str(list(kept))
    assert "WX1" not in str(list(kept))


def test_sheet_that_was_loaded_without_a_history_has_an_empty_one(
    hillside: Setting, amara: Membership
) -> None:
    with pgtrigger.ignore("directory.Service:insert_insert"):
        service = Service.objects.get(pk=sheet(hillside, name="Brought by COPY").pk)
    assert event_model(Service)._default_manager.filter(pgh_obj=service.pk).count() == 0
    assert "Brought by COPY" in words_of(client_of(amara).get(url("service_changes", hillside, service.pk)))
