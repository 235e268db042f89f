"""The market's own wording of letters: proposed, approved by another, used from its day on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions.sign_up import sign_up
from core.actor import ANONYMOUS
from core.errors import Invalid
from core.i18n import translator
from core.law import LawError
from core.law.wordings import parse_wording, placeholders
from core.times import legal_date
from governance.actions.approve_amendment import approve_amendment
from governance.actions.propose_amendment import propose_amendment
from governance.amending import Proposed
from governance.announcements import standing
from governance.wording_rules import wording_problems
from notifications.wordings import LETTERS, Wordings, shipped
from tests.accounts.conftest import PASSWORD
from tests.deals.conftest import OPERATOR, person
from tests.governance.conftest import stage as stage
from tests.notifications.test_letters import MAIL
from tests.notifications.test_letters import post as post

CODE = "code.confirm"
OWN = {
    "zh": ("验证码 %(code)s", "您的验证码是 %(code)s，一百%% 免费。"),
    "en": ("Code %(code)s", "Your code is %(code)s, 100%% free."),
}


def toml(name: str = CODE, **changed: tuple[str, str]) -> str:
    lines = [f'name = "{name}"']
    for language, (subject, body) in (OWN | changed).items():
        lines += [f"[{language}]", f"subject = '{subject}'", f"body = '{body}'"]
    return "\n".join(lines)


@pytest.mark.parametrize("name", sorted(LETTERS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shipped_would_be_taken_as_an_own_wording(name, language):
    say = translator(language).gettext
    said = tuple(say(part).replace("'", "’") for part in shipped()[name])
    both = {"zh": said, "en": said}
    assert wording_problems(name, toml(name, **both), shipped()) == {}


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"zh": ("码", "没有代码")}, {"zh_body"}),
        ({"en": ("%(code)s", "%(code)s %(password)s")}, {"en_body"}),
        ({"en": ("%(link)s", "%(code)s")}, {"en_body"}),
        ({"en": ("%(code)s", "100 % %(code)s")}, {"text"}),
        ({"en": ("%(code)d", "%(code)s")}, {"text"}),
        ({"zh": ("", "%(code)s")}, {"text"}),
        ({"zh": ("码" * 121, "%(code)s")}, {"text"}),
    ],
)
def test_what_a_letter_could_not_say_is_refused(changed, where):
    assert set(wording_problems(CODE, toml(**changed), shipped())) == where


def test_an_unknown_letter_or_text_is_refused():
    assert wording_problems("moon", toml("moon"), shipped())
    for text in ("", "name = ", 'name = "x"', f'name = "{CODE}"', toml() + "\nshipped = true"):
        assert wording_problems(CODE, text, shipped()), text
    assert wording_problems(CODE, f'name = "{CODE}"\nshipped = true', shipped()) == {}


@given(st.text(max_size=60))
def test_whatever_is_taken_can_be_filled(text):
    try:
        names = placeholders(text)
    except LawError:
        return
    assert text % dict.fromkeys(names, "x") is not None


@pytest.fixture
def today(runtime):
    with runtime.database.read() as session:
        return legal_date(runtime.database.now(session), runtime.settings.zone)


def amend(stage, text: str, day) -> None:
    proposed = Proposed("wording", CODE, text, day, "统一用语。")
    made = stage.executor.run(stage.operator, propose_amendment, proposed).ref
    stage.executor.run(person("second-operator", OPERATOR), approve_amendment, made)
    stage.executor.forget_law()


def test_a_letter_speaks_as_approved_from_its_day_on(stage, today, clock, drain, post, runtime):
    day = today + timedelta(days=8)
    amend(stage, toml(), day)
    law = stage.executor.law
    assert law.wording(CODE, day - timedelta(days=1)) is None
    assert parse_wording(CODE, toml()) == law.wording(CODE, day)
    with runtime.database.read() as session:
        assert standing(session, runtime.database.now(session)) == [], "letters are no rules"
    clock.move(timedelta(days=9))
    stage.executor.run(ANONYMOUS, sign_up, MAIL, "Mei", PASSWORD, "zh")
    drain()
    (_, _, subject, body) = post.sent[-1]
    assert subject.startswith("验证码 ")
    assert "一百% 免费" in body
    amend(stage, f'name = "{CODE}"\nshipped = true\n', today + timedelta(days=18))
    clock.move(timedelta(days=9))
    later = Wordings(stage.executor.law, today + timedelta(days=18))
    assert later.say(CODE, "en", {"code": "1"}) == Wordings().say(CODE, "en", {"code": "1"})


def test_days_of_notice_count_for_letters_too(stage, today):
    for day in (None, today, today + timedelta(days=7)):
        proposed = Proposed("wording", CODE, toml(), day, "统一用语。")
        with pytest.raises(Invalid) as refused:
            stage.executor.run(stage.operator, propose_amendment, proposed)
        assert set(refused.value.problems) == {"takes_effect"}


def test_a_letter_is_worded_in_the_form(sample_market, client_of):
    client = client_of("operator")
    assert "deal.accepted" in client.get("/operator/policies/letters").text
    path = "/operator/policies/letters/deal.accepted"
    page = client.get(path).text
    assert "%(title)s" in page
    with sample_market.database.read() as session:
        now = sample_market.database.now(session)
    day = legal_date(now, sample_market.settings.zone) + timedelta(days=30)
    data = {
        "zh_subject": "已接受：%(title)s",
        "zh_body": "请查看。\r\n谢谢",
        "en_subject": "Accepted",
        "en_body": "Look at %(title)s.",
        "takes_effect": day.isoformat(),
        "reason": "简明",
    }
    answer = client.post(path, data=data)
    assert answer.status_code == 302, answer.text
    one = client.get(answer.headers["Location"]).text
    assert "Look at %(title)s." in one
    wrong = client.post(path, data=data | {"en_body": "%(code)s"})
    assert wrong.status_code == 422
    assert 'id="en_body-error"' in wrong.text
