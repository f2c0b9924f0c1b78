"""Fetches an address that somebody typed, without being led into our own network, drowned or kept waiting.

Only http and https, only public addresses: a name is looked up once, every address that it has must be public, and
the connection goes to that very address. A redirect is a new address and is checked like the first. Time is counted
over everything, size after unpacking.
"""

import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_BYTES = 20 * 1024 * 1024
SECONDS = 30.0
LONGEST_KNOCK = 10.0
MOST_REDIRECTS = 4
PIECE = 64 * 1024
LONGEST_ADDRESS = 500
PORTS = {"http": 80, "https": 443}
FREE_PORTS = 1024  # below it, a port that is not the web's belongs to something else
REDIRECTS = {301, 302, 303, 307, 308}
AGENT = "Joined Up (directory of services)"

TYPED = "Enter a web address that begins with https:// or http://"
LOOKED_UP = "There is no website of this name. Check the spelling of the address"
NOT_PUBLIC = "This address is inside a private network. Enter one that everybody can open"
UNREACHED = "The website did not answer. Try again later, or check the address"
TOO_SLOW = "The website took too long to answer. Try again later"
TOO_LARGE = "The file at this address is larger than {most} MB, the most that is fetched"
TOO_MANY = (
    "The address leads from one page to the next without end. Ask whoever runs the website for the right one"
)
DOWN = "The address leads from https:// to http://, where others can read along. Ask whoever runs it for the right one"
REFUSED = "The website answered with the error {status}. Check the address with whoever runs it"
DAMAGED = "What the website sent was damaged on its way. Try again later"
NOT_JSON = (
    "This address gives {kind}, not a list of services as Open Referral JSON. Ask for the address of the feed"
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SHARED = ipaddress.ip_network("100.64.0.0/10")  # behind the provider's translation; "global" to some Pythons
GIVEN_OUT = ipaddress.ip_network("2000::/3")  # all of IPv6 that the open internet uses
NOT_OPEN = (
    ipaddress.ip_network("2001::/32"),  # lead on to an IPv4 address that is written in them
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("3fff::/20"),  # for examples in books
)
MOST_ADDRESSES = 4  # of one name; they are tried in turn


class NotFetched(Exception):
    """The words tell the person what to do."""


@dataclass(frozen=True)
class Fetched:
    """`unchanged`: the website says that nothing is new since `etag` or `last_modified`; then there is no content."""

    address: str
    content: bytes = b""
    kind: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, and does not lead to another inside."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address not in GIVEN_OUT or any(address in network for network in NOT_OPEN):
            return False
    elif address in SHARED:
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )


def fetch(
    address: str,
    *,
    etag: str = "",
    last_modified: str = "",
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
    allowed: Callable[[Address], bool] = is_public,
) -> Fetched:
    """What stands at an address. Raises NotFetched with words for the person.

    `allowed` says which addresses may be connected to; tests pass their own.
    """
    deadline = time.monotonic() + seconds
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    for _ in range(MOST_REDIRECTS + 1):
        with closing(_Request(address, deadline, most_bytes, allowed)) as request:
            found = request.ask(asked)
        if isinstance(found, Fetched):
            return found
        if urlsplit(address).scheme == "https" and urlsplit(found).scheme == "http":
            raise NotFetched(DOWN)
        address = found
    raise NotFetched(TOO_MANY)


