"""The one way out over HTTP to an address that somebody else chose: webhooks, gateways, sign-on.

The name is resolved once, every address it has must be public, and the connection goes to that very
address: what the name says a moment later no longer matters. Redirects are answers, not journeys;
proxies of the environment are not asked. Time and size are bounded as a whole, so that a peer
which sends one octet a second holds nobody up.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, Literal
from urllib.parse import urlsplit

PATIENCE: Final = 10.0
"""Seconds for the whole exchange, once the name is resolved."""
KEPT: Final = 1024
"""Octets of an answer that are read; the rest is not waited for."""
_LONGEST_URL: Final = 2000
_LAST_PRINTABLE: Final = 0x7E
_FIRST_PRINTABLE: Final = 0x21

_CLOSED: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # Everything that carries an IPv4 address inside, or a network of one's own.
        "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""IANA's special-purpose registries: none of these is a stranger's server."""

Resolve = Callable[[str, int], Iterable[str]]
"""Host and port to addresses as text; raises OSError where there are none."""
Reason = Literal["url", "scheme", "credentials", "host", "port", "address", "unknown"]


class OutboundRefused(Exception):  # noqa: N818  an answer to whoever asked, not a fault
    """This address is not called. `reason` names what is wrong with it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


FAULTS: Final = (OutboundRefused, OSError, http.client.HTTPException)
"""What a call may raise, for callers that need no closer look."""


@dataclass(frozen=True)
class Target:
    """An address as read: nothing was asked of the network yet."""

    scheme: str
    host: str
    port: int
    path: str
    authority: str


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    """At most `most` octets."""
    seconds: float


def resolve(host: str, port: int) -> list[str]:
    """By the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def is_public(address: str) -> bool:
    """May a stranger's server be there? An address with a zone or of a special range is refused."""
    try:
        read = ip_address(address)
    except ValueError:
        return False
    if isinstance(read, IPv6Address) and read.scope_id:
        return False
    return read.is_global and not any(
        read in network for network in _CLOSED if network.version == read.version
    )


@dataclass
class Outbound:
    """`https_only` in production. `near_ports` are ports of this very machine that may be called:
    for tests and for trying webhooks out; production refuses to start with any."""

    https_only: bool = True
    ports: frozenset[int] = frozenset({80, 443, 8443})
    near_ports: set[int] = field(default_factory=set)
    patience: float = PATIENCE
    resolve: Resolve = resolve

    def read(self, url: str) -> Target:
        """What the address says, without asking the network. Raises OutboundRefused."""
        if len(url) > _LONGEST_URL or "\\" in url or not _printable(url):
            raise OutboundRefused("url")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise OutboundRefused("url") from None
        host = (parts.hostname or "").rstrip(".")
        if parts.scheme not in {"https", "http"}:
            raise OutboundRefused("scheme")
        if "@" in parts.netloc:
            raise OutboundRefused("credentials")
        if not host or "%" in host or "*" in host:
            raise OutboundRefused("host")
        port = port if port is not None else (443 if parts.scheme == "https" else 80)
        near = _is_near(host) and port in self.near_ports
        self._check(parts.scheme, host, port, near=near)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(parts.scheme, host, port, path, parts.netloc)

    def post(self, url: str, body: bytes, headers: Mapping[str, str], most: int = KEPT) -> Answer:
        """Sends `body`. Raises OutboundRefused, OSError, http.client.HTTPException."""
        return self._call("POST", url, body, headers, most)

    def get(self, url: str, headers: Mapping[str, str], most: int = KEPT) -> Answer:
        """Raises OutboundRefused, OSError, http.client.HTTPException."""
        return self._call("GET", url, None, headers, most)

    def _call(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], most: int
    ) -> Answer:
        target = self.read(url)
        address = self._pin(target)
        begun = time.monotonic()
        with self._connected(address, target) as peer:
            sent = {"Host": target.authority, "Accept-Encoding": "identity", "Connection": "close"}
            peer.request(method, target.path, body, {**headers, **sent})
            answer = peer.getresponse()
            kept = answer.read(most)
        seconds = time.monotonic() - begun
        if seconds >= self.patience:
            raise TimeoutError
        return Answer(answer.status, kept, seconds)

    def _check(self, scheme: str, host: str, port: int, *, near: bool) -> None:
        if near:
            return
        if self.https_only and scheme != "https":
            raise OutboundRefused("scheme")
        if port not in self.ports:
            raise OutboundRefused("port")
        if _is_literal(host) and not is_public(host):
            raise OutboundRefused("address")
        if _is_near(host) or ("." not in host and ":" not in host):
            raise OutboundRefused("address")

    def _pin(self, target: Target) -> str:
        """The one address that is called. All that the name has must be public: one private among
        them shows what its owner is about."""
        if _is_near(target.host) and target.port in self.near_ports:
            return "127.0.0.1"
        try:
            found = list(self.resolve(target.host, target.port))
        except (OSError, UnicodeError):
            raise OutboundRefused("unknown") from None
        if not found:
            raise OutboundRefused("unknown")
        if not all(is_public(address) for address in found):
            raise OutboundRefused("address")
        return found[0]

    @contextmanager
    def _connected(self, address: str, target: Target) -> Iterator[http.client.HTTPConnection]:
        plain = socket.create_connection((address, target.port), timeout=self.patience)
        # Shutting a duplicate ends the connection under whatever waits on it, TLS included.
        alarm = plain.dup()
        timer = threading.Timer(self.patience, _end, [alarm])
        timer.daemon = True
        timer.start()
        try:
            line = plain
            if target.scheme == "https":
                line = ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
            with line:
                peer = http.client.HTTPConnection(target.host, target.port, timeout=self.patience)
                peer.sock = line
                yield peer
        finally:
            timer.cancel()
            alarm.close()
            plain.close()


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was over already


def _printable(url: str) -> bool:
    """ASCII only: a host of other letters is written as its owner registered it (`xn--…`)."""
    return all(_FIRST_PRINTABLE <= ord(sign) <= _LAST_PRINTABLE for sign in url)


def _is_literal(host: str) -> bool:
    try:
        return isinstance(ip_address(host), IPv4Address | IPv6Address)
    except ValueError:
        return False


def _is_near(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost")
