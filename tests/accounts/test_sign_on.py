"""Signing on through an institution, driven as a browser drives it, against a real provider."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import delete, select

from accounts.actions.end_membership import end_membership
from accounts.codes import Codes
from accounts.errors import SecondPersonNeeded
from accounts.models import (
    Challenge,
    Credential,
    JoinRequest,
    LoginSession,
    Membership,
    Person,
)
from accounts.rules import FRESH
from accounts.sign_on.actions.begin_sign_on import begin_sign_on
from accounts.sign_on.actions.claim_domain import claim_domain
from accounts.sign_on.actions.decide_domain import decide_domain
from accounts.sign_on.actions.decide_provider import decide_provider
from accounts.sign_on.actions.drop_domain import drop_domain
from accounts.sign_on.actions.end_provider import end_provider
from accounts.sign_on.actions.link_identity import link_identity
from accounts.sign_on.actions.propose_provider import propose_provider
from accounts.sign_on.actions.take_answer import take_answer
from accounts.sign_on.actions.take_offered_seat import take_offered_seat
from accounts.sign_on.checking import Claims
from accounts.sign_on.errors import DomainTaken, NotOffered
from accounts.sign_on.keeping import seal, unseal
from accounts.sign_on.models import IdentityProvider, LinkedIdentity
from accounts.sign_on.queries import find_institutions, orcids_of
from accounts.sign_on.rules import ORCID, and_above, domain_problems, read_domain
from core.actor import ANONYMOUS
from core.errors import Forbidden, Invalid
from core.ids import show
from core.models import Base
from core.ports import OpenIdClient
from tests.accounts.conftest import PASSWORD, draft
from tests.accounts.test_pages import Browser, app
from tests.openid import CLIENT, EC, RSA, SECRET, STRANGE, provider, unsigned, visit
from tests.racing import race

__all__ = ["app"]


@pytest.fixture
def there(clock, executor):
    with provider(clock) as one:
        port = urlsplit(one.issuer).port
        executor.ports.outbound.near_ports.add(port)
        yield one
        executor.ports.outbound.near_ports.discard(port)


def approved(world, there, joins="ask", organisation=None, proposer=None):
    """The id of a provider that two people have brought into use."""
    run, officer = world.executor.run, world.actor(proposer or world.officer)
    typed = (organisation or world.institute, there.issuer, CLIENT, SECRET, joins)
    proposed = run(officer, propose_provider, *typed).ref
    run(world.actor(world.operator), decide_provider, proposed, approve=True)
    return proposed


def set_out(browser, provider, path="/en/sign-on/{}/go"):
    return browser.get(path.format(provider), status=302).location


def arrive(browser, path, status=302):
    """The provider knows one address for the way back; the language is found again there."""
    answer = browser.client.get(path)
    if answer.status_code == 302 and "/back?" in answer.location:
        path = answer.location
    elif answer.status_code == status:
        return answer
    return browser.get(path, status=status)


def come_back(browser, provider, status=302):
    return arrive(browser, visit(set_out(browser, provider)), status)


def linked(world, browser, provider):
    """Links the signed-in person; the browser is sent on by a link, not by a form."""
    browser.get(f"/en/account/identities?provider={provider}")
    page = browser.post(f"/en/account/identities/{provider}/link", status=200)
    address = re.search(r'class="b go" href="(http://localhost:[^"]+)"', page.text)[1]
    return arrive(browser, visit(address.replace("&amp;", "&")))


@pytest.fixture
def mei(app, world):
    person = world.person("mei@example.org")
    browser = Browser(app)
    browser.sign_in("mei@example.org")
    return person, browser


def test_a_newcomer_makes_an_account_by_a_code_of_ours_and_asks_to_join(app, world, there):
    id, browser = approved(world, there), Browser(app)
    browser.get("/en/sign-in")
    found = browser.get("/en/sign-on?name=Works")
    assert f"/en/sign-on/{id}/go" in found.text
    assert come_back(browser, id).location == "/en/sign-on/new"
    page = browser.get("/en/sign-on/new")
    assert 'value="Lin Mei"' in page.text
    asked = browser.post("/en/sign-on/new", name="Lin Mei", contact="lin@works.example")
    assert "/confirm/" in asked.location
    browser.get("/en/account", status=302)
    challenge = asked.location.rpartition("/")[2]
    browser.get(asked.location)
    opened = browser.post(asked.location, code=world.codes.code(challenge))
    assert opened.location == "/en/organisations/offers"
    browser.get(opened.location)
    browser.post(seat(world))
    with world.executor.database.read() as session:
        assert session.scalars(select(JoinRequest.state)).all() == ["open"]
    browser.post("/en/sign-out")
    again = come_back(browser, id)
    assert again.location == "/en/", "what was asked is offered no more"
    assert "Lin Mei" in browser.get("/en/account").text
    assert "client_secret" not in there.redeemed[-1][1], "the secret goes in the header"


def seat(world):
    return f"/en/organisations/{show('organisation', world.institute)}/seat"


def test_a_seat_is_granted_at_once_where_the_organisation_chose_so_and_never_twice(
    app, world, there, mei
):
    person, browser = mei
    id = approved(world, there, joins="grant")
    assert linked(world, browser, id).location == "/en/account/identities"
    browser.get("/en/organisations/offers")
    browser.post(seat(world))
    assert world.actor(person).has("researcher", world.institute)
    browser.get("/en/account")
    browser.post(seat(world), status=403)


def test_an_equal_mail_address_links_nothing(app, world, there, mei):
    id, stranger = approved(world, there), Browser(app)
    there.claims = {"email": "mei@example.org", "email_verified": True}
    assert come_back(stranger, id).location == "/en/sign-on/new"
    stranger.get("/en/sign-on/new")
    asked = stranger.post("/en/sign-on/new", name="Not Mei", contact="mei@example.org")
    assert "/confirm/" in asked.location, "it looks as for any other address"
    stranger.get("/en/account", status=302)
    with world.executor.database.read() as session:
        assert session.scalars(select(LinkedIdentity)).all() == []
        made = session.get_one(Challenge, asked.location.rpartition("/")[2])
    assert made.purpose == "known"


def test_the_second_factor_is_asked_for_after_the_sign_on(app, world, there):
    id, browser = approved(world, there), Browser(app)
    browser.sign_in("officer@example.org")
    linked(world, browser, id)
    browser.get("/en/account")
    browser.post("/en/sign-out")
    half = come_back(browser, id)
    assert half.location == "/en/sign-in/second"
    browser.get("/en/account", status=302)


def test_when_the_institution_ends_it_the_password_still_opens(app, world, there, mei):
    _, browser = mei
    id = approved(world, there)
    linked(world, browser, id)
    other = Browser(app)
    on_the_way = set_out(other, id)
    world.executor.run(world.actor(world.officer), end_provider, world.institute)
    assert arrive(other, visit(on_the_way), status=404)
    other.get(f"/en/sign-on/{id}/go", status=404)
    assert "/account" not in other.sign_in("mei@example.org").location
    other.get("/en/account")
    with world.executor.database.read() as session:
        assert session.scalars(select(IdentityProvider.secret)).all() == [""]


def test_an_unlinked_identity_opens_nothing(app, world, there, mei):
    person, browser = mei
    id = approved(world, there)
    linked(world, browser, id)
    with world.executor.database.read() as session:
        row = session.scalars(select(LinkedIdentity).where(LinkedIdentity.person == person)).one()
    browser.get("/en/account/identities")
    browser.post(f"/en/account/identities/{row.id}/remove")
    assert come_back(Browser(app), id).location == "/en/sign-on/new"


def good(there, asked, now):
    return {"iss": there.issuer, "sub": "u-1", "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"]}  # fmt: skip


def hmac_by_the_published_key(there, asked, now):
    """The classic: the public key taken for a shared secret."""
    key = OctKey.import_key(SECRET.encode() * 4)
    return jwt.encode({"alg": "HS256", "kid": "rsa"}, good(there, asked, now), key, ["HS256"])


ATTACKS = {
    "nonce of another journey": {"claims": {"nonce": "other"}},
    "no nonce": {"claims": {"nonce": None}},
    "other issuer": {"claims": {"iss": "https://id.elsewhere.example"}},
    "other audience": {"claims": {"aud": "another"}},
    "several audiences, none named": {"claims": {"aud": [CLIENT, "another"]}},
    "for another party": {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
    "over": {"claims": {"exp": -61}},
    "no end": {"claims": {"exp": None}},
    "not yet": {"claims": {"nbf": 120}},
    "made later": {"claims": {"iat": 120}},
    "no subject": {"claims": {"sub": None}},
    "empty subject": {"claims": {"sub": ""}},
    "a subject that is a number": {"claims": {"sub": 7}},
    "a subject too long": {"claims": {"sub": "x" * 256}},
    "a subject with line ends": {"claims": {"sub": "u-1\n"}},
    "a key never published": {"key": STRANGE},
    "a key not known": {"header": {"kid": "nobody"}},
    "another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "alg none": {"token": lambda *said: unsigned(good(*said))},
    "shared secret": {"token": hmac_by_the_published_key},
    "no token": {"token": lambda *_said: "not.a.token"},
    "mix-up: answer of another issuer": {"answer": {"iss": "https://id.elsewhere.example"}},
    "mix-up: answer of nobody": {"answer": {"iss": None}},
    "a code never issued": {"answer": {"code": "guessed"}},
    "no code": {"answer": {"code": None}},
    "document of another issuer": {"later": {"issuer": "https://id.elsewhere.example"}},
    "keys in a private network": {"later": {"jwks_uri": "http://169.254.169.254/keys"}},
    "token endpoint in a private network": {"later": {"token_endpoint": "http://10.0.0.1/token"}},
    "keys as a file": {"later": {"jwks_uri": "file:///etc/passwd"}},
}


def test_no_bad_answer_opens_anything(app, world, there, mei, clock):
    """Each attack against an account that is linked, and after it the good answer still opens."""
    _, browser = mei
    id = approved(world, there)
    linked(world, browser, id)
    opened = {}
    for name, attack in ATTACKS.items():
        clock.move(timedelta(minutes=2))
        visitor = Browser(app)
        address = set_out(visitor, id)
        now = int(clock.now.timestamp())
        times = {"exp", "nbf", "iat"}
        there.claims = {
            claim: now + value if claim in times and value is not None else value
            for claim, value in attack.get("claims", {}).items()
        }
        there.key = attack.get("key", there.key)
        there.header, there.answer = attack.get("header", {}), attack.get("answer", {})
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        there.token = attack["token"](there, asked, now) if "token" in attack else None
        back = visit(address)
        there.document = attack.get("later", {})
        answer = visitor.client.get(back, follow_redirects=True)
        there.claims, there.header, there.answer, there.document = {}, {}, {}, {}
        there.token, there.key = None, RSA
        if answer.status_code != 422 or visitor.client.get("/en/account").status_code != 302:
            opened[name] = answer.status_code
    assert opened == {}
    assert come_back(Browser(app), id).location == "/en/organisations/offers"


def test_a_state_serves_its_own_browser_once_and_its_own_provider(app, world, there, mei, clock):
    person, browser = mei
    id = approved(world, there)
    linked(world, browser, id)
    victim, attacker = Browser(app), Browser(app)
    foreign = visit(set_out(attacker, id))
    set_out(victim, id)
    arrive(victim, foreign, status=410)
    own = visit(set_out(victim, id))
    bare = Browser(app)
    arrive(bare, own, status=410)
    there.serves_twice = True
    assert arrive(victim, own).location == "/en/organisations/offers"
    arrive(victim, own, status=410)
    late = Browser(app)
    waited = visit(set_out(late, id))
    clock.move(timedelta(minutes=11))
    arrive(late, waited, status=410)
    mixed = Browser(app)
    answer = visit(set_out(mixed, id))
    arrive(mixed, answer.replace(id, "orcid"), status=410)
    denied = Browser(app)
    there.answer = {"error": "access_denied", "code": None}
    assert "broken off" in come_back(denied, id, status=422).text
    assert person


def test_only_who_set_out_to_link_is_linked(app, world, there, mei):
    """An attacker's answer in the victim's browser would open the victim's account to them."""
    _, browser = mei
    id = approved(world, there)
    attacker = Browser(app)
    world.person("eve@example.org")
    attacker.sign_in("eve@example.org")
    attacker.get(f"/en/account/identities?provider={id}")
    page = attacker.post(f"/en/account/identities/{id}/link", status=200)
    address = re.search(r'class="b go" href="(http://localhost:[^"]+)"', page.text)[1]
    back = visit(address.replace("&amp;", "&"))
    arrive(browser, back, status=410)
    with attacker.client.session_transaction() as cookie:
        journey = cookie["sign_on"]
    with browser.client.session_transaction() as cookie:
        cookie["sign_on"] = journey
    arrive(browser, back, status=410)
    with world.executor.database.read() as session:
        assert session.scalars(select(LinkedIdentity)).all() == []


