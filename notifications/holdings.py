"""What notifications hold of people."""

from __future__ import annotations

from typing import Final

from accounts.models import Person
from core.holdings import Holding, Keeps
from notifications.models import Dispatch, MailChoice, Message, QuietHours

HOLDINGS: Final = (
    Holding(Message.person, Keeps.OWN),
    Holding(Dispatch.person, Keeps.OWN),
    Holding(MailChoice.person, Keeps.OWN, Person, MailChoice.person),
    Holding(QuietHours.person, Keeps.OWN, Person, QuietHours.person),
)