def check_address(address: str) -> SplitResult:
    """The parts of an address that may be fetched, before anything is looked up."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotFetched(TYPED) from None
    is_plain = re.fullmatch(r"[\x21-\x7e]+", address) and len(address) <= LONGEST_ADDRESS
    if not is_plain or parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise NotFetched(TYPED)
    if port is not None and port < FREE_PORTS and port not in PORTS.values():
        raise NotFetched(TYPED)
    return parts


class _Request:
    """One question to one address."""

    def __init__(
        self, address: str, deadline: float, most_bytes: int, allowed: Callable[[Address], bool]
    ) -> None:
        self.address, self.deadline, self.most_bytes = address, deadline, most_bytes
        self.parts = check_address(address)
        self.host = self.parts.hostname or ""
        self.port = self.parts.port or PORTS[self.parts.scheme]
        self.where = self._look_up(allowed)
        self.connection = http.client.HTTPConnection(self.host, self.port)
        self.connection.default_port = PORTS[self.parts.scheme]  # then the Host header has no port
        self.link: socket.socket | None = None

    def left(self) -> float:
        """Seconds that are left, of all."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise NotFetched(TOO_SLOW)
        return left

    def _look_up(self, allowed: Callable[[Address], bool]) -> list[str]:
        """The addresses of the host. All that its name stands for must be allowed."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotFetched(LOOKED_UP) from None
        addresses = [str(each[4][0]) for each in found]
        if not addresses or not all(
            allowed(ipaddress.ip_address(each.partition("%")[0])) for each in addresses
        ):
            raise NotFetched(NOT_PUBLIC)
        return list(dict.fromkeys(addresses))[:MOST_ADDRESSES]

    def ask(self, headers: Mapping[str, str]) -> Fetched | str:
        """What the address gives, or where it sends us."""
        try:
            self._connect()
            target = (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")
            sent = {"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}
            self.connection.request("GET", target, headers=sent | {k: v for k, v in headers.items() if v})
            response = self.connection.getresponse()
            return self._answer(response)
        except TimeoutError:
            raise NotFetched(TOO_SLOW) from None
        except (OSError, http.client.HTTPException):
            raise NotFetched(UNREACHED) from None

    def _connect(self) -> None:
        """To an address that was checked, never to what its name stands for a moment later."""
        self.link = self._knock()
        if self.parts.scheme == "https":
            self.link = ssl.create_default_context().wrap_socket(self.link, server_hostname=self.host)
        self.connection.sock = _Watched(self.link, self.left)

    def _knock(self) -> socket.socket:
        """Whoever opens first of the host's addresses: one may be of a kind that our own network does not have."""
        for at, where in enumerate(self.where, 1):
            try:
                return socket.create_connection((where, self.port), timeout=min(self.left(), LONGEST_KNOCK))
            except OSError:
                if at == len(self.where):
                    raise
        raise NotFetched(UNREACHED)

    def _answer(self, response: http.client.HTTPResponse) -> Fetched | str:
        etag, last_modified = _mark(response, "ETag", 200), _mark(response, "Last-Modified", 60)
        if response.status == 304:
            return Fetched(self.address, etag=etag, last_modified=last_modified, unchanged=True)
        if response.status in REDIRECTS and (to := response.headers.get("Location")):
            return self._led_to(to.strip())
        if response.status != 200:
            raise NotFetched(REFUSED.format(status=response.status))
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        content = self._limited(response)
        return Fetched(self.address, content, kind, etag, last_modified)

    def _led_to(self, to: str) -> str:
        try:
            return urljoin(self.address, to)
        except ValueError:
            raise NotFetched(UNREACHED) from None

    def _limited(self, response: http.client.HTTPResponse) -> bytes:
        packed = response.headers.get("Content-Encoding", "").strip().lower()
        if packed not in {"", "identity", "gzip", "x-gzip"}:
            raise NotFetched(DAMAGED)
        found = bytearray()
        pieces = self._pieces(response)
        for piece in _unpacked(pieces) if "gzip" in packed else pieces:
            found += piece
            if len(found) > self.most_bytes:
                raise NotFetched(TOO_LARGE.format(most=self.most_bytes // 1024 // 1024))
        return bytes(found)

    def _pieces(self, response: http.client.HTTPResponse) -> Iterator[bytes]:
        while True:
            self.left()
            piece = response.read1(PIECE)
            if not piece:
                if response.length:  # of what was promised
                    raise NotFetched(DAMAGED)
                return
            yield piece

    def close(self) -> None:
        if self.link is not None:
            self.link.close()


def _mark(response: http.client.HTTPResponse, name: str, longest: int) -> str:
    """A header that is kept and sent back as it came; "" for one that is too long, or no plain text."""
    said = response.headers.get(name, "")
    return said if re.fullmatch(rf"[\x20-\x7e]{{1,{longest}}}", said) else ""


class _Watched:
    """A socket of which each read waits only as long as is left of all."""

    def __init__(self, link: socket.socket, left: Callable[[], float]) -> None:
        self.link, self.left = link, left

    def sendall(self, data: bytes) -> None:
        self.link.settimeout(self.left())
        self.link.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self.link, self.left))

    def close(self) -> None:
        """The answer is read on when the connection is done; _Request closes the link."""


class _Reader(io.RawIOBase):
    def __init__(self, link: socket.socket, left: Callable[[], float]) -> None:
        super().__init__()
        self.link, self.left = link, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.link.settimeout(self.left())
        return self.link.recv_into(buffer)


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpacks gzip bit by bit, so that a bomb is noticed while it is small."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for piece in pieces:
            while not unpacker.eof:
                found = unpacker.decompress(piece, PIECE)
                yield found
                piece = unpacker.unconsumed_tail
                if not piece and len(found) < PIECE:
                    break
    except zlib.error:
        raise NotFetched(DAMAGED) from None
    if not unpacker.eof:
        raise NotFetched(DAMAGED)


KINDS = {"text/html": "a web page", "application/pdf": "a PDF", "text/xml": "XML", "application/xml": "XML"}


def json_of(found: Fetched) -> bytes:
    """The content, if it is JSON: what a website says of its kind is not believed, the content is looked at."""
    start = found.content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in {b"{", b"["}:
        return found.content
    kind = "a web page" if start == b"<" else KINDS.get(found.kind, "something else")
    raise NotFetched(NOT_JSON.format(kind=kind))