def proven(world, person):
    with world.executor.database.read() as session:
        rows = session.scalars(select(LoginSession).where(LoginSession.person == person))
        return max(row.proven_at or row.created_at for row in rows)


def test_who_has_no_password_shows_at_the_institution_again_who_they_are(
    app, world, there, mei, clock
):
    person, browser = mei
    id = approved(world, there)
    linked(world, browser, id)
    with world.executor.database.write() as session:
        session.execute(delete(Credential).where(Credential.person == person))
        session.commit()
    clock.move(FRESH + timedelta(minutes=1))
    path = f"/en/sign-on/{id}/again?next=/account/privacy"
    page = browser.get("/en/sign-in/again?next=/account/privacy").text
    assert path in page
    assert 'type="password"' not in page
    stale = proven(world, person)
    now = int(clock.now.timestamp())
    for who, said in (("u-1", now - 3600), ("u-1", None), ("u-1", "now"), ("u-2", now)):
        there.who, there.claims = who, {"auth_time": said}
        arrive(browser, visit(set_out(browser, id, path)), status=422)
        assert proven(world, person) == stale, (who, said)
    there.who, there.claims = "u-1", {"auth_time": now}
    assert arrive(browser, visit(set_out(browser, id, path))).location == "/en/account/privacy"
    assert proven(world, person) == clock.now
    assert (there.asked[-1]["prompt"], there.asked[-1]["max_age"]) == ("login", "0")
    back = visit(set_out(browser, id, path))
    browser.post("/en/sign-out")
    arrive(browser, back, status=410)
    Browser(app).get(path, status=302)  # a visitor is sent to sign in


