"""Keys of links stay out of the log."""

import logging
import sys

import pytest

from config.logs import WithoutKeys


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Internal Server Error: /confirm/sEcret_Key-1/change/times/", "/confirm/…/change/times/"),
        ("/now/sEcret/ and /invite/sEcret/", "/now/…/ and /invite/…/"),
        ("/s/hillside/directory/1/confirm/ is open", "/s/hillside/directory/1/confirm/ is open"),
    ],
)
def test_key_is_not_in_the_log(said: str, kept: str) -> None:
    shown = WithoutKeys("%(message)s").format(logging.makeLogRecord({"msg": "%s", "args": (said,)}))
    assert kept in shown
    assert "sEcret" not in shown


def test_key_is_not_in_what_went_wrong_either() -> None:
    try:
        raise ValueError("/confirm/sEcret/ failed")
    except ValueError:
        record = logging.makeLogRecord({"msg": "Oh", "exc_info": sys.exc_info()})
    assert "sEcret" not in WithoutKeys("%(message)s").format(record)
