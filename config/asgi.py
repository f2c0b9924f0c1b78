"""One application for both kinds of work: `/live/` to the streams, everything else to Django in a pool of threads."""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from config import stream  # noqa: E402 - needs Django set up
from config.processes import keep_what_is_loaded  # noqa: E402
from config.stream import Message, Receive, Send  # noqa: E402

keep_what_is_loaded()

pages: Any = WSGIMiddleware(django, workers=settings.WEB_THREADS)  # type: ignore[arg-type] # its own words for WSGI


async def application(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "http" and scope["path"].startswith("/live/"):
        await stream.application(scope, receive, send)
    elif scope["type"] == "http":
        await pages(_without_ambiguous_headers(scope), receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


def _without_ambiguous_headers(scope: Message) -> Message:
    """WSGI can't tell X-Forwarded-Proto from X_Forwarded_Proto, which a proxy lets through: drop the second."""
    return {**scope, "headers": [pair for pair in scope["headers"] if b"_" not in pair[0]]}


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        kind = (await receive())["type"]
        if kind == "lifespan.shutdown":
            stream.hub.close()
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