def test_an_identity_is_of_one_person_and_elliptic_keys_do(app, world, there, mei):
    _, browser = mei
    id = approved(world, there)
    there.key = EC
    there.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    linked(world, browser, id)
    assert there.redeemed[-1][1]["client_secret"] == SECRET
    world.person("eve@example.org")
    eve = Browser(app)
    eve.sign_in("eve@example.org")
    eve.get(f"/en/account/identities?provider={id}")
    page = eve.post(f"/en/account/identities/{id}/link", status=200)
    address = re.search(r'class="b go" href="(http://localhost:[^"]+)"', page.text)[1]
    taken = arrive(eve, visit(address.replace("&amp;", "&")), status=409)
    assert "another account" in taken.text


def test_it_leads_nowhere_else(app, world, there, mei):
    _, browser = mei
    id = approved(world, there)
    linked(world, browser, id)
    for target, end in {
        "https://evil.example/": "/en/",
        "//evil.example": "/en/",
        "/\\evil.example": "/en/",
        "/messages": "/en/messages",
    }.items():
        visitor = Browser(app)
        address = visitor.client.get(f"/en/sign-on/{id}/go", query_string={"next": target}).location
        assert arrive(visitor, visit(address)).location == end


def test_two_people_bring_a_provider_into_use(world, there):
    run = world.executor.run
    typed = (there.issuer, CLIENT, SECRET, "ask")
    outsider = world.actor(world.person("out@example.org"))
    with pytest.raises(Forbidden):
        run(outsider, propose_provider, world.institute, *typed)
    operator = world.actor(world.operator)
    house = next(iter(operator.organisations))
    own = run(operator, propose_provider, house, *typed).ref
    with pytest.raises(SecondPersonNeeded):
        run(operator, decide_provider, own, approve=True)
    first = approved(world, there)
    second = approved(world, there)
    with world.executor.database.read() as session:
        rows = {row.id: row for row in session.scalars(select(IdentityProvider))}
    assert (rows[first].state, rows[second].state) == ("ended", "approved")
    assert SECRET not in rows[second].secret
    key = world.executor.ports.secret
    assert unseal(key, second, rows[second].secret) == SECRET
    assert unseal(key, first, rows[second].secret) is None
    assert unseal(key + b"x", second, seal(key, second, SECRET)) is None


