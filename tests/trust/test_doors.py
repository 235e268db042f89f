"""Cookies, sessions, forms' tokens, redirects, hosts and headers."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from accounts.actions.end_membership import end_membership
from accounts.actions.revoke_sessions import revoke_sessions
from accounts.models import Attempt, Membership
from core.ids import show
from sample.cast import PASSWORD
from sample.load import sign_ins
from tests.sampled import demo_person
from tests.trust.clients import sign_in, token_of
from tests.trust.routes import CASES
from tests.trust.world import demo
from webapp.factory import configuration, create_app

MAILS = {line.split()[0]: line.split()[1] for line in sign_ins()}


@pytest.fixture(scope="module")
def app(sample_market):
    """With its form guard on."""
    made = create_app(sample_market)
    made.config.update(TESTING=True)
    return made


@pytest.fixture
def free(sample_market):
    """Forgets attempts: each test begins with its limits unused."""
    with sample_market.database.write() as session:
        for row in session.scalars(select(Attempt)):
            session.delete(row)
        session.commit()


@pytest.fixture
def enter(app, free):
    def enter(role: str):
        client = app.test_client()
        answer = sign_in(client, MAILS[role], PASSWORD)
        assert answer.status_code == 302, answer.text[-500:]
        assert client.get("/account").status_code == 200
        return client

    return enter


def replayed(app, client):
    """Another browser with the cookie that this one carries now."""
    cookie = client.get_cookie("market")
    other = app.test_client()
    other.set_cookie("market", cookie.value)
    return other


def refused(client) -> bool:
    answer = client.get("/account")
    return answer.status_code == 302 and "/sign-in" in answer.headers["Location"]


def test_a_cookie_from_before_the_sign_out_opens_nothing(app, enter):
    client = enter("researcher")
    old = replayed(app, client)
    assert not refused(old)
    token = token_of(client.get("/account").text)
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 302
    assert refused(old)
    assert refused(client)


def test_a_cookie_from_before_a_sign_in_is_worth_nothing_after_it(app, free):
    planted = app.test_client()
    planted.get("/sign-in")
    victim = replayed(app, planted)
    assert sign_in(victim, MAILS["broker"], PASSWORD).status_code == 302
    assert refused(planted)
    assert victim.get_cookie("market").value != planted.get_cookie("market").value


def test_a_changed_password_ends_the_other_sessions(app, enter):
    here, there = enter("expert"), enter("expert")
    token = token_of(here.get("/account").text)
    new = "four-herons-3-sluices"
    typed = {"old": PASSWORD, "password": new, "csrf_token": token}
    assert here.post("/account/password", data=typed).status_code == 302
    assert not refused(here)
    assert refused(there)
    typed |= {"old": new, "password": PASSWORD, "csrf_token": token_of(here.get("/account").text)}
    assert here.post("/account/password", data=typed).status_code == 302


def test_revoking_ends_a_session_at_once(sample_market, enter):
    client = enter("auditor")
    sample_market.executor.run(demo(sample_market, "auditor"), revoke_sessions, None)
    assert refused(client)


def test_an_ended_membership_takes_the_seat_from_the_next_request(sample_market, enter):
    client = enter("provider_admin")
    person = demo_person(sample_market, "expert")
    expert = enter("expert")
    seat = demo(sample_market, "provider_admin").seats[0].organisation
    members = f"/organisations/{show('organisation', seat)}/members"
    assert expert.get(members).status_code == 200
    with sample_market.database.read() as session:
        own = select(Membership.id).where(Membership.person == person)
        membership = session.scalars(own.where(Membership.organisation == seat)).one()
    sample_market.executor.run(demo(sample_market, "provider_admin"), end_membership, membership)
    assert expert.get(members).status_code in (302, 403)
    assert not refused(client)


def test_known_and_unknown_contacts_get_the_same_answer(app, free):
    client = app.test_client()
    known, unknown = MAILS["operator"], "ming.zhiqia@yuejiang.example"
    for path, more in (("/sign-in", {"password": "wrong-wrong-wrong"}), ("/forgotten", {})):
        said = []
        for contact in (known, unknown):
            token = token_of(client.get(path).text)
            data = {"contact": contact, "csrf_token": token} | more
            answer = client.post(path, data=data, follow_redirects=True)
            text = answer.text.replace(contact, "CONTACT")
            text = re.sub(r'value="[^"]{40,}"|/reset/[0-9a-f]{32}', "", text)
            text = re.sub(r"\w[^<\s]*\*+@?[\w.*@]*", "MASKED", text)
            said.append((answer.status_code, text))
        assert said[0] == said[1], path


def test_guesses_are_limited_for_all_processes_together(sample_market, free):
    """Each app stands for a process of its own; they share rows, not memory."""
    clients = [create_app(sample_market).test_client() for _ in range(2)]
    for n in range(12):
        sign_in(clients[n % 2], MAILS["firm_member"], f"wrong-guess-{n}")
    client = clients[0]
    last = sign_in(client, MAILS["firm_member"], PASSWORD)
    assert last.status_code == 422
    assert refused(client)


TOKENLESS = {"oai.harvest", "mail_habits.stop", "signing.heard", "policy_reports.take"}
"""They never look at a cookie: a harvester has none, a mail program has its signed address, the
signing service signs its call, and what a browser reports about the policy is anybody's word."""
FORMS = [case for case in CASES if case.method == "POST" and case.endpoint not in TOKENLESS]


