from django.urls import path

from evaluation.views import report_draft, reports

urlpatterns = [
    path("", reports.report_list, name="report_list"),
    path("start/", report_draft.start_report, name="start_report"),
    path("words/<uuid:pk>/", reports.answer_statement, name="answer_statement"),
    path("<uuid:pk>/", reports.report_detail, name="report_detail"),
    path("<uuid:pk>/paper/", reports.report_paper_file, name="report_paper"),
    path("<uuid:pk>/share/", reports.share_report, name="share_report"),
    path("<uuid:pk>/withdraw/", reports.withdraw_report, name="withdraw_report"),
    path("<uuid:pk>/material/", report_draft.report_material, name="report_material"),
    path("<uuid:pk>/words/", report_draft.report_words, name="report_words"),
    path("<uuid:pk>/partners/", report_draft.report_partners, name="report_partners"),
    path(
        "<uuid:pk>/partners/<uuid:statement>/remove/", report_draft.remove_statement, name="remove_statement"
    ),
    path("<uuid:pk>/preview/", report_draft.preview_report, name="preview_report"),
    path("<uuid:pk>/check/", report_draft.check_report, name="check_report"),
    path("<uuid:pk>/publish/", report_draft.publish_report, name="publish_report"),
    path("<uuid:pk>/remove/", report_draft.remove_report, name="remove_report"),
]
