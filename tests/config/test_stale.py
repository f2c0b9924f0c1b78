from typing import Any

import pytest
from django.db import transaction
from django.template import engines

from config.forms import BaseModelForm
from config.stale import StaleSave
from partnerships.models import Setting
from tests.factories import SettingFactory

pytestmark = pytest.mark.django_db


class SchoolForm(StaleSave, BaseModelForm):
    class Meta:
        model = Setting
        fields = ("name", "kind", "telephone", "address")


@pytest.fixture
def school() -> Setting:
    school: Setting = SettingFactory(name="Hillside", telephone="01632 960 100", address="1 Hill Lane")
    return school


def opened(school: Setting) -> dict[str, Any]:
    """What the browser sends back of a form that was opened now and not changed."""
    form = SchoolForm(instance=Setting.objects.get(pk=school.pk))
    return {name: form[name].value() for name in form.fields}


def sent(school: Setting, data: dict[str, Any]) -> SchoolForm:
    form = SchoolForm(data, instance=Setting.objects.get(pk=school.pk))
    with transaction.atomic():
        if form.is_valid():
            form.save()
    return form


def test_save_of_the_version_that_was_opened_is_kept_and_counts_on(school: Setting) -> None:
    assert sent(school, opened(school) | {"name": "Hillside Primary"}).errors == {}
    school.refresh_from_db()
    assert (school.name, school.version) == ("Hillside Primary", 2)


def test_stale_save_changes_nothing_and_shows_both_versions(school: Setting) -> None:
    mine = opened(school)
    sent(school, opened(school) | {"telephone": "01632 960 200", "kind": "special"})
    form = sent(school, mine | {"telephone": "01632 960 300"})
    school.refresh_from_db()
    assert school.telephone == "01632 960 200"
    shown = {row.name: (row.yours, row.theirs, row.keep) for row in form.stale}
    assert shown == {
        "kind": ("Primary school", "Special school", "theirs"),
        "telephone": ("01632 960 300", "01632 960 200", "yours"),
    }


def test_choices_between_two_versions_are_kept_field_by_field(school: Setting) -> None:
    mine = opened(school)
    sent(school, opened(school) | {"telephone": "01632 960 200", "address": "2 Hill Lane"})
    form = sent(school, mine | {"telephone": "01632 960 300", "address": "3 Hill Lane"})
    again = {name: form[name].value() for name in form.fields}
    choices = {"keep_telephone": "theirs", "keep_address": "yours"}
    assert sent(school, again | choices).errors == {}
    school.refresh_from_db()
    assert (school.telephone, school.address, school.version) == ("01632 960 200", "3 Hill Lane", 3)


def test_third_save_meanwhile_asks_again(school: Setting) -> None:
    mine = opened(school)
    sent(school, opened(school) | {"name": "Second"})
    form = sent(school, mine | {"name": "Mine"})
    sent(school, opened(school) | {"name": "Third"})
    again = {name: form[name].value() for name in form.fields}
    assert [row.theirs for row in sent(school, again | {"keep_name": "yours"}).stale] == ["Third"]


def test_stale_save_that_differs_in_nothing_is_kept(school: Setting) -> None:
    mine = opened(school)
    sent(school, opened(school) | {"name": "Same"})
    assert sent(school, mine | {"name": "Same"}).errors == {}


def test_page_of_two_versions_has_both_words_and_the_new_version(school: Setting) -> None:
    mine = opened(school)
    sent(school, opened(school) | {"name": "<b>Theirs</b>"})
    form = sent(school, mine | {"name": "Mine"})
    form.saved_by = "Priya Raman"
    html = (
        engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}").render({"form": form})
    )
    assert "Priya Raman saved this page while you were typing" in " ".join(html.split())
    assert "&lt;b&gt;Theirs&lt;/b&gt;" in html
    assert 'name="keep_name" value="yours"' in html
    assert 'name="version" value="2"' in html


def test_broken_hidden_fields_are_read_as_a_stale_save(school: Setting) -> None:
    form = sent(school, opened(school) | {"version": "x", "seen": "[1", "name": "Mine"})
    assert form.errors
    assert [row.name for row in form.stale] == ["name"]
