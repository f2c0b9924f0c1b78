"""A report while it is made: what goes in, the words, the partners named in it, the preview, publishing."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from evaluation.models import Report
from evaluation.paper import ReportPaper
from evaluation.reports import commands
from evaluation.reports.check import check
from evaluation.reports.content import report_paper
from evaluation.reports.forms import MaterialForm, PassageForm, PublishForm, WordsForm
from evaluation.reports.mail import governors_of
from evaluation.reports.questions import suggested_questions
from partnerships.access import Permission, setting_view


@setting_view(Permission.REPORT_WRITE)
@require_POST
def start_report(request: SettingRequest) -> HttpResponse:
    report = commands.start_report(setting=request.setting, by=request.membership)
    return redirect("evaluation:report_material", request.setting.slug, report.pk)


def draft_overview(request: SettingRequest, report: Report) -> HttpResponse:
    """The draft as a list of what is to be done."""
    context = {
        "report": report,
        "check": check(report, _paper(report)),
        "number": request.setting.reports.next_number(),
    }
    return render(request, "evaluation/report_draft.html", context)


@setting_view(Permission.REPORT_WRITE)
@transaction.atomic
def report_material(request: SettingRequest, pk: str) -> HttpResponse:
    report = _draft(request, pk)
    form = MaterialForm(request.POST or None, instance=report, setting=request.setting)
    form.cancel_url = report.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("evaluation:report_words", request.setting.slug, report.pk)
    return render(request, "evaluation/report_material.html", {"report": report, "form": form})


@setting_view(Permission.REPORT_WRITE)
@transaction.atomic
def report_words(request: SettingRequest, pk: str) -> HttpResponse:
    report = _draft(request, pk)
    suggestions = suggested_questions(report, on=timezone.localdate())
    form = WordsForm(request.POST or None, instance=report, suggestions=suggestions)
    form.cancel_url = report.get_absolute_url()
    form.draft_key = f"report-{report.pk}-{report.version}"
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("evaluation:report_partners", request.setting.slug, report.pk)
    return render(request, "evaluation/report_words.html", {"report": report, "form": form})


@setting_view(Permission.REPORT_WRITE)
def report_partners(request: SettingRequest, pk: str) -> HttpResponse:
    report = _draft(request, pk)
    form = PassageForm(request.POST or None, setting=request.setting)
    if request.method == "POST" and form.is_valid():
        commands.ask_partner(report=report, by=request.membership, **form.cleaned_data)
        messages.success(request, "It is in the draft, and they can see it.")
        return redirect("evaluation:report_partners", request.setting.slug, report.pk)
    statements = report.statements.select_related("partnership__service").order_by(
        "partnership__service__sort_name"
    )
    context = {"report": report, "form": form, "statements": statements}
    return render(request, "evaluation/report_partners.html", context)


@setting_view(Permission.REPORT_WRITE)
@require_POST
def remove_statement(request: SettingRequest, pk: str, statement: str) -> HttpResponse:
    report = _draft(request, pk)
    found = get_object_or_404(report.statements.all(), pk=statement)
    commands.remove_statement(statement=found, by=request.membership)
    messages.success(request, f"The passage about {found.partnership.service.name} is out.")
    return redirect("evaluation:report_partners", request.setting.slug, report.pk)


@setting_view(Permission.REPORT_WRITE)
def preview_report(request: SettingRequest, pk: str) -> HttpResponse:
    report = _draft(request, pk)
    return render(request, "evaluation/report_preview.html", {"report": report, "paper": _paper(report)})


@setting_view(Permission.REPORT_WRITE)
def check_report(request: SettingRequest, pk: str) -> HttpResponse:
    report = _draft(request, pk)
    paper = _paper(report)
    context = {
        "report": report,
        "paper": paper,
        "check": check(report, paper),
        "form": PublishForm(initial={"version": report.version}),
        "number": request.setting.reports.next_number(),
    }
    return render(request, "evaluation/report_check.html", context)


@setting_view(Permission.REPORT_WRITE)
@require_POST
def publish_report(request: SettingRequest, pk: str) -> HttpResponse:
    report = get_object_or_404(request.setting.reports.all(), pk=pk)
    form = PublishForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    if report.is_draft and check(report, _paper(report)).problems:
        return redirect("evaluation:check_report", request.setting.slug, report.pk)
    try:
        published = commands.publish_report(report=report, by=request.membership, seen_version=seen)
    except commands.AlreadyPublished as problem:
        messages.warning(request, str(problem))
        return redirect(report)
    except commands.NotPublished as problem:
        messages.warning(request, str(problem))
        return redirect("evaluation:check_report", request.setting.slug, report.pk)
    told = " Governors get a mail with the link." if governors_of(request.setting).exists() else ""
    messages.success(request, f"Number {published.number} is published.{told}")
    return redirect(published)


@setting_view(Permission.REPORT_WRITE)
def remove_report(request: SettingRequest, pk: str) -> HttpResponse:
    report = _draft(request, pk)
    if request.method == "POST":
        commands.remove_draft(report=report, by=request.membership)
        messages.success(request, "The draft is gone.")
        return redirect("evaluation:report_list", request.setting.slug)
    context = {
        "question": "Throw this draft away?",
        "text": "Its words and its choices go. Check-ins, sessions and actions stay as they are.",
        "verb": "Throw it away",
        "back_url": report.get_absolute_url(),
    }
    return render(request, "confirm.html", context)


def _draft(request: SettingRequest, pk: str) -> Report:
    return get_object_or_404(request.setting.reports.drafts(), pk=pk)


def _paper(report: Report) -> ReportPaper:
    """As it would be published today."""
    return report_paper(report, on=timezone.localdate())
