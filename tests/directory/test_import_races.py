"""An import and somebody else at the very same moment: real transactions in threads."""

import threading
from contextlib import suppress
from typing import Any

import pytest

from directory.commands import add_service, link_service
from directory.imports import bring, working
from directory.imports.bring import Choices
from directory.imports.plan import make_plan
from directory.imports.records import Mapping, Record
from directory.models import ImportBatch, OpenSheet, Service
from partnerships.models import Setting
from tests.directory.kit import SHEET, school, sheet
from tests.partnerships.kit import member
from tests.partnerships.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Anchor", "Beacon")


@pytest.fixture
def public() -> list[Service]:
    """Two sheets that any school may take."""
    hillside = school(publishes_directory=True)
    return [
        sheet(hillside, name=name, telephone=[(f"01632 960 30{at}", "")], visibility="public")
        for at, name in enumerate(NAMES)
    ]


def bring_links(setting: Setting, services: list[Service]) -> None:
    """An import whose rows, in this order, use sheets that are there."""
    records = [
        Record(number, {"name": service.name, "here_notes": "Ring first"})
        for number, service in enumerate(services, 1)
    ]
    plan = make_plan(setting, records, Mapping((), ()))
    links = {number: service.pk for number, service in enumerate(services, 1)}
    bring.bring_in(setting, plan, Choices(links), ImportBatch.objects.create(setting=setting, file_name="a"))


def test_two_imports_that_take_the_same_sheets_in_another_order_both_come_through(
    public: list[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, link, rows = threading.Barrier(2), bring._link, threading.local()

    def link_and_meet(*args: Any, **named: Any) -> Any:
        found = link(*args, **named)
        rows.done = getattr(rows, "done", 0) + 1
        if rows.done == 1:
            with suppress(threading.BrokenBarrierError):
                meeting.wait(timeout=1)  # unless the other waits until we are done
        return found

    monkeypatch.setattr(bring, "_link", link_and_meet)
    schools = [school("riverside", publishes_directory=True), school("woodside", publishes_directory=True)]
    orders = [public, public[::-1]]
    results = at_once(*(lambda at=at: bring_links(schools[at], orders[at]) for at in range(2)))
    assert results == [None, None]
    assert [setting.partnerships.count() for setting in schools] == [2, 2]


def test_import_and_its_opposite_taken_back_at_once_both_come_through(
    public: list[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    schools = [school("riverside", publishes_directory=True), school("woodside", publishes_directory=True)]
    bring_links(schools[0], public)
    batch = ImportBatch.objects.get()
    ImportBatch.objects.update(state="undoing")
    results = at_once(lambda: working.carry_on(batch.pk), lambda: bring_links(schools[1], public[::-1]))
    assert results == [None, None]
    assert [setting.partnerships.count() for setting in schools] == [0, 2]
    assert OpenSheet.today().count() == 2


def test_nobody_waits_for_the_long_part_of_an_import(
    public: list[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither another school that takes the same sheet, nor a colleague who adds one by hand."""
    riverside, woodside = school("riverside"), school("woodside")
    amara, marcus = member(riverside), member(woodside)
    create, done = bring._create, []

    def create_meanwhile(*args: Any) -> Any:
        found = create(*args)
        done.extend(
            at_once(
                lambda: link_service(service=public[0], by=marcus).pk,
                lambda: add_service(values={**SHEET, "name": "By hand"}, by=amara).pk,
            )
        )
        return found

    monkeypatch.setattr(bring, "_create", create_meanwhile)
    bring_links(riverside, public)
    assert woodside.partnerships.get().pk == done[0]
    assert Service.objects.get(name="By hand").pk == done[1]
    assert riverside.partnerships.count() == 3
