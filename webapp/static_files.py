"""Our own files for browsers: an address that changes with the content, kept for a year, packed.

Pages refer to them by `asset("qiaoyi.css")`; every other use of `/static/` works, uncached.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

from webapp.access import PUBLIC, access
from webapp.language import ROOT_KEY

FOLDER = Path(__file__).parent.parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
PACKED = {".css", ".js", ".svg", ".webmanifest"}


@dataclass(frozen=True)
class StaticFile:
    body: bytes
    packed: bytes | None
    version: str
    media_type: str


@lru_cache(maxsize=256)
def _load(path: Path, _changed: int) -> StaticFile:
    body = path.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in PACKED else None
    return StaticFile(body, packed, hashlib.sha256(body).hexdigest()[:10], TYPES[path.suffix])


def load(name: str) -> StaticFile | None:
    """The file of that name under `static/`, or None; only types that browsers load from us."""
    joined = safe_join(str(FOLDER), name)
    path = Path(joined) if joined else None
    if path is None or path.suffix not in TYPES or not path.is_file():
        return None
    return _load(path, path.stat().st_mtime_ns)


def asset(name: str) -> str:
    """The address of a static file, the same in every language; KeyError if there is none."""
    file = load(name)
    if file is None:
        raise KeyError(name)
    return f"{request.environ.get(ROOT_KEY, '')}/static/{name}?v={file.version}"


@access(PUBLIC, of="static file")
def serve(name: str) -> Response:
    file = load(name)
    if file is None:
        abort(404)
    zipped = file.packed is not None and request.accept_encodings.quality("gzip") > 0
    response = Response(file.packed if zipped else file.body, content_type=file.media_type)
    if file.packed is not None:
        response.vary.add("Accept-Encoding")
    if zipped:
        response.content_encoding = "gzip"
    named = request.args.get("v") == file.version
    response.cache_control.public = True
    response.cache_control.max_age = 31536000 if named else 60
    response.cache_control.immutable = named
    response.set_etag(file.version + ("-gz" if zipped else ""))
    response.make_conditional(request)
    return response


@access(PUBLIC)
def favicon() -> Response:
    return serve("mark.svg")


def install(app: Flask) -> None:
    """Needs an app made with `static_folder=None`; serves `/static/` and `/favicon.ico`."""
    app.add_url_rule("/static/<path:name>", "static", serve)
    app.add_url_rule("/favicon.ico", "favicon", favicon)
    app.jinja_env.globals["asset"] = asset
