"""What every answer of the API has: JSON, open to other sites, its version, compressed, refused with words."""

import gzip
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import update_wrapper
from math import ceil
from threading import BoundedSemaphore, Lock
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date, parse_etags
from django.views.decorators.csrf import csrf_exempt

from config.errors import DATABASE_DOWN, RETRY_AFTER_SECONDS
from directory.oruk import version
from directory.oruk.asking import BadParameter
from directory.oruk.throttle import Throttle
from directory.oruk.version import Version
from partnerships.access import public_view
from partnerships.limits import place_of

METHODS = "GET, HEAD, OPTIONS"
FRESH_SECONDS = 60
SMALL = 500
"""Less than this is not worth compressing."""
STREAMS = 2
"""So many whole downloads (ndjson) run at once in a process; each holds one of its threads."""
TOO_FAST = "You are asking too often. Wait {seconds} s, and then at most {most} times a minute."
BUSY = "Too many whole downloads are running. Try again in a minute, or read page by page."

throttle = Throttle(settings.API_REQUESTS_A_MINUTE)
_streams = BoundedSemaphore(STREAMS)


class Moved(Exception):
    """It is at another address now."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Lines:
    """An answer without pages: one JSON object a line, written while it is read."""

    objects: Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Body:
    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, found: Any) -> "Body":
        plain = as_json(found)
        return cls(plain, gzip.compress(plain, 5, mtime=0) if len(plain) >= SMALL else b"")


class Memory:
    """The latest answers, by version and address: the same question costs one small query until something changes."""

    MOST_BYTES = 32 * 1024 * 1024
    LARGEST = 2 * 1024 * 1024

    def __init__(self) -> None:
        self._bodies: OrderedDict[tuple[str, str], Body] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> Body | None:
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
            return self._bodies.get(key)

    def keep(self, key: tuple[str, str], body: Body) -> None:
        size = len(body.plain) + len(body.packed)
        if size > self.LARGEST:
            return
        with self._lock:
            if key not in self._bodies:
                self._bodies[key] = body
                self._bytes += size
            while self._bytes > self.MOST_BYTES:
                _, old = self._bodies.popitem(last=False)
                self._bytes -= len(old.plain) + len(old.packed)


memory = Memory()


def as_json(found: Any) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def api_view(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """An address of the API: `view` returns what is to be sent as JSON (or Lines). It is not asked when nothing
    has changed since the caller, or anybody, got the same answer.
    """

    def wrapper(request: HttpRequest, /, **named: Any) -> HttpResponseBase:
        response = _answer(view, request, named)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        return response

    return csrf_exempt(public_view(update_wrapper(wrapper, view)))  # nothing here changes anything


def _answer(view: Callable[..., Any], request: HttpRequest, named: dict[str, Any]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in {"GET", "HEAD"}:
        response = problem(405, "This API only reads: use GET.")
        response["Allow"] = METHODS
        return response
    if wait := throttle.wait(place_of(request)):
        return _later(
            429, TOO_FAST.format(seconds=ceil(wait), most=settings.API_REQUESTS_A_MINUTE), ceil(wait)
        )
    try:
        return _read(view, request, named)
    except BadParameter as bad:
        return problem(400, f"{bad.name}: {bad}", parameter=bad.name)
    except Http404:
        return problem(404, "There is nothing with this id that is open to the public.")
    except Moved as moved:
        response = problem(301, "This is at another address now.", location=moved.address)
        response["Location"] = moved.address
        return response
    except DATABASE_DOWN:
        return _later(503, "The directory can’t be reached. Try again soon.", int(RETRY_AFTER_SECONDS))


def _read(view: Callable[..., Any], request: HttpRequest, named: dict[str, Any]) -> HttpResponseBase:
    now = version.current()
    if is_known(now, request.headers.get("If-None-Match", "")):
        return _with_version(HttpResponse(status=304), now)
    key = (now.tag, request.get_full_path())
    body = memory.get(key)
    if body is None:
        found = view(request, **named)
        if isinstance(found, Lines):
            return _stream(request, found)
        body = Body.of(found)
        if now.is_settled:
            memory.keep(key, body)
    return _with_version(_send(request, body), now)


def is_known(now: Version, said: str) -> bool:
    """Whether the caller has this version; a W/ that something on the way has dropped makes no difference."""
    return f'"{now.tag}"' in {tag.removeprefix("W/") for tag in parse_etags(said)}


def _send(request: HttpRequest, body: Body) -> HttpResponse:
    is_packed = bool(body.packed) and takes_gzip(request)
    content = body.packed if is_packed else body.plain
    response = HttpResponse(
        b"" if request.method == "HEAD" else content, content_type="application/json; charset=utf-8"
    )
    response["Content-Length"] = str(len(content))
    if is_packed:
        response["Content-Encoding"] = "gzip"
    return response


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the caller takes gzip; "gzip;q=0" says no."""
    offered = request.headers.get("Accept-Encoding", "").lower().replace(" ", "").split(",")
    return any(each == "gzip" or (each.startswith("gzip;q=") and each.strip("gzip;q=0.")) for each in offered)


def _with_version(response: HttpResponse, now: Version) -> HttpResponse:
    response["ETag"] = f'W/"{now.tag}"'
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    if now.changed_at:
        response["Last-Modified"] = http_date(now.changed_at.timestamp())
    return response


def _stream(request: HttpRequest, lines: Lines) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type="application/x-ndjson")
    if not _streams.acquire(blocking=False):
        return _later(503, BUSY, 60)
    response = StreamingHttpResponse(_Written(lines), content_type="application/x-ndjson")
    response["Cache-Control"] = "no-store"
    return response


class _Written:
    """The lines as bytes. The server closes it when all is sent or the caller is gone, even before the first line."""

    def __init__(self, lines: Lines) -> None:
        self._objects = lines.objects
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            for found in self._objects:
                yield as_json(found) + b"\n"
        finally:
            self.close()

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            _streams.release()


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def problem(status: int, words: str, **more: str) -> HttpResponse:
    response = HttpResponse(
        as_json({"status": status, "message": words, **more}),
        status=status,
        content_type="application/json; charset=utf-8",
    )
    response["Cache-Control"] = "no-store"
    return response


def _later(status: int, words: str, seconds: int) -> HttpResponse:
    response = problem(status, words)
    response["Retry-After"] = str(max(seconds, 1))
    return response
