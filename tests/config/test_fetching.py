"""Fetching an address that somebody typed: never inside, never for ever, never more than fits."""

import gzip
import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from config.fetching import NotFetched, fetch, is_public, json_of

Answer = Callable[[BaseHTTPRequestHandler], None]


def anywhere(address: Any) -> bool:
    """The test's own server is on this machine."""
    return True


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *given: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 192.0.2.1
    198.18.0.1 ::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1
    2002:7f00:1:: 2001:0:4136::1 2001:db8::1 3fff::1 ::127.0.0.1 fec0::1 64:ff9b:1::1 4000::1""".split(),
)
def test_address_inside_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_address_outside_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost:8000/", "http://[::1]/", "http://0/", "http://2130706433/"),
        *("http://0x7f.1/", "http://[::ffff:127.0.0.1]/"),
    ],
)
def test_this_machine_is_never_asked(address: str) -> None:
    with pytest.raises(NotFetched, match=r"private network|no website"):
        fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "example.org", "", "http://"),
        *(
            "http://user:secret@example.org/",
            "http://example.org:25/",
            "http://example.org:99999/",
            "http://a b/",
        ),
        *("http://example.org/\r\nX: y", "javascript:alert(1)", "https://example.org/" + "x" * 600),
    ],
)
def test_what_is_no_address_of_the_web_is_refused_before_it_is_looked_up(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: pytest.fail("looked up"))
    with pytest.raises(NotFetched, match="begins with https"):
        fetch(address)


def test_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("93.184.216.34", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: found)
    with pytest.raises(NotFetched, match="private network"):
        fetch("http://example.org/")


def connected(where: tuple[str, int]) -> socket.socket:
    link = socket.socket()
    link.connect(where)
    return link


def test_name_is_looked_up_once_and_that_address_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that stands for another address a moment later changes nothing."""
    with serving(sends(b"[]")) as address:
        port = int(address.split(":")[2].split("/")[0])
        answers = iter([[(0, 0, 0, "", ("127.0.0.1", port))]])
        monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: next(answers))
        asked: list[Any] = []

        def connect(where: tuple[str, int], **more: Any) -> socket.socket:
            asked.append(where)
            return connected(where)

        monkeypatch.setattr(socket, "create_connection", connect)
        assert fetch(f"http://feeds.example.org:{port}/", allowed=anywhere).content == b"[]"
    assert asked == [("127.0.0.1", port)]


