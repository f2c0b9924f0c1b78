"""Reports as they are read: the list, a published number, its file; sharing it with staff and withdrawing it."""

import logging

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from config.downloads import shown_pdf
from config.typing import SettingRequest
from evaluation.models import Report
from evaluation.models.report import FileDamaged
from evaluation.reports import commands
from evaluation.reports.content import report_paper
from evaluation.reports.forms import StatementForm, WithdrawForm
from evaluation.reports.material import ready_for
from evaluation.reports.statements import statements_for
from evaluation.reports.store import from_json
from evaluation.views.report_draft import draft_overview
from partnerships.access import Permission, setting_view

logger = logging.getLogger(__name__)


@setting_view(Permission.REPORT_READ)
def report_list(request: SettingRequest) -> HttpResponse:
    visible = request.setting.reports.visible_to(request.membership).listed()
    writes = request.membership.may(Permission.REPORT_WRITE)
    context = {
        "published": visible.published(),
        "drafts": visible.drafts() if writes else (),
        "ready": ready_for(request.setting) if writes else None,
        "asked": statements_for(request.membership),
        "writes": writes,
    }
    return render(request, "evaluation/report_list.html", context)


@setting_view(Permission.REPORT_READ)
def report_detail(request: SettingRequest, pk: str) -> HttpResponse:
    report = _visible(request, pk)
    if report.is_draft:
        return draft_overview(request, report)
    paper = from_json(report.content) if report.content else None
    newest = request.setting.reports.visible_to(request.membership).in_force().listed().first()
    context = {
        "report": report,
        "paper": paper,
        "newer": newest if newest and paper and newest.number != report.number else None,
        "writes": request.membership.may(Permission.REPORT_WRITE),
    }
    return render(request, "evaluation/report_detail.html", context)


@setting_view(Permission.REPORT_READ)
def report_paper_file(request: SettingRequest, pk: str) -> HttpResponse:
    """The published bytes as they were stored; of a draft what it would be today, stamped as a draft."""
    report = _visible(request, pk)
    if report.is_withdrawn:
        return redirect(report)
    try:
        content = report.file() if not report.is_draft else _drawn(report)
    except FileDamaged:
        logger.error("The file of report %s is not the one that was published", report.pk)
        return render(request, "evaluation/report_damaged.html", {"report": report}, status=500)
    return pdf_response(content, f"{request.setting.slug}-report-{report.number or 'draft'}")


@setting_view(Permission.REPORT_WRITE)
@require_POST
def share_report(request: SettingRequest, pk: str) -> HttpResponse:
    report = get_object_or_404(request.setting.reports.in_force(), pk=pk)
    with_staff = request.POST.get("staff") == "yes"
    commands.share_report(report=report, by=request.membership, with_staff=with_staff)
    messages.success(
        request, f"Staff {'can read' if with_staff else 'no longer see'} number {report.number}."
    )
    return redirect(report)


@setting_view(Permission.REPORT_WRITE)
def withdraw_report(request: SettingRequest, pk: str) -> HttpResponse:
    report = get_object_or_404(request.setting.reports.in_force(), pk=pk)
    form = WithdrawForm(request.POST or None)
    form.cancel_url = report.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        commands.withdraw_report(report=report, by=request.membership, reason=form.cleaned_data["reason"])
        messages.success(request, f"Number {report.number} is withdrawn. Its file is gone.")
        return redirect(report)
    return render(request, "evaluation/report_withdraw.html", {"report": report, "form": form})


@setting_view(Permission.REPORT_READ)
@transaction.atomic
def answer_statement(request: SettingRequest, pk: str) -> HttpResponse:
    """A partner's page: the passage about it, and room for fifty words. It shows nothing else of the draft."""
    statement = get_object_or_404(statements_for(request.membership), pk=pk)
    form = StatementForm(request.POST or None, instance=statement)
    if request.method == "POST" and form.is_valid():
        commands.answer_statement(
            statement=statement, words=form.cleaned_data["words"], by=request.membership
        )
        messages.success(request, "Thank you. Your words go into the report.")
        return redirect("partnerships:setting_home", request.setting.slug)
    return render(request, "evaluation/report_statement.html", {"statement": statement, "form": form})


def _visible(request: SettingRequest, pk: str) -> Report:
    return get_object_or_404(request.setting.reports.visible_to(request.membership), pk=pk)


def _drawn(report: Report) -> bytes:
    return report_paper(report, on=timezone.localdate()).pdf().content


def pdf_response(content: bytes, name: str) -> HttpResponse:
    return shown_pdf(content, slugify(name), cache="private, no-store")
