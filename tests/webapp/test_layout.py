"""The frame of every page: language in the address, headers, static files, icons, error pages."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from flask import render_template_string

from core.actor import ANONYMOUS, Actor, Seat
from tests.webapp.clients import app, client
from webapp import navigation
from webapp.static_files import FOLDER

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
ICON = re.compile(r"""(?:icon|icon_name=)\(?\s*["']([a-z0-9-]+)["']""")


@pytest.mark.parametrize(
    ("address", "language", "other"),
    [
        ("/about", "zh-Hans", "/en/about"),
        ("/en/about", "en", "/about"),
        ("/search?q=a%26b&way=sole", "zh-Hans", "/en/search?q=a%26b&amp;way=sole"),
        ("/en/search?q=x", "en", "/search?q=x"),
    ],
)
def test_the_language_switch_keeps_the_page(client, address, language, other):
    page = client.get(address).text
    assert f'<html lang="{language}">' in page
    assert f'href="{other}" lang=' in page


def test_the_markets_own_language_has_one_address(client):
    moved = client.get("/zh/search?q=x")
    assert (moved.status_code, moved.headers["Location"]) == (308, "/search?q=x")


@pytest.mark.parametrize("path", ["/zh//evil.example/x", "/zh/%5Cevil.example", "/zh///a"])
def test_the_move_never_leaves_the_site(client, path):
    target = client.get(path).headers.get("Location", "/")
    assert re.match(r"/(?![/\\])", target), target


def test_canonical_and_hreflang_name_both_languages(client):
    page = client.get("/en/terms").text
    assert '<link rel="canonical" href="http://localhost:8000/en/terms">' in page
    assert 'hreflang="zh-Hans" href="http://localhost:8000/terms">' in page
    assert 'hreflang="en" href="http://localhost:8000/en/terms">' in page


@pytest.mark.parametrize("path", ["/", "/search", "/nope", "/robots.txt", "/static/app.js"])
def test_every_answer_carries_the_policy(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_no_template_has_inline_style_or_script():
    offenders = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        if re.search(r"\sstyle=|<style|\son[a-z]+=\"", text):
            offenders.append(str(path))
        tags = re.findall(r"<script(?![^>]*(?: src=|application/ld\+json))[^>]*>", text)
        offenders += [f"{path}: {tag}" for tag in tags]
    assert offenders == []


def test_static_files_are_named_by_content_and_kept(client):
    address = re.search(r'href="(/static/qiaoyi\.css\?v=[0-9a-f]+)"', client.get("/about").text)[1]
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    etag = answer.headers["ETag"]
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": etag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "vendor/manifest.toml", "x.css", "%2e%2e/a.js"]
)
def test_only_browser_files_are_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_vendored_files_are_what_the_manifest_says():
    manifest = tomllib.loads((VENDOR / "manifest.toml").read_text("utf-8"))
    files = [file for package in manifest["package"] for file in package["files"]]
    for file in [*files, manifest["sprite"]]:
        found = hashlib.sha256((VENDOR / file["to"]).read_bytes()).hexdigest()
        assert found == file["sha256"], file["to"]


def test_every_icon_used_is_in_the_sprite():
    sprite = (VENDOR / "icons.svg").read_text("utf-8")
    known = set(re.findall(r'id="i-([a-z0-9-]+)"', sprite))
    used = {
        name: path.name
        for folder in ("templates", "webapp")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".html", ".py"}
        for name in ICON.findall(path.read_text("utf-8"))
    }
    assert {name: where for name, where in used.items() if name not in known} == {}


def test_a_page_stays_within_its_weight(client):
    """Everything a first visit loads, packed: the budget is 200 kB without pictures and charts."""
    import gzip

    page = client.get("/").data
    parts = [*re.findall(rb'(?:src|href)="/static/([^"?]+)', page), b"vendor/icons.svg"]
    total = len(gzip.compress(page))
    for part in set(parts):
        total += len(gzip.compress((FOLDER / part.decode()).read_bytes()))
    assert total < 100_000


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_missing_page_says_what_to_do(client, prefix):
    answer = client.get(f"{prefix}/no-such-page")
    assert answer.status_code == 404
    assert 'role="search"' in answer.text
    assert "noindex" in answer.text


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("path", ["/x", "/en/x"])
@pytest.mark.parametrize("template", ["page", "plain"])
def test_every_error_page_renders_in_both_languages(app, status, path, template):
    from flask import render_template

    with app.test_request_context(path):
        page = render_template(f"errors/{template}.html", status=status, refusal="")
    assert str(status) in page
    assert "<h1" in page


def test_an_error_is_told_where_the_layout_itself_is_broken(app, client, monkeypatch):
    def broken():
        raise LookupError

    monkeypatch.setitem(app.jinja_env.globals, "stops_now", broken)
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "此地址没有页面" in answer.text or "没有" in answer.text


@pytest.mark.parametrize(
    ("roles", "path"),
    [
        (("tto_officer",), "/queue"),
        (("researcher",), "/workbench"),
        (("firm_member",), "/inquiries"),
        (("operator",), "/operator"),
        (("auditor",), "/operator/audit"),
    ],
)
def test_the_bar_shows_the_work_of_the_role(roles, path):
    actor = Actor("person", "p", (Seat("o", "institute", frozenset(roles)),))
    assert path in [item.path for item in navigation.top_bar(actor)]
    assert path not in [item.path for item in navigation.top_bar(ANONYMOUS)]
    assert navigation.MESSAGES in navigation.menu(actor)


def test_texts_are_escaped_and_links_within_them_kept(app):
    source = """{{ _("About") }}{{ _("%(name)s to", name="<b>") }}
        {% set link %}<a href="/">x</a>{% endset %}{{ _("Open %(what)s", what=link) }}"""
    with app.test_request_context("/en/x"):
        page = render_template_string(source)
    assert "&lt;b&gt; to" in page
    assert 'Open <a href="/">x</a>' in page


__all__ = ["app", "client"]
