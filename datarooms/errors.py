"""What data rooms refuse."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class PromiseNeeded(Refused):
    code = "room_promise_needed"
    text = N_("This file opens after you accept the confidentiality terms of the room.")
    status = 403


class PromiseSuperseded(Refused):
    code = "room_promise_superseded"
    text = N_("The confidentiality terms have changed. Read the new version and accept that one.")


class NameMissing(Refused):
    code = "room_name_missing"
    text = N_("Type your full name to accept the terms. Nothing was accepted yet.")
    status = 422


class RoomClosed(Refused):
    code = "room_closed"
    text = N_("This room is closed: the deal has ended, and nothing is added any more.")


class FilesClosed(Refused):
    code = "room_files_closed"
    text = N_("This room is closed. Its files now open for the owner's office alone.")
    status = 403


class NoColleague(Refused):
    code = "room_no_colleague"
    text = N_("Choose a colleague who now has a seat in your organisation.")
    status = 422


class TermsUnchanged(Refused):
    code = "room_terms_unchanged"
    text = N_("These are the words already in force. Change them, or leave them as they are.")
    status = 422


class QuestionEmpty(Refused):
    code = "room_question_empty"
    text = N_("Write the question or the answer first.")
    status = 422
