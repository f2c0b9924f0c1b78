from datetime import date

import pytest
from django import forms
from django.template import engines

from config.fields import EmailField, FlexibleDateField, UKPhoneField, WebAddressField
from config.forms import BaseForm, BaseModelForm, CaseWarning, Honeypot
from partnerships.models import Membership, Setting


class PersonForm(BaseForm):
    sections = (("Who you are", ["name", "telephone"]), ("Gone", ["no_such_field"]))
    cancel_url = "/back/"
    name = forms.CharField(max_length=5, help_text="As people say it.")
    telephone = UKPhoneField(label="Work telephone")
    email = EmailField(required=False)
    since = FlexibleDateField(required=False)
    days = forms.MultipleChoiceField(
        choices=[("mo", "Monday")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agrees = forms.BooleanField(label="I have read this")
    months = forms.IntegerField(max_value=36, required=False)


class NoteForm(CaseWarning, BaseForm):
    free_text = ("title",)
    title = forms.CharField(required=False)
    note = forms.CharField(widget=forms.Textarea, max_length=50)


class PostForm(Honeypot, BaseForm):
    words = forms.CharField()


def drawn(form: forms.BaseForm) -> str:
    page = engines["django"].from_string("{% load crispy_forms_tags %}{% page_errors %}{% crispy form %}")
    return str(page.render({"form": form}))


@pytest.fixture
def page() -> str:
    return drawn(PersonForm({"name": "Amara Oduya", "telephone": "12", "since": "31/2/2026", "months": "99"}))


def test_summary_comes_first_takes_the_focus_and_leads_to_each_field(page: str) -> None:
    summary = page[: page.index("<form")]
    assert 'role="alert" tabindex="-1" data-focus' in summary
    assert "Five answers need another look" in summary
    for target in ("id_name", "id_telephone", "id_since", "id_agrees"):
        assert f'href="#{target}"' in summary
        assert f'id="{target}"' in page
    assert page.count("data-focus") == 1


def test_field_has_label_hint_error_and_control_in_this_order(page: str) -> None:
    field = page[page.index('id="div_id_name"') :]
    order = [
        field.index(part)
        for part in ('for="id_name"', "As people say it.", "Use at most 5 characters", "<input")
    ]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'aria-invalid="true"' in field


def test_errors_say_what_to_do(page: str) -> None:
    for words in (
        "Use at most 5 characters; this has 11",
        "like 0161 496 0000",
        "a date that exists",
        "Tick “I have read this”",
        "Enter 36 or less",
    ):
        assert words in page
    assert "This field is required" not in page


def test_optional_fields_say_so_and_required_ones_have_no_star(page: str) -> None:
    assert page.count("(optional)") == 4
    assert "*" not in page


def test_form_is_drawn_with_its_sections_buttons_and_without_browser_checks(page: str) -> None:
    assert '<legend class="big">Who you are</legend>' in page
    assert "novalidate" in page
    assert 'href="/back/"' in page


def test_what_was_typed_is_shown_as_words_never_as_markup() -> None:
    page = drawn(PersonForm({"name": "<script>x</script>", "telephone": '"><img src=x>'}))
    assert "<script>" not in page
    assert "<img" not in page


def test_case_warning_asks_once_and_then_keeps_the_very_words() -> None:
    typed = {"title": "Jayden in 4B", "note": "A walk"}
    first = NoteForm(typed)
    assert not first.is_valid()
    assert "“Jayden in 4B” looks like a child’s name and class" in str(first.errors["title"])
    assert f'name="case_ok" id="id_title_case_ok" value="{first.case_digest}"' in drawn(first)
    assert NoteForm(typed | {"case_ok": first.case_digest}).is_valid()
    assert not NoteForm(typed | {"note": "Mia Smith, Y5", "case_ok": first.case_digest}).is_valid()


def test_text_area_counts_characters_and_lets_too_long_a_text_be_seen() -> None:
    form = NoteForm({"note": "x" * 51})
    page = drawn(form)
    assert 'data-count="50"' in page
    assert "maxlength" not in page
    assert "x" * 51 in page
    assert form.errors["note"] == ["Use at most 50 characters; this has 51"]


def test_honeypot_catches_what_people_never_see() -> None:
    assert PostForm({"words": "Hello"}).is_valid()
    caught = PostForm({"words": "Hello", "home_page": "http://spam.example"})
    assert not caught.is_valid()
    assert 'class="visually-hidden" aria-hidden="true"' in drawn(caught)
    assert "home_page" not in PostForm({"words": "Hello"}).fields["words"].widget.attrs


def test_model_form_reads_addresses_and_dates_in_our_way() -> None:
    class SchoolForm(BaseModelForm):
        class Meta:
            model = Setting
            fields = ("email", "website")

    class MemberForm(BaseModelForm):
        class Meta:
            model = Membership
            fields = ("joined_on", "left_on")

    school, member = SchoolForm().fields, MemberForm().fields
    assert isinstance(school["email"], EmailField)
    assert isinstance(school["website"], WebAddressField)
    assert isinstance(member["joined_on"], FlexibleDateField)
    assert (member["joined_on"].label, member["left_on"].required) == ("Joined on", False)


def test_date_field_shows_a_date_as_people_read_it() -> None:
    form = PersonForm(initial={"since": date(2026, 3, 3)})
    assert 'value="3 March 2026"' in drawn(form)
    assert not FlexibleDateField().has_changed(date(2026, 3, 3), "3/3/26")
    assert FlexibleDateField().has_changed(date(2026, 3, 3), "soon")


def test_hand_drawn_field_is_the_one_that_crispy_draws() -> None:
    form = PersonForm({"name": "Amara"})
    field = str(engines["django"].from_string("{% field form.name %}").render({"form": form}))
    assert "".join(field.split()) in "".join(drawn(form).split())
