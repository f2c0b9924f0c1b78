"""How a school keeps its directory: its months, levels, words and whom parents can ask."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Rules
from directory.search.synonyms import STARTING_LIST
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


def shown(client: Client, setting: Setting) -> dict[str, Any]:
    """What the form holds, as a browser would send it back."""
    form = client.get(url("edit_rules", setting)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def save(client: Client, setting: Setting, **changes: Any) -> Any:
    return client.post(url("edit_rules", setting), {**shown(client, setting), **changes}, follow=True)


def test_rules_of_a_new_school_are_shown_and_saved(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    assert Rules.objects.count() == 0
    save(
        client,
        hillside,
        confirm_months="4",
        level_early_help="Level 2",
        threshold_link="www.wexshire.example.org/levels",
        ask_telephone="01632960142",
    )
    rules = Rules.objects.get()
    assert rules.setting.confirm_months == 4
    assert rules.level_words == {"early_help": "Level 2"}
    assert rules.threshold_link == "https://www.wexshire.example.org/levels"
    assert rules.ask_telephone == "01632 960 142"
    assert rules.synonyms is None


def test_list_of_words_is_ours_until_it_is_changed_and_again_on_request(
    hillside: Setting, amara: Membership
) -> None:
    client = client_of(amara)
    assert shown(client, hillside)["synonyms"] == STARTING_LIST
    save(client, hillside, synonyms="chatterbox, speech\n\n  toast ,  breakfast")
    assert Rules.objects.get().synonyms == "chatterbox, speech\ntoast , breakfast"
    save(client, hillside, ours_again="on")
    assert Rules.objects.get().synonyms is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"synonyms": "lonely"}, "Put at least two words on each line"),
        ({"synonyms": ", ".join(f"w{number}" for number in range(31))}, "Put at most 30 words on a line"),
        ({"waiting_months": "0"}, "Enter 1 or more"),
        ({"latitude": "53.4"}, "Enter both latitude and longitude, or neither"),
        ({"latitude": "95", "longitude": "1"}, "Enter a latitude between"),
        ({"confirm_months": "9", "stale_months": "3"}, "Enter at least as many months"),
        ({"threshold_link": "not an address"}, "Enter a web address"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(
    hillside: Setting, amara: Membership, changes: dict[str, str], words: str
) -> None:
    assert words in words_of(save(client_of(amara), hillside, **changes))
    assert not Rules.objects.exists()


def test_second_of_two_saves_sees_both_versions(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    first, second = shown(client, hillside), shown(client, hillside)
    client.post(url("edit_rules", hillside), {**first, "waiting_months": "2"})
    answer = client.post(url("edit_rules", hillside), {**second, "waiting_months": "5"}, follow=True)
    assert "Somebody else saved this page" in words_of(answer)
    assert Rules.objects.get().waiting_months == 2
    form = answer.context["form"]
    again = {
        **second,
        "waiting_months": "5",
        "version": form["version"].value(),
        "seen": form["seen"].value(),
    }
    client.post(url("edit_rules", hillside), {**again, "keep_waiting_months": "yours"})
    assert Rules.objects.get().waiting_months == 5


def test_rules_are_reached_from_the_settings_and_the_directory(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    for address in (f"/s/{hillside.slug}/settings/", url("service_list", hillside)):
        assert url("edit_rules", hillside) in words_of(client.get(address))
    staff = words_of(client_of(member(hillside, Role.STAFF)).get(url("service_list", hillside)))
    assert url("edit_rules", hillside) not in staff
