"""The life of an inquiry: one table. (A deal's states are its mode's: `deals/modes/`.)"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from core.transitions import target
from deals.errors import InquiryClosed


class InquiryState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    DEALT = "dealt"


class InquiryAct(StrEnum):
    ANSWER = "answer"
    REFUSE = "refuse"
    TALK = "log_talk"
    DEAL = "open_deal"


_S, _A = InquiryState, InquiryAct

INQUIRY: Final = {
    (_S.OPEN, _A.ANSWER): _S.ANSWERED,
    (_S.OPEN, _A.REFUSE): _S.REFUSED,
    (_S.OPEN, _A.TALK): _S.ANSWERED,
    (_S.OPEN, _A.DEAL): _S.DEALT,
    (_S.ANSWERED, _A.ANSWER): _S.ANSWERED,
    (_S.ANSWERED, _A.REFUSE): _S.REFUSED,
    (_S.ANSWERED, _A.TALK): _S.ANSWERED,
    (_S.ANSWERED, _A.DEAL): _S.DEALT,
    (_S.REFUSED, _A.TALK): _S.REFUSED,
    (_S.DEALT, _A.TALK): _S.DEALT,
}


def inquiry_after(state: str, act: InquiryAct) -> InquiryState:
    """The state that the act leads to; raises InquiryClosed where the table has no row."""
    return target(INQUIRY, state, act, InquiryClosed(state=state))