@pytest.mark.parametrize(
    ("issuer", "words"),
    [
        ("https://10.0.0.1", "public"),
        ("https://localhost", "public"),
        ("http://id.example.org:22", "public"),
        ("https://me@id.example.org", "public"),
        ("https://id.example.org?x=1", "issuer alone"),
        ("https://accounts.google.com", "Anybody"),
        ("id.example.org", "https"),
    ],
)
def test_an_issuer_must_be_public_and_somebodys(world, issuer, words):
    officer = world.actor(world.officer)
    with pytest.raises(Invalid) as refused:
        world.executor.run(officer, propose_provider, world.institute, issuer, "c", "s", "ask")
    assert words in refused.value.problems["issuer"][0].text


def test_a_sign_up_that_lapses_takes_its_link_along(app, world, there, clock, drain):
    id, browser = approved(world, there), Browser(app)
    come_back(browser, id)
    browser.get("/en/sign-on/new")
    browser.post("/en/sign-on/new", name="Lin", contact="lin@works.example")
    clock.move(timedelta(days=8))
    drain()
    with world.executor.database.read() as session:
        assert session.scalars(select(LinkedIdentity)).all() == []
        assert "lapsed" in session.scalars(select(Person.state)).all()


def test_derived_values_of_one_journey_do_not_tell_each_other(world):
    codes = Codes(world.executor.ports.secret)
    three = {codes.derived(what, "j") for what in ("sign_on_nonce", "sign_on_verifier")}
    assert len(three | {codes.token("sign_on", "j")}) == 3
    assert all(len(one) == 43 for one in three)
    assert PASSWORD not in three


