"""Partners named in a report: each reads its own passage, adds fifty words, and publishing waits for them."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from evaluation.reports import commands
from partnerships.access import Role
from partnerships.models import Membership, Partnership, Setting
from partnerships.sectors import Sector
from tests.evaluation import rows
from tests.evaluation.rows import hidden, read, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def setting() -> Setting:
    return rows.new_setting(name="Hillside Primary School", slug="hillside")


@pytest.fixture
def by(setting: Setting) -> Membership:
    return rows.member(setting, name="Amara Oduya")


def test_a_partner_reads_its_passage_and_adds_its_words(
    setting: Setting, by: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    partner = rows.service(setting, "Harbour")
    nurse = rows.member(
        setting,
        Role.PRACTITIONER,
        "Priya Raman",
        service=partner.service,
        tie_confirmed_on=setting.created_at.date(),
    )
    report = rows.draft(setting, by, worries="A secret worry")
    with django_capture_on_commit_callbacks(execute=True):
        data = {"partnership": partner.pk, "passage": "Harbour cut its waiting list."}
        signed_in(by).post(url("report_partners", report.pk), data)
    statement = report.statements.get()
    client = signed_in(nurse)
    path = url("answer_statement", statement.pk)
    assert [path in message.body for message in mail.outbox] == [True]
    assert path in read(client.get(reverse("partnerships:setting_home", args=["hillside"])))
    page = client.get(path)
    assert "Harbour cut its waiting list." in read(page)
    assert "A secret worry" not in read(page)
    client.post(path, {**hidden(page.context["form"]), "words": "We would rather tell you now."})
    report.refresh_from_db()
    published = commands.publish_report(report=report, by=by, seen_version=report.version)
    assert published.content is not None
    assert published.content["partner_words"][0]["words"] == "We would rather tell you now."


def test_a_partner_has_fifty_words(setting: Setting, by: Membership) -> None:
    partner, nurse = partner_and_nurse(setting)
    report = rows.draft(setting, by)
    statement = commands.ask_partner(report=report, partnership=partner, passage="Harbour is well.", by=by)
    path = url("answer_statement", statement.pk)
    form = signed_in(nurse).get(path).context["form"]
    page = read(signed_in(nurse).post(path, {**hidden(form), "words": "word " * 51}))
    assert "Use at most 50 words. There are 51 now." in page
    statement.refresh_from_db()
    assert statement.words == ""


def partner_and_nurse(setting: Setting) -> tuple[Partnership, Membership]:
    partner = rows.service(setting, "Harbour")
    confirmed_on = setting.created_at.date()
    return partner, rows.member(
        setting,
        Role.PRACTITIONER,
        service=partner.service,
        sector=Sector.HEALTH,
        tie_confirmed_on=confirmed_on,
    )


def test_only_the_partners_own_people_read_its_passage(setting: Setting, by: Membership) -> None:
    partner, nurse = partner_and_nurse(setting)
    statement = commands.ask_partner(
        report=rows.draft(setting, by), partnership=partner, passage="Harbour is well.", by=by
    )
    unconfirmed = rows.member(setting, Role.PRACTITIONER, service=partner.service)
    elsewhere = rows.member(setting, Role.PRACTITIONER)
    path = url("answer_statement", statement.pk)
    assert [signed_in(each).get(path).status_code for each in (nurse, unconfirmed, elsewhere)] == [
        200,
        404,
        404,
    ]


def test_publishing_waits_for_a_partner_that_still_has_time(setting: Setting, by: Membership) -> None:
    partner, _ = partner_and_nurse(setting)
    report = rows.draft(setting, by)
    statement = commands.ask_partner(report=report, partnership=partner, passage="Harbour is well.", by=by)
    report.refresh_from_db()
    page = read(signed_in(by).get(url("check_report", report.pk)))
    assert "Harbour has until " in page
    assert "Publish number" not in page
    commands.answer_statement(statement=statement, words="", by=by)
    assert "Publish number 1" in read(signed_in(by).get(url("check_report", report.pk)))