def test_address_that_does_not_open_leaves_it_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A website with two addresses, of which our network reaches one."""

    def connect(where: tuple[str, int], **more: Any) -> socket.socket:
        if where[0] == "2606:4700::1":
            raise OSError("Network is unreachable")
        return connected(where)

    with serving(sends(b"[]")) as address:
        port = int(address.split(":")[2].split("/")[0])
        found = [(0, 0, 0, "", (where, port)) for where in ("2606:4700::1", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: found)
        monkeypatch.setattr(socket, "create_connection", connect)
        assert fetch(f"http://feeds.example.org:{port}/", allowed=anywhere).content == b"[]"
        del found[1]
        with pytest.raises(NotFetched, match="did not answer"):
            fetch(f"http://feeds.example.org:{port}/", allowed=anywhere)


def test_content_comes_with_what_says_whether_it_is_new() -> None:
    with serving(sends(b'{"a": 1}', ETag='"v1"', Content_Type="application/json; charset=utf-8")) as address:
        found = fetch(address, allowed=anywhere)
    assert (found.content, found.kind, found.etag) == (b'{"a": 1}', "application/json", '"v1"')


def test_what_is_unchanged_is_not_sent_again() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers["If-None-Match"] == '"v1"'
        sends(b"" if known else b"[]", 304 if known else 200)(request)

    with serving(answer) as address:
        assert fetch(address, etag='"v1"', allowed=anywhere).unchanged
        assert not fetch(address, allowed=anywhere).unchanged


def test_redirect_is_followed_and_checked_like_the_first_address() -> None:
    with (
        serving(sends(b"[1]")) as inside,
        serving(sends(b"", 302, Location=inside)) as first,
    ):
        assert fetch(first, allowed=anywhere).content == b"[1]"
        checks = iter([True, False])
        with pytest.raises(NotFetched, match="private network"):
            fetch(first, allowed=lambda address: next(checks))


def test_redirect_that_is_no_address_is_told() -> None:
    with (
        serving(sends(b"", 302, Location="http://[fec0/")) as address,
        pytest.raises(NotFetched, match="did not answer"),
    ):
        fetch(address, allowed=anywhere)


@pytest.mark.parametrize("mark", ["a\x00b", "x" * 300, "\xe9", "a\r\n b"])
def test_mark_that_cannot_be_kept_and_sent_back_is_left_out(mark: str) -> None:
    with serving(sends(b"[]", ETag=mark)) as address:
        assert fetch(address, allowed=anywhere).etag == ""


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "http://user@example.org/"])
def test_redirect_to_something_else_is_refused(to: str) -> None:
    with serving(sends(b"", 301, Location=to)) as address, pytest.raises(NotFetched, match="begins with"):
        fetch(address, allowed=anywhere)


def test_redirects_without_end_are_given_up() -> None:
    with (
        serving(sends(b"", 307, Location="/feed")) as address,
        pytest.raises(NotFetched, match="without end"),
    ):
        fetch(address, allowed=anywhere)


def test_more_than_fits_is_refused_packed_or_not() -> None:
    bomb = gzip.compress(b"0" * 3_000_000)
    for answer in (sends(b"0" * 3_000_000), sends(bomb, Content_Encoding="gzip")):
        with serving(answer) as address, pytest.raises(NotFetched, match="larger than 1 MB"):
            fetch(address, most_bytes=1024 * 1024, allowed=anywhere)


def test_packed_content_is_unpacked() -> None:
    with serving(sends(gzip.compress(b"[1, 2]" * 50_000), Content_Encoding="gzip")) as address:
        assert fetch(address, allowed=anywhere).content == b"[1, 2]" * 50_000


def test_content_that_is_cut_off_is_refused() -> None:
    cut = gzip.compress(b"[1, 2]" * 500)[:-20]
    answers = [
        sends(b"[1", Content_Length="10"),
        sends(cut, Content_Encoding="gzip"),
        sends(b"x", Content_Encoding="br"),
    ]
    for answer in answers:
        with serving(answer) as address, pytest.raises(NotFetched, match="damaged"):
            fetch(address, allowed=anywhere)


@pytest.mark.parametrize("part", [b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\n\r\n["])
def test_website_that_sends_a_byte_at_a_time_is_given_up(
    part: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte comes in time, all of them never do."""
    clock = iter(range(10_000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(part)
        try:
            while True:
                request.wfile.write(b"x")
        except OSError:
            request.close_connection = True

    with serving(answer) as address, pytest.raises(NotFetched, match="too long"):
        fetch(address, seconds=60, most_bytes=10**12, allowed=anywhere)


@pytest.mark.parametrize("status", [404, 500, 204, 206])
def test_error_of_the_website_is_told(status: int) -> None:
    with serving(sends(b"", status)) as address, pytest.raises(NotFetched, match=f"error {status}"):
        fetch(address, allowed=anywhere)


def test_website_that_speaks_something_else_or_not_at_all_is_told() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"SSH-2.0\r\n")

    with serving(answer) as address, pytest.raises(NotFetched, match="did not answer"):
        fetch(address, allowed=anywhere)
    with pytest.raises(NotFetched, match="did not answer"):
        fetch(address, allowed=anywhere)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b" \n[1]", "text/html", ""),
        (b"\xef\xbb\xbf{}", "application/pdf", ""),
        (b"<!doctype html>", "application/json", "a web page"),
        (b"%PDF-1.7", "application/pdf", "a PDF"),
        (b"", "application/json", "something else"),
    ],
)
def test_kind_is_told_from_the_content(body: bytes, kind: str, words: str) -> None:
    with serving(sends(body, Content_Type=kind)) as address:
        found = fetch(address, allowed=anywhere)
    if not words:
        assert json_of(found) == body
        return
    with pytest.raises(NotFetched, match=words):
        json_of(found)
