"""What nobody types by hand, in addresses and in forms: it is answered, and never by an error of ours."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Service
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member

pytestmark = pytest.mark.django_db
NUL = "\x00"
LOOKED_AT = (
    *(("choose_same", "q"), ("pathway_list", "off"), ("poster_paper", "need"), ("add_pathway", "need")),
    *(("add_service", "name"), ("suggestion_list", "kind"), ("gap_list", "gap"), ("gap_list", "page")),
    *(
        ("edit_grid", "columns"),
        ("edit_grid", "gap"),
        ("compare_services", "service"),
        ("use_detail", "weeks"),
    ),
    *(
        ("shortlist_detail", "cleared"),
        ("service_list", "near"),
        ("service_list", "off"),
        ("export_csv", "q"),
    ),
    *(("public_list", "q"), ("public_list", "age"), ("public_list", "in"), ("public_embed", "need")),
)
SENT: tuple[tuple[str, dict[str, str]], ...] = (
    ("add_service", {"name": NUL, "sector": "health", "email": "a@example.org"}),
    ("add_to_shortlist", {"back": f"/s/{NUL}"}),
    ("put_back_shortlist", {"token": NUL}),
    ("tell_result", {"result": "accepted", "key": NUL}),
    ("say_about_result", {"token": NUL}),
    ("edit_grid", {"row": NUL}),
    ("edit_rules", {"synonyms": f"a{NUL}, b"}),
    ("make_booklet", {"edition": NUL, "needs": NUL}),
    ("offer_hand_over", {"to": NUL}),
    ("lasting_list", {"person": NUL, "email": "a@example.org"}),
    ("say_notice", {"kind": "alert", "words": NUL}),
    ("send_shortlist", {"to": "a@example.org", "words": NUL}),
)


@pytest.fixture
def service() -> Service:
    hillside = school(publishes_directory=True, safeguarding_name="Ruth", safeguarding_telephone="999")
    return sheet(hillside, visibility="public")


def address(name: str, service: Service) -> str:
    assert service.steward is not None
    of_sheet = (
        *("choose_same", "add_to_shortlist", "tell_result", "say_about_result"),
        *("offer_hand_over", "lasting_list", "say_notice"),
    )
    return url(name, service.steward, *([service.pk] if name in of_sheet else []))


def coordinator(service: Service) -> Client:
    assert service.steward is not None
    return client_of(member(service.steward))


@pytest.mark.parametrize("value", [NUL, "9" * 30, "0000" + "9" * 5000, "²", "'--", "../..", "%"])
def test_whatever_stands_in_an_address_is_answered(service: Service, value: str) -> None:
    client = coordinator(service)
    for name, key in LOOKED_AT:
        assert client.get(address(name, service), {key: value}).status_code < 500, (name, key)


@pytest.mark.parametrize(("name", "typed"), SENT)
def test_whatever_is_sent_is_answered(service: Service, name: str, typed: dict[str, Any]) -> None:
    assert coordinator(service).post(address(name, service), typed).status_code < 500
