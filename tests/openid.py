"""An OpenID provider on this machine: real HTTP, real keys, and any fault that a test asks for."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET = "market", "s3cret+/ä:%"
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
STRANGE = RSAKey.generate_key(2048, {"kid": "rsa"})
"""A key that the provider never published."""


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


@dataclass
class Provider:
    """`who` signs in there; `claims` and `header` go over what a good token says, None removes;
    `document` goes over the discovery document, `answer` over the query of the way back."""

    clock: object
    issuer: str = ""
    who: str = "u-1"
    name: str = "Lin Mei"
    claims: dict = field(default_factory=dict)
    header: dict = field(default_factory=dict)
    document: dict = field(default_factory=dict)
    answer: dict = field(default_factory=dict)
    key: object = field(default_factory=lambda: RSA)
    token: str | None = None
    codes: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    redeemed: list = field(default_factory=list)
    serves_twice: bool = False

    def well_known(self):
        methods = ["client_secret_basic", "client_secret_post"]
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": methods,
            "authorization_response_iss_parameter_supported": True,
        }
        return _over(said, self.document)

    def authorise(self, query):
        """Where the browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        self.asked.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked | {"sub": self.who}
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(_over(back, self.answer))}"

    def redeem(self, headers, form):
        """Status and body of the token endpoint: RFC 6749, section 4.1.3, with PKCE."""
        sent = {name: values[0] for name, values in parse_qs(form).items()}
        self.redeemed.append((dict(headers), sent))
        asked = self.codes.get(sent.get("code", ""))
        known = _client_of(headers, sent) == (CLIENT, SECRET)
        proven = asked and asked["code_challenge"] == _challenge(sent.get("code_verifier", ""))
        if not (known and proven and asked["redirect_uri"] == sent["redirect_uri"]):
            return 400, {"error": "invalid_grant"}
        if not self.serves_twice:
            del self.codes[sent["code"]]
        return 200, {"token_type": "Bearer", "access_token": "at", "id_token": self.sign(asked)}

    def sign(self, asked):
        if self.token is not None:
            return self.token
        now = int(self.clock.now.timestamp())
        claims = {
            "iss": self.issuer,
            "sub": asked["sub"],
            "aud": asked["client_id"],
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "name": self.name,
        }
        alg = "ES256" if self.key is EC else "RS256"
        header = _over({"alg": alg, "kid": self.key.kid}, self.header)
        return jwt.encode(header, _over(claims, self.claims), self.key, [header["alg"]])


def unsigned(claims):
    """A token of `alg: none`, which no library makes any more."""
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    return ".".join([_b64(json.dumps(part).encode()) for part in parts] + [""])


def _over(said, more):
    return {name: value for name, value in (said | more).items() if value is not None}


def _b64(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _challenge(verifier):
    return _b64(hashlib.sha256(verifier.encode()).digest())


def _client_of(headers, sent):
    if "Authorization" not in headers:
        return sent.get("client_id"), sent.get("client_secret")
    pair = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    client, _, secret = pair.partition(":")
    return unquote(client), unquote(secret)


@contextmanager
def provider(clock):
    """A provider at `issuer`; nobody may call it before its port is opened (`near_ports`)."""
    there = Provider(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path, query = urlsplit(self.path).path, urlsplit(self.path).query
            if path == "/.well-known/openid-configuration":
                self.say(200, there.well_known())
            elif path == "/keys":
                self.say(200, KeySet([RSA, EC]).as_dict(private=False))
            elif path == "/authorize":
                self.send_response(302)
                self.send_header("Location", there.authorise(query))
                self.end_headers()
            else:
                self.say(404, {})

        def do_POST(self):
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.say(*there.redeem(self.headers, form))

        def say(self, status, body):
            octets = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    there.issuer = f"http://localhost:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


def visit(address):
    """What the browser does there: it signs in, and is sent back to this path of the market."""
    opener = urllib.request.build_opener(_Stay)
    try:
        opener.open(address, timeout=5)
    except urllib.error.HTTPError as moved:
        moved.close()
        parts = urlsplit(moved.headers["Location"])
        return f"{parts.path}?{parts.query}"
    raise AssertionError("the provider sent nobody back")
