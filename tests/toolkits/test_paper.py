"""Printed sheets by their text and their structure."""

import logging
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from directory.paper.sheet import SheetPaper
from partnerships.paper import Fact, Paper, School, picture
from tests import papers
from toolkits.instruments import builtin, instrument
from toolkits.paper import blank_paper, profile_paper

MADE: dict[str, Callable[[], Paper]] = {
    "sheet": papers.sheet,
    "board": papers.board,
    "crowded board": lambda: papers.board(12),
    "checklist": papers.checklist,
    "profile": papers.profile,
    "benefits": papers.benefits,
    "many benefits": lambda: papers.benefits(2),
    "report": papers.report,
}
BLANK = [(code, fillable) for code in builtin() for fillable in (False, True)]
SCRIPT = "<script>alert(1)</script><img src=https://example.org/x.png> & “5 < 6” {{ 7 }}"


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture(autouse=True)
def nothing_is_logged() -> Iterator[None]:
    kept = Kept()
    logging.getLogger().addHandler(kept)
    yield
    logging.getLogger().removeHandler(kept)
    assert kept.messages == []


def read(paper: Paper, *, fillable: bool = False) -> PdfReader:
    return PdfReader(BytesIO(paper.pdf(fillable=fillable).content))


def text(reader: PdfReader) -> str:
    """Everything printed, spaces made one."""
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def blank(code: str) -> Paper:
    return blank_paper(
        instrument(code), school=papers.SCHOOL, on=date(2026, 11, 22), how_back="Bring it back to Ms Farrow."
    )


def tags(reader: PdfReader) -> list[str]:
    """The tags in the structure of the document, in the order of reading."""
    root: Any = reader.trailer["/Root"]
    found, waiting = [], [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict) and "/K" in node:
            found.append(str(node.get("/S", "")))
            waiting.append(node["/K"])
    return found


@pytest.mark.parametrize("name", MADE)
def test_a_completed_sheet_declares_what_readers_need(name: str) -> None:
    paper = MADE[name]()
    reader = read(paper)
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (paper.title, "Hollybank Primary School")
    assert reader.outline
    assert {"/Document", "/H1", "/P"} <= set(tags(reader))


