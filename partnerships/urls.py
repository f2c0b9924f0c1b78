from django.urls import URLPattern, URLResolver, include, path

from partnerships.views import actions, home, invitations, my, people, search, settings, visitors

app_name = "partnerships"

account: list[URLPattern | URLResolver] = [
    path("", my.my, name="my"),
    path("account/", home.account_detail, name="account_detail"),
    path("account/name/", home.edit_account, name="edit_account"),
    path("account/theme/", home.choose_theme, name="choose_theme"),
    path("calendar/", my.download_calendar, name="download_calendar"),
    path("weekly/", my.choose_weekly, name="choose_weekly"),
    path("account/held/", home.download_held, name="download_held"),
]

arrival: list[URLPattern | URLResolver] = [
    path("", invitations.invitation_detail, name="invitation_detail"),
    path("accept/", invitations.accept_invitation, name="accept_invitation"),
]

people_pages: list[URLPattern | URLResolver] = [
    path("", people.person_list, name="person_list"),
    path("invite/", invitations.invite_people, name="invite_people"),
    path("invite/send/", invitations.send_invitations, name="send_invitations"),
    path("invitations/<uuid:pk>/again/", invitations.send_invitation_again, name="send_invitation_again"),
    path("invitations/<uuid:pk>/withdraw/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path("<uuid:pk>/", people.person_detail, name="person_detail"),
    path("<uuid:pk>/edit/", people.edit_person, name="edit_person"),
    path("<uuid:pk>/confirm-tie/", people.confirm_tie, name="confirm_tie"),
    path("<uuid:pk>/leave/", people.end_access, name="end_access"),
]

action_pages: list[URLPattern | URLResolver] = [
    path("", actions.action_list, name="action_list"),
    path("csv/", actions.export_actions, name="export_actions"),
    path("add/", actions.add_action, name="add_action"),
    path("<uuid:pk>/", actions.action_detail, name="action_detail"),
    path("<uuid:pk>/edit/", actions.edit_action, name="edit_action"),
    path("<uuid:pk>/done/", actions.finish_action, name="finish_action"),
    path("<uuid:pk>/drop/", actions.drop_action, name="drop_action"),
    path("<uuid:pk>/reopen/", actions.reopen_action, name="reopen_action"),
]

visitor_pages: list[URLPattern | URLResolver] = [
    path("", visitors.visitor_list, name="visitor_list"),
    path("week/", visitors.visitor_week_list, name="visitor_week_list"),
    path("people/", visitors.visitor_person_list, name="visitor_person_list"),
    path("paper/", visitors.visitor_paper, name="visitor_paper"),
    path("add/", visitors.add_visitor, name="add_visitor"),
    path("<uuid:pk>/edit/", visitors.edit_visitor, name="edit_visitor"),
    path("<uuid:pk>/end/", visitors.end_visits, name="end_visits"),
    path("<uuid:pk>/resume/", visitors.resume_visits, name="resume_visits"),
]

setting_pages: list[URLPattern | URLResolver] = [
    path("", settings.setting_edit, name="setting_edit"),
    path("changes/", settings.setting_changes, name="setting_changes"),
    path("logo/", settings.edit_logo, name="edit_logo"),
    path("logo/remove/", settings.remove_logo, name="remove_logo"),
    path("terms/", settings.term_list, name="term_list"),
    path("terms/add/", settings.add_term, name="add_term"),
    path("terms/add-year/", settings.add_terms, name="add_terms"),
    path("terms/<uuid:pk>/", settings.edit_term, name="edit_term"),
    path("terms/<uuid:pk>/remove/", settings.remove_term, name="remove_term"),
    path("<slug:section>/", settings.edit_setting_section, name="edit_setting_section"),
]

setting: list[URLPattern | URLResolver] = [
    path("", home.setting_home, name="setting_home"),
    path("more/", home.more, name="more"),
    path("worried/", home.worried, name="worried"),
    path("search/", search.search, name="search"),
    path("logo/", settings.setting_logo, name="setting_logo"),
    path("people/", include(people_pages)),
    path("actions/", include(action_pages)),
    path("visitors/", include(visitor_pages)),
    path("settings/", include(setting_pages)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/", include(account)),
    path("invite/<str:token>/", include(arrival)),
    path("s/<slug:slug>/", include(setting)),
]
