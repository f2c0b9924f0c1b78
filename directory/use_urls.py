"""What people do with what they find: the shortlist, results of referrals, pathways, figures of use."""

from django.urls import URLPattern, URLResolver, include, path

from directory.views import pathways, public_pathways, results, shortlist, use

shortlisting: list[URLPattern | URLResolver] = [
    path("", shortlist.shortlist_detail, name="shortlist_detail"),
    path("compare/", shortlist.compare_services, name="compare_services"),
    path("paper/", shortlist.shortlist_paper, name="shortlist_paper"),
    path("send/", shortlist.send_shortlist, name="send_shortlist"),
    path("clear/", shortlist.clear_shortlist, name="clear_shortlist"),
    path("back/", shortlist.put_back_shortlist, name="put_back_shortlist"),
]

ways: list[URLPattern | URLResolver] = [
    path("", pathways.pathway_list, name="pathway_list"),
    path("add/", pathways.add_pathway, name="add_pathway"),
    path("poster/", pathways.poster_paper, name="poster_paper"),
    path("for/<slug:need>/", pathways.pathway_detail, name="pathway_detail"),
    path("for/<slug:need>/edit/", pathways.edit_pathway, name="edit_pathway"),
    path("for/<slug:need>/changes/", pathways.pathway_changes, name="pathway_changes"),
    path("for/<slug:need>/paper/", pathways.pathway_paper, name="pathway_paper"),
    path("for/<slug:need>/add/", pathways.add_to_pathway, name="add_to_pathway"),
    path("for/<slug:need>/steps/<int:step>/off/", pathways.take_off_pathway, name="take_off_pathway"),
    path("for/<slug:need>/steps/<int:step>/move/", pathways.move_in_pathway, name="move_in_pathway"),
    path("for/<slug:need>/off/", pathways.retire_pathway, name="retire_pathway"),
    path("for/<slug:need>/back/", pathways.put_back_pathway, name="put_back_pathway"),
]

telling: list[URLPattern | URLResolver] = [
    path("tell/", results.tell_result, name="tell_result"),
    path("about/", results.say_about_result, name="say_about_result"),
    path("undo/", results.undo_result, name="undo_result"),
    path("answer/", results.answer_figures, name="answer_figures"),
    path("told/<str:token>/", results.told_detail, name="told_detail"),
]

setting: list[URLPattern | URLResolver] = [
    path("shortlist/", include(shortlisting)),
    path("pathways/", include(ways)),
    path("use/", use.use_detail, name="use_detail"),
    path("use/<slug:kind>/", use.export_use, name="export_use"),
    path("<uuid:pk>/shortlist/add/", shortlist.add_to_shortlist, name="add_to_shortlist"),
    path("<uuid:pk>/shortlist/remove/", shortlist.remove_from_shortlist, name="remove_from_shortlist"),
    path("<uuid:pk>/results/", include(telling)),
]

public: list[URLPattern | URLResolver] = [
    path("<slug:need>/", public_pathways.public_pathway_detail, name="public_pathway_detail"),
]