def test_no_form_is_taken_without_its_token(app, enter):
    client, visitor = enter("tto_officer"), app.test_client()
    fill = dict.fromkeys(re.findall(r"\{(\w+)\}", " ".join(c.path for c in FORMS)), "0" * 32)
    assert len(FORMS) > 50
    for case in FORMS:
        path = case.path.format(**fill)
        for one in (client, visitor):
            assert one.post(path, data={"csrf_token": "forged"}).status_code == 400, path
            assert one.post(path).status_code == 400, path


def test_only_what_never_looks_at_a_cookie_is_free_of_the_token(app):
    free = {name.partition("webapp.views.")[2] for name in app.extensions["csrf"]._exempt_views}
    assert free - {""} == {
        "public.oai.harvest", "account.mail_habits.stop", "public.signing.heard",
        "public.policy_reports.take",
    }  # fmt: skip


SAMPLE = ("/", "/search", "/sign-in", "/sign-up", "/forgotten", "/account", "/workbench/new",
          "/workbench/needs/new", "/queue", "/imports/new", "/organisations/new", "/saved",
          "/messages")  # fmt: skip


def test_every_form_that_writes_carries_a_token(enter, app):
    client, visitor, seen = enter("tto_officer"), app.test_client(), 0
    for one in (client, visitor):
        for path in SAMPLE:
            page = one.get(path, follow_redirects=True).text
            for form in re.findall(r"<form\b[^>]*>.*?</form>", page, re.S):
                if re.match(r'<form[^>]*method="post"', form, re.I):
                    assert 'name="csrf_token"' in form, (path, form[:200])
                    seen += 1
    assert seen > 20


EVIL = (
    "//evil.example", "///evil.example", "////evil.example", "https://evil.example",
    "http:evil.example", "https:/evil.example", "\\\\evil.example", "/\\evil.example",
    "\\/evil.example", "/\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/%2f..",
    "/%5cevil.example/../x", "//evil.example@localhost", "http://localhost@evil.example",
    "//localhost:80@evil.example", "/\x00/evil.example", "/\x0b/evil.example",
    "/\x1f/evil.example", "/\x7f/evil.example", "//[::1]", "//evil%E3%80%82example",
    "//evil。example", "https:evil.example", "http:///evil.example", "http:\\\\evil.example",
    "//\\evil.example", "/./\\evil.example", "?next=//evil.example", "#//evil.example",
    "evil.example", "evil.example/path", "@evil.example", ":evil.example", "mailto:a@b",
    "ftp://evil.example", "file:///etc/passwd", "//evil.example\\@localhost",
    "blob:https://evil.example", "///\\;@evil.example", "/%0d%0aLocation:%20https://evil.example",
    "/\r\nLocation: https://evil.example", "\u2028//evil.example", "／／evil.example",
)  # fmt: skip


