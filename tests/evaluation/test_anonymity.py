"""Answers without names, against somebody who reads the whole database after closing."""

import threading
from random import Random

import pytest
from django.db import connection
from django.test import Client

from evaluation import anonymity
from evaluation.anonymity import AlreadyAnswered, NotOpen
from evaluation.closing import close_round
from evaluation.models import Round
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.attack import FIRST, by_order, by_value, everything, known_people, words_of, writer_of
from tests.evaluation.kit import answer, opened, seat, team, whole_answer
from toolkits.models import AnonymousAnswer, ClosedAnswer, Participant, PendingMark

TWENTY = {Sector.EDUCATION: 10, Sector.HEALTH: 10}


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
    ids = {str(pk) for pk in AnonymousAnswer.objects.values_list("pk", flat=True)}
    hashes = set(AnonymousAnswer.objects.values_list("key_hash", flat=True))
    close_round(round_=round_, by=None)
    tables, known = everything(), known_people(people, round_)
    closed = tables["public.toolkits_closedanswer"]
    assert len({writer_of(row) for row in closed}) == 20
    assert len({row["xmin"] for row in closed}) == 1
    assert not (ids | hashes) & {
        str(value) for rows in tables.values() for row in rows for value in row.values()
    }
    # In a chance order one of twenty is right on average; twelve are so once in a thousand million times.
    assert by_value(tables, known, "public.toolkits_closedanswer") < 12
    assert by_order(tables, known, "public.toolkits_closedanswer") < 12


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
