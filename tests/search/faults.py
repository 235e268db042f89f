"""A proxy on this machine in front of the real Elasticsearch, which can be made to fail."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_PRODUCT = {"X-Elastic-Product": "Elasticsearch"}
_JSON = {"Content-Type": "application/vnd.elasticsearch+json;compatible-with=8"}


class _Server(ThreadingHTTPServer):
    daemon_threads, block_on_close, allow_reuse_address = True, False, True


class Proxy:
    """`fault` is "" (passes everything) or what is wrong: "refuse", "hang", "slow", "429", "503",
    "garbage", "cut", "old" or "foreign".

    With `key`, whoever does not send it is refused; with `tls` (certificate and key files), it
    speaks TLS.
    """

    def __init__(self, target, key="", tls=None):
        self._target, self._key, self._tls = urlsplit(target), key, tls
        self.fault, self.asked = "", 0
        self._open = threading.Event()
        self._server = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._listen()

    @property
    def url(self):
        return f"http{'s' if self._tls else ''}://localhost:{self.port}"

    def fail(self, fault):
        """From now on; "" mends it."""
        if self.fault == "refuse" and fault != "refuse":
            self._listen()
        if fault == "refuse" and self._server:
            self.close()
        self.fault = fault
        if fault != "hang":
            self._open.set()
            self._open = threading.Event()

    def close(self):
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _listen(self):
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except OSError:
                    self.close_connection = True

            def answer(self):
                proxy.answer(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815  the library's names

            def log_message(self, *_):
                return

        self._server = _Server(("127.0.0.1", self.port), Handler)
        if self._tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self._tls)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def answer(self, handler):
        self.asked += 1
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        fault = self.fault
        if self._key and handler.headers.get("Authorization") != f"ApiKey {self._key}":
            _say(handler, 401, b'{"error":{"type":"security_exception"},"status":401}')
        elif fault in {"429", "503"}:
            _say(handler, int(fault), b'{"error":{"type":"es_rejected_execution_exception"}}')
        elif fault == "garbage":
            _say(handler, 200, b'{"items": [{"ind\xff\x00')
        elif fault == "foreign":
            _say(handler, 200, b"{}", product=False)
        elif fault == "old" and "_nodes" in handler.path:
            _say(handler, 200, b'{"nodes":{"n":{"version":"7.17.29"}}}')
        elif fault in {"cut", "refuse"}:
            handler.close_connection = True
        else:
            if fault == "hang":
                self._open.wait(120)
            if fault == "slow":
                time.sleep(0.4)
            self._pass(handler, body)

    def _pass(self, handler, body):
        """What hung is passed on in the end: a late write must lose against a newer one."""
        behind = http.client.HTTPConnection(self._target.hostname, self._target.port, timeout=60)
        kept = {k: v for k, v in handler.headers.items() if k.lower() not in {"host", "connection"}}
        behind.request(handler.command, handler.path, body or None, kept)
        found = behind.getresponse()
        said = found.read()
        kind = found.getheader("Content-Type") or ""
        behind.close()
        _say(handler, found.status, said, {"Content-Type": kind} if kind else {})


def _say(handler, status, body, headers=_JSON, *, product=True):
    handler.send_response(status)
    for name, value in {**headers, **(_PRODUCT if product else {})}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)


@contextmanager
def proxy(target, **more):
    made = Proxy(target, **more)
    try:
        yield made
    finally:
        made.fail("")
        made.close()


def certificate(folder):
    """Files of a certificate for localhost, which signed itself, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept, secret = folder / "market.pem", folder / "market.key"
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(kept), str(secret)
