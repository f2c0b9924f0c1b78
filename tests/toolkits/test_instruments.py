"""Instruments as data: what each holds, how it is stored, and that content never changes in silence."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Offer, Service
from directory.paper.sheet import SHEET_KICKER, SHEET_TOOL, SheetPaper
from tests.papers import sheet
from toolkits.instruments import UnknownInstrument, builtin, instrument, lock
from toolkits.instruments.definition import (
    DefinitionError,
    Field,
    Group,
    Instrument,
    Kind,
    Statement,
    Zone,
)
from toolkits.instruments.sync import sync_instruments
from toolkits.models import InstrumentVersion
from toolkits.paper import LAYOUTS, tool_words

CODES = ["agency-sheet", "benefits", "practitioner-profile", "swot", "team-building"]
WORDS = st.text(min_size=1, max_size=30)
KEYS = st.lists(st.text("abcdefg_", min_size=1, max_size=8), min_size=1, max_size=6, unique=True)


def listed() -> dict[str, dict[str, Any]]:
    out = StringIO()
    call_command("list_instruments", stdout=out)
    return {entry["code"]: entry for entry in json.loads(out.getvalue())}


def test_the_five_are_found_in_a_fixed_order() -> None:
    assert list(builtin()) == CODES


def test_an_unknown_code_is_answered_with_those_that_exist() -> None:
    with pytest.raises(
        UnknownInstrument, match=r"“swat”.*agency-sheet, benefits, practitioner-profile, swot"
    ):
        instrument("swat")


@pytest.mark.parametrize("code", CODES)
def test_a_definition_survives_json(code: str) -> None:
    one = instrument(code)
    again = Instrument.from_json(json.loads(json.dumps(one.to_json())))
    assert again == one
    assert again.sha256 == one.sha256


@pytest.mark.parametrize("code", CODES)
def test_every_definition_credits_its_source_and_can_be_printed(code: str) -> None:
    one = instrument(code)
    assert "Cheminais" in one.source
    assert one.purpose.endswith(".")
    assert one.layout in LAYOUTS


def test_team_building_asks_nine_questions_and_26_criteria() -> None:
    one = instrument("team-building")
    assert [len(statements) for _, statements in one.by_group()] == [2, 4, 2, 2, 5, 3, 3, 2, 3]
    assert one.scale is not None
    assert [answer.text for answer in one.scale.answers] == [
        "not in place",
        "partly",
        "in place",
        "don’t know",
    ]
    assert [one.scale.value(answer.key) for answer in one.scale.answers] == [0, 1, 2, None]


def test_swot_has_four_zones_and_four_headings_to_start_from() -> None:
    one = instrument("swot")
    assert [zone.key for zone in one.zones] == ["strengths", "weaknesses", "opportunities", "threats"]
    assert len(one.starters) == 4


def test_the_profile_asks_for_as_many_points_as_the_original() -> None:
    one = instrument("practitioner-profile")
    assert (one.field("role").rows_max, one.field("successes").rows_max) == (6, 4)
    assert list(one.field("help").numbers) == [1, 2, 3]


def test_benefits_look_a_month_six_months_and_a_year_ahead() -> None:
    one = instrument("benefits")
    assert [group.months for group in one.groups] == [1, 6, 12]
    assert [column.key for column in one.field("next_month").columns if not column.at_review] == [
        "benefit",
        "measure",
    ]


def test_the_agency_sheet_names_what_a_service_has() -> None:
    parts = {field.attribute.split(".")[0] for field in instrument("agency-sheet").fields}
    assert len(instrument("agency-sheet").fields) == 12
    assert all(hasattr(Service, part) or part in _relations() for part in parts)


def _relations() -> set[str]:
    return {relation.name for relation in Service._meta.get_fields()}


def test_the_agency_sheet_offers_what_the_directory_offers() -> None:
    choices = instrument("agency-sheet").field("offers").choices
    assert [choice.key for choice in choices] == Offer.values


def test_the_printed_sheet_has_every_label_of_the_definition() -> None:
    html = sheet().pdf().html
    labels = [field.text for field in instrument("agency-sheet").fields if field.key != "name"]
    assert [label for label in labels if f">{label}<" not in html] == []
    assert (
        instrument("agency-sheet").title,
        tool_words(instrument("agency-sheet")),
    ) == (SHEET_KICKER, SHEET_TOOL)
    assert SheetPaper.template == LAYOUTS[instrument("agency-sheet").layout].done


@given(title=WORDS, keys=KEYS)
def test_any_definition_survives_json(title: str, keys: list[str]) -> None:
    made = Instrument(
        code="made",
        version=1,
        kind=Kind.BOARD,
        title=title,
        purpose="",
        source="",
        layout="quadrants",
        groups=(Group(key="g", text=title),),
        zones=tuple(Zone(key=key, text=title, group="g") for key in keys),
    )
    assert Instrument.from_json(json.loads(made.canonical())) == made


def test_a_key_used_twice_is_refused() -> None:
    with pytest.raises(DefinitionError, match="swot: zones: the key strengths is used twice"):
        replace(instrument("swot"), zones=instrument("swot").zones[:1] * 2)


def test_a_heading_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DefinitionError, match="x stands under nowhere"):
        replace(instrument("swot"), statements=(Statement(key="x", text="X", group="nowhere"),))


def test_a_checklist_without_a_scale_is_refused() -> None:
    with pytest.raises(DefinitionError, match="needs a scale"):
        replace(instrument("team-building"), scale=None)


def test_an_unknown_attribute_in_stored_json_is_refused() -> None:
    with pytest.raises(DefinitionError, match="Instrument has no colour"):
        Instrument.from_json({**instrument("swot").to_json(), "colour": "red"})


def test_list_instruments_gives_what_programs_outside_read() -> None:
    found = listed()
    assert list(found) == CODES
    assert set(found["swot"]) == {
        "code", "kind", "title", "source", "version", "zones", "statements", "rungs", "fields"
    }  # fmt: skip
    assert [zone["key"] for zone in found["swot"]["zones"]] == [zone.key for zone in instrument("swot").zones]
    assert len(found["team-building"]["statements"]) == 26
    assert len({statement["group"] for statement in found["team-building"]["statements"]}) == 9
    assert len(found["agency-sheet"]["fields"]) == 12


def test_list_instruments_names_every_cell_of_a_repeating_row() -> None:
    fields = listed()["benefits"]["fields"]
    assert {"key": "one_year.measure", "text": "How we will know", "group": "In a year"} in fields


def test_content_and_versions_agree_now() -> None:
    out = StringIO()
    call_command("check_instruments", stdout=out)
    assert "5 instruments: content and versions agree." in out.getvalue()


def test_changed_content_without_a_new_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = replace(instrument("swot"), purpose="Something else.")
    monkeypatch.setitem(builtin(), "swot", changed)
    with pytest.raises(CommandError, match=r"swot: the content of version 1 has changed.*set version=2"):
        call_command("check_instruments")


def test_accept_does_not_record_changed_content_under_an_old_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = lock.LOCK.read_text()
    monkeypatch.setitem(builtin(), "swot", replace(instrument("swot"), purpose="Something else."))
    with pytest.raises(CommandError, match="has changed"):
        call_command("check_instruments", "--accept")
    assert lock.LOCK.read_text() == before


def test_a_new_version_is_asked_for_and_recorded_once() -> None:
    newer = replace(instrument("swot"), version=2, purpose="Something else.")
    assert "version 2 is not recorded" in lock.problems([newer], lock.read())[0]
    accepted = lock.accept([newer], lock.read())
    assert lock.problems([newer], accepted) == []
    assert accepted["swot"]["1"] == lock.read()["swot"]["1"]
    assert lock.accept([replace(newer, purpose="Else again.")], accepted) == accepted


@pytest.mark.parametrize("version", [3, 7])
def test_a_version_that_skips_a_number_is_refused(version: int) -> None:
    skipped = replace(instrument("swot"), version=version)
    assert lock.problems([skipped], lock.read()) == [f"swot: version {version} follows 1; it has to be 2."]


@pytest.mark.django_db
def test_built_ins_are_in_the_database_after_migrating() -> None:
    stored = InstrumentVersion.objects.filter(setting=None)
    assert sorted(stored.values_list("code", flat=True)) == CODES
    assert {row.code: row.instrument for row in stored} == builtin()
    assert {row.code: row.sha256 for row in stored} == {one.code: one.sha256 for one in builtin().values()}


@pytest.mark.django_db
def test_syncing_again_adds_and_changes_nothing() -> None:
    before = list(InstrumentVersion.objects.values())
    sync_instruments()
    assert list(InstrumentVersion.objects.values()) == before


@pytest.mark.django_db
def test_a_new_version_is_added_beside_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    old = InstrumentVersion.objects.get(code="swot")
    monkeypatch.setitem(builtin(), "swot", replace(instrument("swot"), version=2, purpose="Something else."))
    sync_instruments()
    assert set(InstrumentVersion.objects.filter(code="swot").values_list("version", flat=True)) == {1, 2}
    assert InstrumentVersion.objects.get(pk=old.pk).definition == old.definition


def test_fields_know_their_lines() -> None:
    assert list(Field(key="a", text="A", rows_max=2).numbers) == [1, 2]
