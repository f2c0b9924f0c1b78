"""The search for families on the school's own website."""

import html

import pytest
from django.test import Client

from partnerships.models import Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


def test_search_box_may_stand_in_a_frame_and_nothing_else_may(hillside: Setting) -> None:
    service = sheet(hillside, visibility="public", topics=["sleep"])
    response = Client().get(url("public_embed", hillside) + "?need=sleep")
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]
    shown = words_of(response)
    assert 'value="sleep"' in shown
    assert f'action="/d/{hillside.slug}/" target="_blank"' in shown
    assert f'href="/d/{hillside.slug}/?q=sleep" target="_blank"' in shown
    assert "<script" not in shown
    for address in (url("public_list", hillside), url("say_problem", hillside, service.pk)):
        other = Client().get(address)
        assert other.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]


def test_school_that_does_not_publish_has_no_search_box() -> None:
    assert Client().get(url("public_embed", school("quiet"))).status_code == 404


def test_coordinator_copies_what_to_put_on_the_website(hillside: Setting) -> None:
    amara = member(hillside)
    response = client_of(amara).get(url("embed_search", hillside))
    shown = html.unescape(words_of(response))
    assert f'<iframe src="http://testserver/d/{hillside.slug}/embed/"' in shown
    assert f'<form action="http://testserver/d/{hillside.slug}/" method="get"' in shown
    assert "frame-src 'self'" in response.headers["Content-Security-Policy"]


def test_page_says_first_to_open_the_page_for_families() -> None:
    quiet = school("quiet")
    shown = words_of(client_of(member(quiet)).get(url("embed_search", quiet)))
    assert "Open it first" in shown
    assert "<iframe" not in html.unescape(shown)
