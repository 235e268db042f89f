"""What is switched off is offered nowhere: no link leads into it."""

from __future__ import annotations

import pytest

from governance.actions.choose_feature import choose_feature
from tests.trust.world import demo
from webapp.presenters import standing

LINKS = [
    ("imports", "tto_officer", "/queue", '/imports"'),
    ("drafting", "researcher", "/workbench/new", "/workbench/draft-from-file"),
    ("webhooks", "tto_officer", "/account", "/account/webhooks"),
    ("tokens", "tto_officer", "/account", "/account/tokens"),
]


@pytest.mark.parametrize(("feature", "role", "page", "link"), LINKS)
def test_no_link_leads_into_what_is_switched_off(
    sample_market, sample_app, client_of, feature, role, page, link
):
    run, operator = sample_market.executor.run, demo(sample_market, "operator")
    assert link in client_of(role).get(page).text
    for state, offered in (("off", False), ("on", True)):
        run(operator, choose_feature, feature, state, "", "维护")
        with sample_app.app_context():
            standing.forget()
        assert (link in client_of(role).get(page).text) is offered
