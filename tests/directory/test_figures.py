"""Counting use without persons: what is counted, what never is, and when it is forgotten."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from directory.models import Opened, Pathway, SearchTerm, SearchVisitor, Service, WeekSalt
from directory.use import figures
from partnerships.models import Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member
from tests.partnerships.test_races import at_once

pytestmark = pytest.mark.django_db


def visitor(number: int = 0) -> Any:
    return RequestFactory().get("/", REMOTE_ADDR=f"192.0.2.{number}", HTTP_USER_AGENT="Browser")


def terms() -> dict[str, int]:
    return dict(SearchTerm.objects.values_list("term", "visitors"))


def test_opened_sheets_are_counted_by_week_inside_and_outside(hillside: Setting) -> None:
    service = sheet(hillside)
    for is_public in (False, False, True):
        figures.record_opened(hillside, service, is_public=is_public)
    figures.flush()
    figures.record_opened(hillside, service, is_public=True)
    figures.flush()
    row = Opened.objects.get()
    assert (row.inside, row.public, row.week.weekday()) == (2, 2, 0)


def test_looking_is_counted_after_the_page_is_sent(hillside: Setting) -> None:
    client = client_of(member(hillside))
    client.get(url("service_detail", hillside, sheet(hillside).pk))
    client.get(url("service_list", hillside) + "?q=juggling")
    assert not Opened.objects.exists() and not SearchTerm.objects.exists()
    figures.flush()
    assert Opened.objects.get().inside == 1
    assert terms() == {"juggling": 1}


def test_one_visitor_counts_once_and_nobody_can_be_followed(hillside: Setting) -> None:
    for term in ("Juggling ", "juggling", "chess"):
        figures.record_search(hillside, term, 0, visitor())
        figures.flush()
    figures.record_search(hillside, "juggling", 0, visitor(1))
    figures.flush()
    assert terms() == {"juggling": 2, "chess": 1}
    digests = list(SearchVisitor.objects.values_list("digest", flat=True))
    assert len(set(digests)) == 3
    assert not any("." in digest for digest in digests)


@pytest.mark.parametrize(
    "term",
    [
        "domestic abuse",
        "domestik vilence",
        "he hits me",
        "refuge near here",
        "Harriet Cole 3B",
        "A123456789012",
        "01632 960 318",
        "amy@example.org",
        "aster",
        "x",
    ],
)
def test_search_about_abuse_or_a_child_is_never_kept(hillside: Setting, term: str) -> None:
    sheet(school("riverside"), name="Aster House", withheld="refuge", council="Wexshire")
    figures.record_search(hillside, term, 0, visitor())
    figures.flush()
    assert terms() == {}


def test_search_with_a_result_is_not_kept(hillside: Setting) -> None:
    figures.record_search(hillside, "sleep", 3, visitor())
    figures.flush()
    assert terms() == {}


def test_search_that_a_pathway_answers_is_not_missed(hillside: Setting) -> None:
    Pathway.objects.create(setting=hillside, need="Sleep", slug="sleep", also=["bedtime"])
    for term in ("bedtime", "juggling"):
        figures.record_search(hillside, term, 0, visitor())
    figures.flush()
    assert terms() == {"juggling": 1}


@pytest.mark.parametrize(
    "values",
    [
        {"withheld": "refuge", "council": "Wexshire"},
        {"profile": "Help after domestic abuse."},
        {"topics": ["coercive control"]},
    ],
)
def test_opening_the_sheet_of_a_refuge_is_not_counted(hillside: Setting, values: dict[str, Any]) -> None:
    service = sheet(hillside, **values)
    figures.record_opened(hillside, service, is_public=False)
    figures.record_opened(hillside, sheet(hillside, name="Refugee Welcome"), is_public=False)
    figures.flush()
    assert [row.service.name for row in Opened.objects.all()] == ["Refugee Welcome"]


def test_past_week_keeps_words_of_five_and_forgets_how_they_were_told_apart(hillside: Setting) -> None:
    last_week = figures.monday(date.today()) - timedelta(days=7)
    for number in range(5):
        figures.record_search(hillside, "juggling", 0, visitor(number))
    figures.record_search(hillside, "chess", 0, visitor())
    figures.record_search(hillside, "judo", 0, visitor())
    figures.flush()
    SearchTerm.objects.update(week=last_week)
    WeekSalt.objects.update(week=last_week)
    for _ in range(2):
        figures.forget_past_weeks(date.today())
    assert terms() == {"juggling": 5, "": 2}
    assert not SearchVisitor.objects.exists() and not WeekSalt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_count_what_few_looked_for_once() -> None:
    last_week = figures.monday(date.today()) - timedelta(days=7)
    for term in ("chess", "judo"):
        SearchTerm.objects.create(setting=school(term), week=last_week, term=term, visitors=3)
    at_once(*[lambda: figures.forget_past_weeks(date.today())] * 2)
    assert sorted(SearchTerm.objects.values_list("term", "visitors")) == [("", 3), ("", 3)]


def test_buffer_is_bounded(hillside: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MOST_KEYS", 2)
    for term in ("juggling", "chess", "judo"):
        figures.record_search(hillside, term, 0, visitor())
    figures.flush()
    assert set(terms()) == {"juggling", "chess"}


def test_one_word_does_not_fill_the_table(hillside: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MOST_VISITORS", 2)
    for number in (0, 1, 2):
        figures.record_search(hillside, "juggling", 0, visitor(number))
    figures.flush()
    figures.record_search(hillside, "juggling", 0, visitor(3))
    figures.flush()
    assert terms() == {"juggling": 2}
    assert SearchVisitor.objects.count() == 2


def test_counts_of_what_is_gone_meanwhile_are_dropped(hillside: Setting) -> None:
    gone = Service()
    figures.record_opened(hillside, gone, is_public=False)
    figures.record_opened(hillside, sheet(hillside), is_public=False)
    figures.flush()
    assert Opened.objects.count() == 1
