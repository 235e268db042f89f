"""What is refused about proposals, each with what the reader can do about it."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class NeedClosed(Refused):
    code = "need_closed"
    status = 410
    text = N_("This need is no longer open, so nothing can be proposed for it.")


class OwnNeed(Refused):
    code = "own_need"
    text = N_("This need is your own organisation's. Proposals come from others.")


class NotYourResult(Refused):
    code = "not_your_result"
    text = N_(
        "Only a published result of your own organisation can be proposed. Choose one of the list, "
        "or describe what you have in words."
    )


class ProposedAlready(Refused):
    code = "proposed_already"
    text = N_("This result was proposed for this need already. Its answer comes to your list.")


class TooManyProposals(Refused):
    """Parameters: most."""

    code = "too_many_proposals"
    status = 429
    text = N_(
        "Your organisation has sent as many proposals as it may for now: %(most)s. Wait for their "
        "answers, or take one back."
    )


class ProposalEnded(Refused):
    code = "proposal_ended"
    text = N_(
        "This proposal was answered or taken back meanwhile. Load the page to see how it stands."
    )