def test_nothing_of_the_provider_is_kept(app, world, there, mei, drain):
    """Neither the codes and tokens of a journey, nor the client's secret in the clear."""
    _, browser = mei
    there.who, there.name = "subject-of-mei", "Name at home"
    linked(world, browser, approved(world, there))
    drain()
    code = there.redeemed[-1][1]["code"]
    spoken = [code, there.redeemed[-1][1]["code_verifier"], there.asked[-1]["nonce"], SECRET]
    with world.executor.database.read() as session:
        kept = " ".join(
            repr(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        )
    assert "subject-of-mei" in kept, "the search would find it"
    assert [one for one in [*spoken, "Name at home"] if one in kept] == []


ORCID_ID = "0000-0002-1825-0097"


@pytest.fixture
def orcid(there, executor, monkeypatch):
    """The market is registered with ORCID, which this provider plays."""
    client = OpenIdClient(there.issuer, CLIENT, SECRET)
    monkeypatch.setattr(executor, "ports", replace(executor.ports, orcid=client))
    there.who = ORCID_ID
    return there


def test_an_orcid_is_linked_shown_and_opens_no_account(app, world, orcid, mei):
    person, browser = mei
    assert "Link my ORCID iD" in browser.get("/en/account/identities").text
    assert linked(world, browser, "orcid").location == "/en/account/identities"
    assert orcid.asked[-1]["scope"] == "openid"
    for page in ("/en/account/identities", "/en/account"):
        assert f"https://orcid.org/{ORCID_ID}" in browser.get(page).text
    Browser(app).get("/en/sign-on/orcid/go", status=404)
    with world.executor.database.read() as session:
        assert orcids_of(session, [person]) == {person: ORCID_ID}


def test_an_orcid_with_a_wrong_digit_is_refused(app, world, orcid, mei):
    _, browser = mei
    orcid.who = "0000-0002-1825-0098"
    browser.get("/en/account/identities")
    page = browser.post("/en/account/identities/orcid/link", status=200)
    address = re.search(r'class="b go" href="(http://localhost:[^"]+)"', page.text)[1]
    arrive(browser, visit(address.replace("&amp;", "&")), status=422)
    with world.executor.database.read() as session:
        assert session.scalars(select(LinkedIdentity)).all() == []


def test_domains_that_anybody_shares_are_refused():
    refused = ["qq.com", "mail.163.com", "edu.cn", "ac.uk", "localhost", "a..b", "-x.cn", "1.2.3.4"]
    assert [one for one in refused if not domain_problems(one)] == []
    assert domain_problems(read_domain("Zhejiang-Uni.edu.cn")) == []
    read = {
        "me@Uni.edu.cn": "uni.edu.cn",
        "https://uni.edu.cn/x": "uni.edu.cn",
        "大学.cn": "xn--pss25c.cn",
    }
    assert {typed: read_domain(typed) for typed in read} == read
    assert and_above("stu.uni.edu.cn") == ["stu.uni.edu.cn", "uni.edu.cn", "edu.cn"]


def test_a_proven_address_of_a_confirmed_domain_is_offered_a_seat(app, world, drain):
    run, officer = world.executor.run, world.actor(world.officer)
    operator = world.actor(world.operator)
    claimed = run(officer, claim_domain, world.institute, "works.example", "grant").ref
    with pytest.raises(DomainTaken):
        run(officer, claim_domain, world.institute, "WORKS.example", "ask")
    lin, sub = world.person("lin@works.example"), world.person("lin@stu.works.example")
    with pytest.raises(NotOffered):
        run(world.actor(lin), take_offered_seat, world.institute)
    with pytest.raises(Invalid):
        run(operator, decide_domain, claimed, confirm=True, evidence="")
    run(operator, decide_domain, claimed, confirm=True, evidence="The register of the domain.")
    with pytest.raises(NotOffered):
        run(world.actor(sub), take_offered_seat, world.institute)
    browser = Browser(app)
    browser.sign_in("lin@works.example")
    assert "/organisations/offers" in browser.get("/en/account").text
    browser.get("/en/organisations/offers")
    browser.post(seat(world))
    assert world.actor(lin).has("researcher", world.institute)
    with world.executor.database.read() as session:
        where = Membership.person == lin
        row = session.scalars(select(Membership.id).where(where)).one()
    run(officer, end_membership, row)
    assert run(world.actor(lin), take_offered_seat, world.institute).ref == "asked", (
        "they left once"
    )
    rival = world.registrar.organisation(
        world.person("rival@example.org"), draft("HRB 7", "firm"), vetted_by=world.operator
    )
    admin = world.actor(world.person("r2@example.org"))
    with pytest.raises(Forbidden):
        run(admin, claim_domain, rival, "rival.example", "ask")
    run(officer, drop_domain, claimed)
    with world.executor.database.read() as session:
        assert find_institutions(session, "lin@stu.works.example", "en") == []


def test_one_domain_two_claims_one_confirmed(world):
    run, officer = world.executor.run, world.actor(world.officer)
    operator = world.actor(world.operator)
    boss = world.person("boss@example.org")
    firm = world.registrar.organisation(boss, draft("HRB 7", "firm"), vetted_by=world.operator)
    claims = [
        run(officer, claim_domain, world.institute, "shared.example", "ask").ref,
        run(world.actor(boss), claim_domain, firm, "shared.example", "ask").ref,
    ]
    run(operator, decide_domain, claims[0], confirm=True, evidence="Seen.")
    with pytest.raises(DomainTaken):
        run(operator, decide_domain, claims[1], confirm=True, evidence="Seen.")


def test_two_at_once_take_one_answer_one_seat_and_one_identity(world):
    """The same answer twice, a double press for a seat, one identity for two accounts."""
    run, officer = world.executor.run, world.actor(world.officer)
    domain = run(officer, claim_domain, world.institute, "works.example", "grant").ref
    run(world.actor(world.operator), decide_domain, domain, confirm=True, evidence="Seen.")
    ends = Counter()
    for n in range(5):
        people = [world.person(f"{name}{n}@works.example") for name in ("a", "b")]
        journey = run(ANONYMOUS, begin_sign_on, ORCID, "enter").ref
        ends.update(race(*[partial(run, ANONYMOUS, take_answer, journey, ORCID)] * 2))
        one = world.actor(people[0])
        ends.update(race(*[partial(run, one, take_offered_seat, world.institute)] * 2))
        said = Claims("https://id.example.org", f"subject-{n}", "")
        links = []
        for person in people:
            actor = world.actor(person)
            own = run(actor, begin_sign_on, "a-provider", "link").ref
            run(actor, take_answer, own, "a-provider")
            links.append(partial(run, actor, link_identity, own, said))
        ends.update(race(*links))
    with world.executor.database.read() as session:
        linked_now = session.scalars(select(LinkedIdentity.subject)).all()
        seats = session.scalars(select(Membership.person).where(Membership.roles != [])).all()
    assert len(linked_now) == len(set(linked_now)) == 5
    assert len(seats) == len(set(seats))
    assert ends["done"] == 15, ends
