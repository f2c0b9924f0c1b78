from django.urls import path

from evaluation.views import answers, round_results, rounds

urlpatterns = [
    path("", rounds.round_list, name="round_list"),
    path("start/<slug:code>/", rounds.start_round, name="start_round"),
    path("<uuid:pk>/", rounds.round_detail, name="round_detail"),
    path("<uuid:pk>/edit/", rounds.edit_round, name="edit_round"),
    path("<uuid:pk>/open/", rounds.open_round, name="open_round"),
    path("<uuid:pk>/open-now/", rounds.open_now, name="open_now"),
    path("<uuid:pk>/group/<slug:grouping>/", rounds.group_round, name="group_round"),
    path("<uuid:pk>/with-names/", rounds.name_round, name="name_round"),
    path("<uuid:pk>/discard/", rounds.discard_round, name="discard_round"),
    path("<uuid:pk>/remind/", rounds.remind_round, name="remind_round"),
    path("<uuid:pk>/last-day/", rounds.move_closing_day, name="move_closing_day"),
    path("<uuid:pk>/answer/", answers.answer_round, name="answer_round"),
    path("<uuid:pk>/answer/check/", answers.check_answer, name="check_answer"),
    path("<uuid:pk>/answer/save/", answers.save_answer, name="save_answer"),
    path("<uuid:pk>/answer/change/", answers.change_answer, name="change_answer"),
    path("<uuid:pk>/answer/send/", answers.send_answer, name="send_answer"),
    path("<uuid:pk>/answer/code/", answers.open_answer, name="open_answer"),
    path("<uuid:pk>/answer/thanks/", answers.answer_thanks, name="answer_thanks"),
    path("<uuid:pk>/paper-form/<uuid:participant>/", round_results.type_in, name="type_in"),
    path("<uuid:pk>/close/", round_results.close_round, name="close_round"),
    path("<uuid:pk>/share/", round_results.share_round, name="share_round"),
    path("<uuid:pk>/levels/", round_results.edit_levels, name="edit_levels"),
    path("<uuid:pk>/agree/", round_results.agree_round, name="agree_round"),
    path("<uuid:pk>/reopen/", round_results.reopen_round, name="reopen_round"),
    path("<uuid:pk>/paper/", round_results.round_paper, name="round_paper"),
    path("<uuid:pk>/people/", round_results.round_people, name="round_people"),
    path("<uuid:pk>/action/", round_results.add_round_action, name="add_round_action"),
]