def test_next_leads_nowhere_else(enter, app):
    client = enter("broker")
    assert len(EVIL) >= 50
    for language in ("", "/en"):
        for target in EVIL:
            answer = client.get(f"{language}/sign-in", query_string={"next": target})
            to = answer.headers.get("Location", "/")
            assert answer.status_code in (302, 400), target
            assert re.match(r"/(?![/\\])", to), (target, to)
            assert not re.search(r"[\x00-\x20\x7f\\]", to), (target, to)
    for path in ("/zh//evil.example", "/zh/\\evil.example", "/zh///evil.example", "/zh/%09/e.x"):
        to = client.get(path).headers.get("Location", "/")
        assert re.match(r"/(?![/\\])", to), (path, to)


def test_a_foreign_host_is_refused(app):
    client = app.test_client()
    for host in ("evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil"):
        answer = client.get("/", headers={"Host": host})
        assert answer.status_code == 400, host
        assert "evil" not in answer.text
    given = client.get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert given.status_code == 200
    assert "evil.example" not in given.text


def paths() -> list[str]:
    return sorted({case.path for case in CASES if case.method == "GET"})


def test_headers_stand_on_every_answer(enter, app):
    client, visitor = enter("operator"), app.test_client()
    for path in [re.sub(r"\{\w+\}", "0" * 32, path) for path in paths()]:
        for one in (client, visitor):
            with one.get(path) as answer:
                head = answer.headers
                assert head["X-Content-Type-Options"] == "nosniff", path
                assert head["X-Frame-Options"] == "DENY", path
                assert "default-src 'none'" in head["Content-Security-Policy"], path
                assert "unsafe" not in head["Content-Security-Policy"], path
                assert head["Referrer-Policy"], path
                if "text/html" in head.get("Content-Type", ""):
                    assert re.search("private|no-store", head["Cache-Control"]), path
                if one is client and "text/html" in head.get("Content-Type", ""):
                    assert "no-store" in head["Cache-Control"], path
                    assert "Cookie" in head.get("Vary", ""), path


def test_the_cookie_is_kept_from_scripts_and_other_sites(app, free):
    client = app.test_client()
    set_cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    assert "Domain" not in set_cookie


def test_behind_https_the_cookie_is_bound_to_the_host(sample_market):
    settings = sample_market.settings.model_copy(update={"base_url": "https://market.example"})
    made = configuration(settings)
    assert made["SESSION_COOKIE_SECURE"] is True
    assert str(made["SESSION_COOKIE_NAME"]).startswith("__Host-")


def test_too_much_is_refused_with_a_sentence(app, enter):
    client = enter("researcher")
    token = token_of(client.get("/account").text)
    big = {"csrf_token": token, "name": "x" * (3 * 1024 * 1024), "language": "zh"}
    answer = client.post("/account/profile", data=big)
    assert answer.status_code == 413
    assert "<h1" in answer.text
    many = {"csrf_token": token} | {f"f{n}": "x" for n in range(1200)}
    answer = client.post("/account/profile", data=many, content_type="multipart/form-data")
    assert answer.status_code == 413
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * (3 * 1024 * 1024)
    kind = "multipart/form-data; boundary=x"
    visitor = app.test_client()
    assert visitor.post("/sign-in", data=body, content_type=kind).status_code == 413
    app.config["MAX_CONTENT_LENGTH"], kept = 1000, app.config["MAX_CONTENT_LENGTH"]
    try:
        assert client.post("/account/profile", data=big).status_code == 413
    finally:
        app.config["MAX_CONTENT_LENGTH"] = kept
