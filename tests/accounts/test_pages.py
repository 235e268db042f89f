"""The pages of accounts, driven as a browser drives them: forms, cookies, refusals."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import select

from accounts.models import Membership
from core.ids import show
from tests.accounts.conftest import PASSWORD, draft
from tests.apps import app_of
from tests.factors import code_by_mail

CSRF = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    def __init__(self, app):
        self.client = app.test_client()
        self.runtime = app.extensions["qiaoyi.runtime"]
        self.token = ""

    def get(self, path, status=200):
        answer = self.client.get(path)
        if found := CSRF.search(answer.data):
            self.token = found[1].decode()
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        return answer

    def post(self, path, status=302, **fields):
        answer = self.client.post(path, data={"csrf_token": self.token, **fields})
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        if found := CSRF.search(answer.data):
            self.token = found[1].decode()
        return answer

    def post_sign_in(self, mail, path="/en/sign-in", password=PASSWORD):
        """The first step; a minute later, so that a code used before is over."""
        self.runtime.database.clock.move(timedelta(minutes=1))
        self.get(path)
        answer = self.post(path, contact=mail, password=password)
        if "/sign-in/second" in answer.location:
            self.get(answer.location)
        return answer

    def sign_in(self, mail, path="/en/sign-in", password=PASSWORD):
        answer = self.post_sign_in(mail, path, password)
        if "/sign-in/second" in answer.location:
            code = code_by_mail(self.runtime.executor, mail)
            return self.post(answer.location, code=code)
        return answer


@pytest.fixture
def app(runtime):
    for old in (runtime.settings.data_dir / "mail").glob("*.eml"):
        old.unlink()
    return app_of(runtime, TESTING=False)


def find_in_letters(runtime, pattern):
    """The newest match in what would have been sent by mail."""
    found = []
    for path in sorted((runtime.settings.data_dir / "mail").glob("*.eml")):
        letter = message_from_bytes(path.read_bytes(), policy=default)
        found += re.findall(pattern, letter.get_body(("plain",)).get_content())
    return found[-1]


@pytest.fixture
def browser(app):
    return Browser(app)


@pytest.fixture
def operator(app, world):
    browser = Browser(app)
    browser.sign_in("operator@example.org")
    return browser


@pytest.fixture
def officer(app, world):
    browser = Browser(app)
    browser.sign_in("officer@example.org")
    return browser


def test_from_sign_up_by_mail_to_a_vetted_organisation(
    app, world, browser, operator, drain, runtime
):
    browser.get("/en/sign-up")
    asked = browser.post(
        "/en/sign-up", contact="mei@example.org", name="Mei Lin", password=PASSWORD
    )
    drain()
    code = find_in_letters(runtime, r"Enter (\d{6})")
    browser.get(asked.location)
    browser.post(
        asked.location, status=422, code="1" + code[:5] if code[0] != "1" else "2" + code[:5]
    )
    opened = browser.post(asked.location, code=code)
    assert opened.location == "/en/organisations/choose"
    browser.get("/en/organisations/new")
    wrong = browser.post("/en/organisations/new", status=422, kind="firm", name_en="Mei Works",
                         country="CN", number="91330100MA2A00001X")  # fmt: skip
    assert "credit code" in wrong.text
    made = browser.post("/en/organisations/new", kind="firm", name_en="Mei Works",
                        country="SE", register="Bolagsverket", number="556000-0000")  # fmt: skip
    assert "No document yet" in browser.get(made.location).text
    paper = {"kind": "registration", "file": (io.BytesIO(b"%PDF-1.7"), "licence.pdf")}
    browser.post(made.location, **paper)
    wrong = browser.post(
        made.location, status=422, kind="other", file=(io.BytesIO(b"MZ"), "letter.pdf")
    )
    assert "not what the name" in wrong.text
    page = browser.get(made.location.replace("documents", "members"))
    assert "has not vetted" in page.text
    listed = operator.get("/en/operator/organisations?state=applied")
    vetting = re.search(r'href="(/en/operator/organisations/org_[0-9a-f]+)"', listed.text)[1]
    assert "mei@example.org" in operator.get(vetting).text
    paper = re.search(
        r'href="(/en/organisations/[^"]+/documents/[0-9a-f]+)"', operator.get(vetting).text
    )
    with operator.get(paper[1]) as file:
        assert file.data == b"%PDF-1.7"
    operator.post(vetting, status=422, decision="refuse", reason="")
    operator.post(vetting, status=422, decision="approve", by_authority="authority")
    operator.post(vetting, decision="approve", by_number="registration", by_name="register")
    assert "by the certificate" in operator.get(vetting).text
    operator.post(vetting, decision="verify", by_number="registration", by_authority="call")
    assert "by a call" in browser.get(made.location).text
    drain()
    assert "Mei Works is vetted" in browser.get("/en/messages").text
    assert "Mei Works" in browser.get("/messages").text
    browser.post("/en/messages/read", upto="1000")
    assert "Mark all as read" not in browser.get("/en/messages").text


def test_a_wrong_password_says_the_same_as_an_unknown_contact(browser, world):
    texts = []
    for mail in ("officer@example.org", "nobody@example.org"):
        browser.get("/en/sign-in")
        page = browser.post("/en/sign-in", status=422, contact=mail, password="wrong one here")
        body = page.text.split("<main", 1)[1].replace(mail, "")
        texts.append(re.sub(r'value="[^"]*"', "", body))
    assert texts[0] == texts[1]
    assert "do not fit together" in texts[0]


def test_the_token_rotates_and_the_old_cookie_is_refused_after_signing_out(app, world):
    browser = Browser(app)
    browser.get("/en/sign-in")
    before = browser.client.get_cookie("market").value
    browser.sign_in("officer@example.org")
    signed_in = browser.client.get_cookie("market").value
    assert signed_in != before
    browser.get("/en/account")
    browser.post("/en/sign-out")
    thief = Browser(app)
    thief.client.set_cookie("market", signed_in)
    answer = thief.get("/en/account", status=302)
    assert answer.location.startswith("/en/sign-in?next=")


def test_personal_pages_are_kept_out_of_caches(officer):
    answer = officer.get("/en/account")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/account", "/en/account"),
        ("/search?q=a%20b", "/en/search?q=a%20b"),
        ("//evil.example", "/en/"),
        ("/\\evil.example", "/en/"),
        ("https://evil.example", "/en/"),
        ("javascript:alert(1)", "/en/"),
        ("/a\r\nSet-Cookie: x=1", "/en/"),
        ("///evil.example", "/en/"),
        ("", "/en/"),
    ],
)
def test_only_our_own_paths_are_followed_after_signing_in(app, world, target, lands):
    from urllib.parse import urlencode

    browser = Browser(app)
    answer = browser.sign_in("officer@example.org", "/en/sign-in?" + urlencode({"next": target}))
    assert answer.location == lands


def test_every_form_wants_its_token(app, world):
    client = app.test_client()
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods
             and rule.endpoint.partition(".")[0] in {"doors", "profile", "members", "operator",
                                                     "organisations", "messages"}]  # fmt: skip
    assert len(posts) > 15
    for rule in posts:
        path = re.sub(r"<[^>]+>", "x", rule.rule)
        assert client.post(path, data={}).status_code == 400, path


@pytest.mark.parametrize(
    "path",
    ["", "/organisations", "/people", "/listings", "/audit", "/health"],
)
def test_the_console_exists_for_operators_only(app, world, operator, officer, path):
    assert operator.get(f"/en/operator{path}")
    assert operator.get(f"/operator{path}")
    officer.get(f"/en/operator{path}", status=404)
    Browser(app).get(f"/en/operator{path}", status=302)


def test_the_audit_page_verifies_a_stream(operator, world):
    page = operator.get(f"/en/operator/audit?stream=organisation:{world.institute}&verify=1")
    assert "Verified: 1 streams" in page.text
    assert "decided_approve" in page.text


def test_an_administrator_invites_and_a_colleague_joins_and_leaves(
    app, world, officer, drain, runtime
):
    members = f"/en/organisations/{show('organisation', world.institute)}"
    officer.get(f"{members}/members")
    officer.post(
        f"{members}/invitations", status=422, contact="x", roles="researcher", language="en"
    )
    officer.post(f"{members}/invitations", contact="mei@example.org", roles="researcher",
                 language="en")  # fmt: skip
    drain()
    link = find_in_letters(runtime, r"/en/join/\S+")
    mei = world.person("mei@example.org")
    browser = Browser(app)
    browser.sign_in("mei@example.org")
    assert "Researcher" in browser.get(link).text
    browser.post(link)
    assert world.actor(mei).has("researcher", world.institute)
    page = officer.get(f"{members}/members").text
    with world.executor.database.read() as session:
        seat = session.scalar(select(Membership.id).where(Membership.person == mei))
    assert f"/en/memberships/{seat}/end" in page
    officer.post(f"/en/memberships/{seat}/end")
    browser.get("/en/account", status=302)
    assert world.actor(mei).seats == ()


def test_asking_to_join_reaches_the_administrator(app, world, officer, drain):
    world.person("mei@example.org")
    browser = Browser(app)
    browser.sign_in("mei@example.org")
    assert "Works HRB 1" in browser.get("/en/organisations/choose?name=works").text
    home = f"/en/organisations/{show('organisation', world.institute)}"
    browser.get(f"{home}/join")
    browser.post(f"{home}/join", note="Chemistry department")
    drain()
    assert "Somebody wants to join Works HRB 1" in officer.get("/en/messages").text
    page = officer.get(f"{home}/members").text
    assert "Chemistry department" in page
    asked = re.search(r"/en/join-requests/([0-9a-f]{32})/answer", page)[1]
    officer.post(f"/en/join-requests/{asked}/answer", answer="accept", roles="researcher")
    drain()
    assert "has answered your request" in browser.get("/en/messages").text


def test_ones_own_account(app, world, officer):
    other = Browser(app)
    other.sign_in("officer@example.org")
    page = officer.get("/en/account").text
    assert "Works HRB 1" in page
    officer.post("/en/account/profile", name="Fei Qi", latin_name="", language="zh")
    officer.post("/en/account/profile", status=422, name=" ", latin_name="", language="zh")
    officer.get("/en/account")
    officer.post("/en/account/sessions/end-others")
    other.get("/en/account", status=302)
    officer.post(
        "/en/account/password", status=422, old="wrong one here", password="another good one"
    )
    officer.post("/en/account/password", old=PASSWORD, password="another good one")
    officer.get("/en/account")


def test_a_forgotten_password(app, world, drain, runtime):
    browser = Browser(app)
    browser.get("/en/forgotten")
    asked = browser.post("/en/forgotten", contact="officer@example.org")
    drain()
    code = find_in_letters(runtime, r"Enter (\d{6})")
    browser.get(asked.location)
    browser.post(asked.location, code=code, password="a third good sentence")
    assert browser.sign_in("officer@example.org", password="a third good sentence")
    assert "officer@example.org" in browser.get("/en/account").text


def test_another_organisations_members_are_not_shown(app, world, officer):
    mei = world.person("mei@example.org")
    firm = world.registrar.organisation(mei, draft("HRB 5"), vetted_by=world.operator)
    closed = officer.get(f"/en/organisations/{show('organisation', firm)}/members", status=403)
    assert "Mei" not in closed.text
    waiting = world.registrar.organisation(mei, draft("HRB 6"))
    officer.get(f"/en/organisations/{show('organisation', waiting)}/members", status=404)
    officer.get("/en/organisations/nonsense/members", status=404)


def test_the_outbox_is_for_this_machine_only(app, world):
    client = app.test_client()
    far = client.get("/dev/mail", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert far.status_code == 404
    assert client.get("/dev/mail").status_code == 200
    assert client.get("/dev/sms").status_code == 200


def test_whoever_registers_sees_whom_it_could_be(browser, world):
    world.person("mei@example.org")
    browser.sign_in("mei@example.org")
    browser.get("/en/organisations/new")
    typed = {"kind": "firm", "name_en": "The Works HRB 1, Ltd.", "country": "SE",
             "register": "Bolagsverket", "number": "556000-0000"}  # fmt: skip
    asked = browser.post("/en/organisations/new", status=422, **typed)
    assert "Is it one of these?" in asked.text
    assert f"/en/organisations/{show('organisation', world.institute)}/join" in asked.text
    browser.post("/en/organisations/new", distinct="y", **typed)
