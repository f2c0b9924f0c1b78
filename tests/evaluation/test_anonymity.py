"""Answers without names, against somebody who reads the whole database after closing."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evaluation import anonymity
from evaluation.anonymity import AlreadyAnswered, NotOpen
from evaluation.closing import close_round
from evaluation.models import Round
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, opened, seat, team, whole_answer
from toolkits.instruments import instrument
from toolkits.models import AnonymousAnswer, ClosedAnswer, Participant, PendingMark

FIRST = instrument("team-building").statements[0].key
TWENTY = {Sector.EDUCATION: 10, Sector.HEALTH: 10}

Row = dict[str, Any]
Attack = Callable[[dict[str, list[Row]], dict[str, str]], int]
"""The whole database, and who (by every id of theirs) is whom → how many answers it gives to the right person."""


SPOKEN: dict[str, str] = {}
"""What somebody wrote → who it was: this test knows, the database does not."""


def words_of(person: Membership) -> str:
    digest = hashlib.sha256(f"of nobody else {person.pk}".encode()).hexdigest()
    words = digest.translate(
        str.maketrans("0123456789", "ghijklmnop")
    )  # no figures: they could look like a number
    SPOKEN[words] = str(person.pk)
    return words


def everything() -> dict[str, list[Row]]:
    """Every row of every table, with what PostgreSQL itself keeps about it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f"SELECT ctid::text, xmin::text, xmax::text, cmin::text, t.* FROM {name} t")
            columns = [column.name for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def person_in(row: Row, known: dict[str, str]) -> str | None:
    """Whom a row is about, if any of its values is somebody's id or address."""
    return next((known[str(value)] for value in row.values() if str(value) in known), None)


def writer_of(row: Row) -> str:
    """Whose answer it is: what the attacks must not be able to tell."""
    data = row["data"] if isinstance(row["data"], dict) else json.loads(row["data"])
    return SPOKEN[data[FIRST]["evidence"]]


def place(value: Any) -> tuple[bool, str, Any]:
    """Sorts values of one column, whatever they are; "(0,12)" by page and line."""
    text = str(value)
    if text.startswith("(") and text.count(",") == 1:
        return (value is None, "", tuple(int(part) for part in text.strip("()").split(",")))
    return (value is None, "", int(text)) if text.isdigit() else (value is None, text, 0)


def by_order(tables: dict[str, list[Row]], known: dict[str, str], answers: str) -> int:
    """Sorts answers by one column and people's rows by another, forwards and backwards, and puts them side by side."""
    best = 0
    for own_column in {column for row in tables[answers] for column in row}:
        rows = sorted(tables[answers], key=lambda row: place(row[own_column]))
        writers = [writer_of(row) for row in rows]
        for name, people in tables.items():
            if name == answers:
                continue
            for order in orders(people, known):
                for line in (order, order[::-1]):
                    best = max(best, sum(a == b for a, b in zip(writers, line, strict=False)))
    return best


def orders(rows: Sequence[Row], known: dict[str, str]) -> Iterator[list[str]]:
    """The people of a table in the order of each of its columns."""
    about = [(row, person) for row in rows if (person := person_in(row, known))]
    for column in rows[0] if rows else ():
        yield [person for _, person in sorted(about, key=lambda pair: place(pair[0][column]))]


def by_value(tables: dict[str, list[Row]], known: dict[str, str], answers: str) -> int:
    """Joins the answers to every table, on every pair of columns, where that leaves one person for an answer."""
    best = 0
    for column in {column for row in tables[answers] for column in row} - {"data"}:
        for name, people in tables.items():
            if name != answers:
                best = max(
                    best, *(right(tables[answers], column, index) for index in indexes(people, known)), 0
                )
    return best


def indexes(rows: Sequence[Row], known: dict[str, str]) -> Iterator[dict[str, set[str]]]:
    """For each column of a table: its values, and the people they stand beside."""
    about = [(row, person) for row in rows if (person := person_in(row, known))]
    for column in rows[0] if about else ():
        index: dict[str, set[str]] = {}
        for row, person in about:
            index.setdefault(str(row[column]), set()).add(person)
        yield index


def right(answers: Sequence[Row], column: str, index: dict[str, set[str]]) -> int:
    return sum(index.get(str(row[column])) == {writer_of(row)} for row in answers)


def known_people(people: Sequence[Membership], round_: Round) -> dict[str, str]:
    """Every id under which somebody can stand in a row → the person."""
    known = {str(person.pk): str(person.pk) for person in people}
    known |= {str(person.user_id): str(person.pk) for person in people}
    known |= {person.user.email: str(person.pk) for person in people}
    asked = round_.activity.participants.exclude(membership=None)
    return known | {str(one.pk): str(one.membership_id) for one in asked}


@pytest.fixture
def answered(transactional_db: None) -> tuple[Round, list[Membership]]:
    """Twenty people have answered one by one, in their browsers; some changed it; some were marked meanwhile."""
    coordinator, people = team(TWENTY)
    round_ = opened(coordinator, people)
    order = list(people)
    Random(7).shuffle(order)
    for number, person in enumerate(order):
        send(round_, person)
        if number == 4:
            anonymity.mark_batch(round_.activity, 5)
    return round_, people


def send(round_: Round, person: Membership) -> Client:
    """As the browser does it: sign in, fill in, check, send."""
    client = Client()
    client.force_login(person.user)
    base = f"/s/{round_.setting.slug}/check-ins/{round_.pk}/answer/"
    given = {f"level_{key}": one["level"] for key, one in whole_answer("partly").items()}
    page = client.post(f"{base}check/", {**given, f"evidence_{FIRST}": words_of(person)})
    key = page.context["key"]
    response = client.post(f"{base}send/", {"answers": page.context["carried"], "key": key, "seen": "0"})
    assert response["Location"] == f"{base}thanks/"
    return client


def test_while_it_is_open_the_attack_finds_everybody(answered: tuple[Round, list[Membership]]) -> None:
    """The page says so in plain words; and it shows that the attack below would find something."""
    round_, people = answered
    found = by_value(everything(), known_people(people, round_), "public.toolkits_anonymousanswer")
    assert found == 15  # all but the five who were marked in a batch


def test_after_closing_nothing_joins_answers_to_people(answered: tuple[Round, list[Membership]]) -> None:
    round_, people = answered
    close_round(round_=round_, by=None)
    tables, known = everything(), known_people(people, round_)
    assert len(tables["public.toolkits_closedanswer"]) == 20
    assert len({writer_of(row) for row in tables["public.toolkits_closedanswer"]}) == 20
    # In a chance order one of twenty is right on average; twelve are so once in a thousand million times.
    assert by_value(tables, known, "public.toolkits_closedanswer") < 12
    assert by_order(tables, known, "public.toolkits_closedanswer") < 12


def test_after_closing_no_trace_of_an_open_answer_is_left(answered: tuple[Round, list[Membership]]) -> None:
    round_, _ = answered
    ids = {str(pk) for pk in AnonymousAnswer.objects.values_list("pk", flat=True)}
    hashes = set(AnonymousAnswer.objects.values_list("key_hash", flat=True))
    close_round(round_=round_, by=None)
    kept = {str(value) for rows in everything().values() for row in rows for value in row.values()}
    assert not kept & ids
    assert not kept & hashes
    assert len({row["xmin"] for row in everything()["public.toolkits_closedanswer"]}) == 1


def test_answering_leaves_no_history_and_no_session(transactional_db: None) -> None:
    coordinator, people = team(TWENTY)
    round_ = opened(coordinator, people)
    client = Client()
    client.force_login(people[0].user)
    watched = ("event", "history", "context", "session", "draft", "contribution", "attempt", "task")
    before = {name: rows for name, rows in everything().items() if any(word in name for word in watched)}
    client_page = f"/s/{round_.setting.slug}/check-ins/{round_.pk}/answer/"
    page = client.post(f"{client_page}check/", {f"level_{FIRST}": "partly"})
    client.post(f"{client_page}send/", {"answers": page.context["carried"], "key": page.context["key"]})
    after = {name: rows for name, rows in everything().items() if name in before}
    assert AnonymousAnswer.objects.count() == 1
    assert after == before


def test_other_open_check_ins_keep_their_answers_and_marks(transactional_db: None) -> None:
    coordinator, people = team(TWENTY)
    first, second = opened(coordinator, people), opened(coordinator, people)
    for person in people[:6]:
        answer(first, person, "partly")
    keys = {person: answer(second, person, "in_place", words_of(person)) for person in people}
    close_round(round_=first, by=None)
    assert AnonymousAnswer.objects.filter(activity=second.activity).count() == 20
    assert len({row["xmin"] for row in everything()["public.toolkits_anonymousanswer"]}) == 1
    assert not PendingMark.objects.exists()
    anonymity.change(round_=second, key=keys[people[3]], answers=whole_answer("partly"))
    assert anonymity.kept(second, keys[people[3]]) == whole_answer("partly")
    with pytest.raises(AlreadyAnswered):
        answer(second, people[3], "partly")
    assert ClosedAnswer.objects.filter(activity=second.activity).count() == 0


def test_a_group_that_too_few_answered_is_not_told_apart_in_the_table_either(transactional_db: None) -> None:
    coordinator, people = team({Sector.EDUCATION: 9, Sector.HEALTH: 6})
    round_ = opened(coordinator, people)
    for person in people[:12]:
        answer(round_, person, "partly")
    close_round(round_=round_, by=None)
    assert set(ClosedAnswer.objects.values_list("sector", flat=True)) == {Sector.OTHER}


@pytest.mark.django_db
def test_a_group_of_whom_too_few_are_asked_is_stored_as_other() -> None:
    coordinator, people = team({Sector.EDUCATION: 6, Sector.HEALTH: 6, Sector.HOUSING: 4, Sector.POLICE: 1})
    round_ = opened(coordinator, people)
    for person in people:
        answer(round_, person, "partly")
    stored = list(AnonymousAnswer.objects.values_list("sector", flat=True))
    assert {sector: stored.count(sector) for sector in stored} == {"education": 6, "health": 6, "other": 5}


@pytest.mark.django_db
def test_nobody_answers_twice() -> None:
    coordinator, people = team(TWENTY)
    round_ = opened(coordinator, people)
    answer(round_, people[0], "partly")
    with pytest.raises(AlreadyAnswered):
        answer(round_, people[0], "in_place")
    assert AnonymousAnswer.objects.get().data[FIRST]["level"] == "partly"


@pytest.mark.django_db
def test_sending_the_same_page_twice_stores_it_once() -> None:
    coordinator, people = team(TWENTY)
    round_, key = opened(coordinator, people), anonymity.new_key()
    participant = seat(round_, people[0]).participant
    for _ in range(2):
        anonymity.take(round_=round_, participant=participant, answers=whole_answer("partly"), key=key)
    assert AnonymousAnswer.objects.count() == 1


@pytest.mark.django_db
def test_a_mark_that_was_set_in_a_batch_still_counts() -> None:
    coordinator, people = team(TWENTY)
    round_ = opened(coordinator, people)
    keys = [answer(round_, person, "partly") for person in people[:6]]
    assert anonymity.mark_batch(round_.activity, 5) == 6
    assert Participant.objects.filter(has_answered=True).count() == 6
    with pytest.raises(AlreadyAnswered):
        answer(round_, people[0], "partly")
    anonymity.take(
        round_=round_,
        participant=seat(round_, people[0]).participant,
        answers=whole_answer("in_place"),
        key=keys[0],
    )
    assert not PendingMark.objects.exists()


@pytest.mark.django_db
def test_marks_wait_for_a_batch() -> None:
    coordinator, people = team(TWENTY)
    round_ = opened(coordinator, people)
    for person in people[:4]:
        answer(round_, person, "partly")
    assert anonymity.mark_batch(round_.activity, 5) == 0
    assert not Participant.objects.filter(has_answered=True).exists()
    assert anonymity.has_answered(seat(round_, people[0]).participant)


@pytest.mark.django_db
def test_a_closed_check_in_takes_no_answer_and_no_change() -> None:
    coordinator, people = team(TWENTY)
    round_ = opened(coordinator, people)
    key = answer(round_, people[0], "partly")
    close_round(round_=round_, by=None)
    with pytest.raises(NotOpen):
        answer(round_, people[1], "partly")
    with pytest.raises(NotOpen):
        anonymity.change(round_=round_, key=key, answers=whole_answer("in_place"))
    assert not AnonymousAnswer.objects.exists()
    assert not PendingMark.objects.exists()


def test_an_answer_that_comes_while_it_closes_is_counted_or_refused(transactional_db: None) -> None:
    coordinator, people = team(TWENTY)
    round_ = opened(coordinator, people)
    for person in people[:10]:
        answer(round_, person, "partly")
    outcomes: list[str] = []

    def one(person: Membership) -> None:
        try:
            answer(round_, person, "in_place")
            outcomes.append("taken")
        except NotOpen:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[person]) for person in people[10:]]
    for thread in threads:
        thread.start()
    results = close_round(round_=round_, by=None).fixed_results
    for thread in threads:
        thread.join()
    assert len(outcomes) == 10
    assert results["answered"] == 10 + outcomes.count("taken")
    assert Participant.objects.filter(has_answered=True).count() == results["answered"]
    assert not AnonymousAnswer.objects.exists()
