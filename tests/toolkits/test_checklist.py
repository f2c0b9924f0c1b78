"""The form of a checklist, and its answers."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from toolkits.checklist import ChecklistForm, merge, page, pages, parse, progress, review, unanswered
from toolkits.instruments import instrument

TEAM = instrument("team-building")
KEYS = [statement.key for statement in TEAM.statements]
LEVELS = ["not_in_place", "partly", "in_place", "dont_know"]
answers = st.dictionaries(
    st.sampled_from(KEYS),
    st.fixed_dictionaries({"level": st.sampled_from(LEVELS), "evidence": st.text(max_size=20)}),
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def test_nine_pages_hold_every_statement_once() -> None:
    found = pages(TEAM)
    assert len(found) == 9
    assert [statement.key for each in found for statement in each.statements] == KEYS
    assert (found[0].previous_key, found[0].next_key) == ("", found[1].group.key)
    assert (found[8].next_key, found[8].number, found[8].of) == ("", 9, 9)


def test_unknown_heading_is_no_page() -> None:
    with pytest.raises(LookupError):
        page(TEAM, "made-up")


def test_form_of_a_page_asks_its_statements_and_gives_their_answers() -> None:
    values = page(TEAM, "values")
    form = ChecklistForm(
        {"level_shared_vision": "partly", "evidence_shared_vision": "In the plan"},
        instrument=TEAM,
        page=values,
    )
    assert len(form.fields) == 4
    assert form.is_valid(), form.errors
    assert form.answers() == {"shared_vision": {"level": "partly", "evidence": "In the plan"}}


def test_evidence_without_an_answer_asks_for_one() -> None:
    form = ChecklistForm({"evidence_shared_vision": "In the plan"}, instrument=TEAM)
    assert not form.is_valid()
    assert "Choose an answer to" in str(form.errors["level_shared_vision"])


def test_evidence_that_names_a_child_is_asked_about() -> None:
    data = {"level_shared_vision": "partly", "evidence_shared_vision": "See Jayden S. in 4B"}
    assert "looks like" in str(ChecklistForm(data, instrument=TEAM).errors["evidence_shared_vision"])


def test_answer_that_is_none_of_the_scale_is_refused() -> None:
    assert not ChecklistForm({"level_shared_vision": "excellent"}, instrument=TEAM).is_valid()


@given(answers)
def test_kept_answers_come_back_the_same(kept: dict[str, dict[str, str]]) -> None:
    read = parse(TEAM, kept)
    assert set(read) == set(kept)
    assert parse(TEAM, read) == read
    assert len(unanswered(TEAM, read)) == len(KEYS) - len(kept)


@given(junk | st.dictionaries(st.sampled_from(KEYS), junk))
def test_whatever_was_stored_is_read_without_a_fall(data: Any) -> None:
    assert all(answer["level"] in LEVELS for answer in parse(TEAM, data).values())


@given(answers, answers, st.sampled_from([each.group.key for each in pages(TEAM)]))
def test_saving_a_page_changes_that_page_alone(
    kept: dict[str, dict[str, str]], new: dict[str, dict[str, str]], key: str
) -> None:
    asked = {statement.key for statement in page(TEAM, key).statements}
    here = {name: answer for name, answer in new.items() if name in asked}
    merged = merge(kept, here, page(TEAM, key))
    assert {name: answer for name, answer in merged.items() if name in asked} == here
    assert {k: v for k, v in merged.items() if k not in asked} == {
        k: v for k, v in kept.items() if k not in asked
    }


def test_progress_and_review_show_gaps() -> None:
    given_answers = {"shared_vision": {"level": "dont_know", "evidence": ""}}
    assert progress(TEAM, given_answers)[0][1:] == (1, 2)
    first, second = review(TEAM, given_answers)[0].rows
    assert (first.text, first.is_answered, second.is_answered) == ("Don’t know", True, False)


def test_form_is_drawn_as_one_group_of_choices_for_each_statement() -> None:
    form = ChecklistForm(
        instrument=TEAM, page=page(TEAM, "values"), answers={"shared_vision": {"level": "partly"}}
    )
    html = render_to_string("toolkits/_checklist_form.html", {"form": form, "hide_headings": False})
    assert html.count("<fieldset") == 2
    assert html.count('type="radio"') == 8
    assert 'value="partly" class="form-check-input" id="id_level_shared_vision_1" checked' in " ".join(
        html.split()
    )


def test_review_and_progress_are_drawn_with_their_links() -> None:
    links = {"values": "/there/"}
    html = render_to_string("toolkits/_checklist_review.html", {"groups": review(TEAM, {}), "links": links})
    assert html.count("Not answered") == 26
    assert html.count('href="/there/"') == 1
    drawn = render_to_string(
        "toolkits/_checklist_progress.html", {"pages": progress(TEAM, {}), "links": links, "current": "trust"}
    )
    assert 'aria-current="step"' in drawn
    assert drawn.count("Not begun") == 9