@pytest.mark.parametrize("name", MADE)
def test_headings_skip_no_level(name: str) -> None:
    levels = [int(tag[2]) for tag in tags(read(MADE[name]())) if tag in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize(("name", "figures"), [("checklist", 26), ("report", 2)])
def test_every_chart_has_its_words(name: str, figures: int) -> None:
    assert tags(read(MADE[name]())).count("/Figure") == figures


@pytest.mark.parametrize("name", MADE)
def test_every_page_says_whose_it_is_and_where_one_is(name: str) -> None:
    paper = MADE[name]()
    reader = read(paper)
    for number, page in enumerate(reader.pages, start=1):
        words = " ".join(page.extract_text().split())
        assert "Hollybank Primary School" in words
        assert f"{paper.tool} · {paper.edition}" in words
        assert f"Page {number} of {len(reader.pages)}" in words


@pytest.mark.parametrize(("code", "fillable"), BLANK)
def test_a_blank_form_says_what_it_is_and_how_it_comes_back(code: str, fillable: bool) -> None:
    reader = read(blank(code), fillable=fillable)
    words = text(reader)
    assert instrument(code).title in words
    assert f"{code} 1 · Blank form · 22 November 2026" in words
    assert "Bring it back to Ms Farrow." in words
    assert bool(reader.get_fields()) is fillable


@pytest.mark.parametrize("code", builtin())
def test_every_field_to_fill_in_has_a_name_of_its_own_and_a_title(code: str) -> None:
    reader = read(blank(code), fillable=True)
    named = [
        (annotation.get_object()["/T"], annotation.get_object().get("/TU", ""))
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    ]
    names = [name for name, _ in named]
    assert "/Form" in tags(reader)
    assert len(set(names)) == len(names) == len(reader.get_fields() or {})
    assert all(title and title != name for name, title in named)


@pytest.mark.parametrize("code", ["swot", "benefits", "agency-sheet", "practitioner-profile"])
def test_a_blank_form_fits_one_page(code: str) -> None:
    assert [len(read(blank(code), fillable=fillable).pages) for fillable in (False, True)] == [1, 1]


def test_fields_of_swot_are_its_zones() -> None:
    fields = read(blank("swot"), fillable=True).get_fields()
    assert fields is not None
    assert {"strengths", "weaknesses", "opportunities", "threats", "heading", "date"} <= set(fields)


def test_the_checklist_to_fill_in_lets_one_choose_each_answer() -> None:
    fields = read(blank("team-building"), fillable=True).get_fields()
    assert fields is not None
    options = [option[0] for option in fields["shared_vision"]["/Opt"]]
    assert options == ["", "not_in_place", "partly", "in_place", "dont_know"]
    assert all(statement.key in fields for statement in instrument("team-building").statements)
    assert len(fields["sector"]["/Opt"]) == 11


def test_the_blank_checklist_prints_all_26_criteria_with_their_questions() -> None:
    words = text(read(blank("team-building")))
    one = instrument("team-building")
    assert [statement.text for statement in one.statements if statement.text not in words] == []
    assert [group.text for group in one.groups if group.text not in words] == []


def test_the_information_sheet_shows_every_field_and_all_eight_offers() -> None:
    words = text(read(papers.sheet()))
    for part in ("Willowbrook Grief Support", "0161 496 0142", "hello@willowbrook.example", "14 Mill Lane"):
        assert part in words
    assert "Fax not given" in words
    assert [offer for offer, _ in papers.OFFERS if offer not in words] == []
    assert words.count("(not offered)") == 3


def test_an_information_sheet_with_nothing_but_a_name_is_still_whole() -> None:
    paper = SheetPaper(school=papers.SCHOOL, title="Willowbrook", on=papers.DAY, offers=papers.sheet().offers)
    words = text(read(paper))
    assert words.count("not given") == 10
    assert "Referral procedures are not given yet." in words


def test_a_website_is_a_link_only_when_it_is_one_of_the_web() -> None:
    html = replace(papers.sheet(), website="javascript:alert(1)").pdf().html
    assert 'href="javascript' not in html
    assert "javascript:alert(1)" in html


def test_the_board_prints_cards_votes_actions_and_who_sees_it_differently() -> None:
    words = text(read(papers.board()))
    for part in (
        "Three referral forms for the same thing",
        "11 votes",
        "1 vote",
        "Try one short referral form for all, for one term",
        "15 January 2027",
        "Housing would rather wait",
        "Tom Birch, housing officer: agrees, action 1 apart",
        "Voluntary and community",
    ):
        assert part in words


def test_a_crowded_board_loses_no_card() -> None:
    words = text(read(papers.board(12)))
    assert words.count("We know each other by name") == 3 + 1  # its cards, and the action from one of them
    assert words.count("Three referral forms for the same thing") == 3 + 1


def test_an_empty_zone_says_so() -> None:
    paper = papers.board()
    empty = replace(paper, zones=(replace(paper.zones[0], cards=()), *paper.zones[1:]))
    assert "Nobody wrote a card here." in text(read(empty))


def test_the_checklist_says_its_counts_aloud() -> None:
    html = papers.checklist().pdf().html
    assert "<title>not in place 1, partly 5, in place 7, don’t know 0</title>" in html
    assert html.count("<svg") == 26 + 1


def test_the_checklist_prints_sentences_levels_and_what_was_agreed() -> None:
    words = text(read(papers.checklist()))
    assert "Education says senior officers make time for it; health says they don’t." in words
    assert "Answers of 13 people" in words
    assert "What we agreed The people and the will are there" in words


def test_a_hidden_criterion_prints_no_figure() -> None:
    html = papers.checklist(hidden=3).pdf().html
    assert html.count("hidden to protect people") == 3
    assert html.count("<svg") == 23 + 1


def test_a_profile_comes_from_its_answers() -> None:
    words = text(read(papers.profile()))
    for part in ("Priya Nair", "School nurse", "Confidential drop-in", "One referral form instead of three"):
        assert part in words
    assert "Tell Jo Farrow, safeguarding lead, 0161 496 0100, now. In danger: 999." in words


def test_a_profile_with_a_name_alone_says_what_is_missing() -> None:
    paper = profile_paper(
        instrument("practitioner-profile"), {"name": "Kit Moran"}, school=papers.SCHOOL, on=papers.DAY
    )
    assert text(read(paper)).count("not given") == 5


def test_benefits_stand_above_their_measures_with_the_same_numbers() -> None:
    html = papers.benefits().pdf().html
    benefit = '<p class="promise"><span class="n">2</span> One page on what we do and don’t do</p>'
    measure = '<p class="promise how"><span class="n">2</span> In the staff handbook by 12 December</p>'
    assert -1 < html.find(benefit) < html.find(measure)
    assert '<span class="o on"><span class="tick">✔</span>met</span>' in html
    assert "Eight came" in text(read(papers.benefits()))


def test_benefits_are_printed_on_their_side() -> None:
    for paper in (papers.benefits(), papers.benefits(2), blank("benefits")):
        box = read(paper).pages[0].mediabox
        assert box.width > box.height


def test_the_report_begins_with_one_page_that_stands_alone() -> None:
    first = " ".join(read(papers.report()).pages[0].extract_text().split())
    assert "9 of 13" in first
    assert "actions of number 2 are done" in first
    assert "What we ask of you" in first
    assert "Report to governors · number 3 · Published 20 July 2026" in first


def test_the_contents_of_the_report_name_the_right_pages() -> None:
    reader = read(papers.report())
    first = " ".join(reader.pages[0].extract_text().split())
    for name, heading in (
        ("The pattern", "The pattern: how we see"),
        ("Over time", "Over time"),
        ("Actions", "Actions of"),
    ):
        page = next(
            number
            for number, page in enumerate(reader.pages, start=1)
            if number > 1 and heading in page.extract_text()
        )
        assert f"{page} {name}" in first.replace("\u2002", " ")


def test_charts_say_their_finding_and_stand_beside_figures() -> None:
    html = papers.report().pdf().html
    assert (
        "Pattern by theme. Values and aspirations: middle answer partly to in place, agreed in place;" in html
    )
    assert "Leadership: from partly to in place" in html
    assert '<td class="num">1.5</td>' in html


def test_a_report_without_content_leaves_sections_out() -> None:
    paper = replace(papers.report(), pattern=None, differences=(), trend=None, sessions=(), services=())
    words = text(read(paper))
    assert "The pattern" not in words
    assert "Over time" not in words
    assert "Questions worth asking" in words


def test_a_draft_says_so() -> None:
    report = replace(papers.report(), number=0, draft=True, kicker="", tool="")
    assert "Report to governors · draft · Draft · 20 July 2026" in text(read(report))
    assert "Draft · 18 November 2026 · version 2" in text(read(replace(papers.board(), draft=True)))


@pytest.mark.parametrize(
    "paper",
    [
        replace(
            papers.sheet(), title=SCRIPT, profile=(SCRIPT,), telephone=SCRIPT, email=SCRIPT, website=SCRIPT
        ),
        replace(papers.board(), title=SCRIPT, agreed_words=SCRIPT, facts=(Fact(label=SCRIPT, text=SCRIPT),)),
        replace(papers.checklist(), title=SCRIPT, most_to_do=(SCRIPT,), small_print=SCRIPT),
        replace(papers.profile(), title=SCRIPT, school=School(name=SCRIPT, team=SCRIPT)),
        replace(papers.report(), title=SCRIPT, in_short=(SCRIPT,), questions=(SCRIPT,)),
    ],
    ids=["sheet", "board", "checklist", "profile", "report"],
)
def test_markup_in_any_field_is_text(paper: Paper) -> None:
    made = paper.pdf()
    assert "<script" not in made.html
    assert "<img" not in made.html
    words = "".join(text(PdfReader(BytesIO(made.content))).split())
    assert "".join(SCRIPT.split()) in words


def test_one_long_word_and_letters_of_all_europe_stay_on_the_page() -> None:
    paper = replace(papers.profile(), title="Zażółć " + "Ł" * 90)
    assert "Zażółć" in text(read(paper))


def test_the_logo_and_the_colour_of_a_school_are_used() -> None:
    logo = picture(papers.LOGO)
    school = replace(papers.SCHOOL, logo=logo, accent="#0b5a63")
    made = replace(papers.board(), school=school).pdf()
    assert made.html.count(logo) == 1
    assert "Joined Up</title>" not in made.html
    assert made.content != papers.board().pdf().content


def test_what_is_no_picture_is_no_logo() -> None:
    assert picture(b"<svg onload=alert(1)>") == ""
    assert picture(b"") == ""
    assert picture(b"GIF89a").endswith(b64encode(b"GIF89a").decode())


@pytest.mark.parametrize("code", builtin())
@pytest.mark.parametrize("variant", ["blank", "fillable"])
def test_render_paper_writes_every_instrument(code: str, variant: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    call_command("render_paper", code, "--variant", variant, "--out", str(out))
    reader = PdfReader(out)
    assert instrument(code).title in text(reader)
    assert bool(reader.get_fields()) is (variant == "fillable")


def test_render_paper_answers_an_unknown_code_with_the_list(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no instrument “swat”.*swot"):
        call_command("render_paper", "swat", "--out", str(tmp_path / "paper.pdf"))
    assert not list(tmp_path.iterdir())


def test_render_paper_says_when_it_can_not_write(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can’t be written: No such file"):
        call_command("render_paper", "swot", "--out", str(tmp_path / "missing" / "paper.pdf"))


@pytest.mark.django_db
def test_render_paper_names_a_school_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no school “nowhere”"):
        call_command("render_paper", "swot", "--setting", "nowhere", "--out", str(tmp_path / "paper.pdf"))
