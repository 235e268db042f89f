"""The room of a deal beside its files and questions: its terms, and who of one's side is let in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import StringConstraints

from accounts.scopes import Scope
from core.errors import Forbidden
from core.i18n import N_
from core.ids import show
from datarooms.actions.add_member import add_member
from datarooms.actions.end_membership import end_membership
from datarooms.actions.remove_room_file import remove_room_file
from datarooms.actions.set_nda import LONGEST_TERMS, set_nda
from datarooms.errors import PromiseSuperseded
from datarooms.queries import RoomPage, RoomPeople, room_people
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import VersionStale
from webapp.api.operations import deals
from webapp.api.schemas.common import In, Keepable, Out, plain_id, shown_id

TAG: Final = "deals"
Terms = Annotated[str, StringConstraints(max_length=LONGEST_TERMS), Keepable]


class RoomTermsIn(In):
    """The confidentiality terms in both languages; one may be left empty."""

    zh: Terms = ""
    en: Terms = ""


class RoomTermsOut(Out):
    deal: str
    version: int
    zh: str
    en: str


class LetInIn(In):
    """A colleague with a seat in your organisation."""

    person: shown_id("person")  # type: ignore[valid-type]


class RoomMemberOut(Out):
    """`person` is null for everybody who acts for an organisation."""

    id: str
    side: str
    person: str | None
    name: str
    since: datetime
    until: datetime | None
    may_end: bool


class PromiseOut(Out):
    """Who accepted which version of the terms, and by which second factor."""

    name: str
    version: int
    factor: str
    at: datetime


class ColleagueOut(Out):
    person: str
    name: str


class RoomPeopleOut(Out):
    """`colleagues`: whom you may let in."""

    members: list[RoomMemberOut]
    promises: list[PromiseOut]
    colleagues: list[ColleagueOut]


def _people(call: Call) -> tuple[RoomPage, RoomPeople]:
    _, room = deals.room_of(call)
    with call.look() as at:
        return room, room_people(at.session, call.actor, room.id, at.now)


def _terms(call: Call) -> Reply:
    room, people = _people(call)
    if not people.words:
        raise Forbidden(do="word")
    body = RoomTermsOut(
        deal=show("deal", call.id("deal")), version=room.nda,
        zh=people.words.get("zh", ""), en=people.words.get("en", ""),
    )  # fmt: skip
    return Reply(body, room.nda)


def _inside(call: Call) -> Reply:
    _, people = _people(call)
    members = [
        RoomMemberOut(
            id=line.id, side=line.side, name=line.name, since=line.since, until=line.until,
            may_end=line.may_end, person=show("person", line.person) if line.person else None,
        )
        for line in people.members
    ]  # fmt: skip
    same = PromiseOut.model_fields
    promises = [PromiseOut(**{name: getattr(one, name) for name in same})
                for one in people.promises]  # fmt: skip
    colleagues = [
        ColleagueOut(person=show("person", id), name=name)
        for id, name in sorted(people.colleagues.items())
    ]
    return Reply(RoomPeopleOut(members=members, promises=promises, colleagues=colleagues))


@operation(
    "GET", "/deals/{deal}/room-terms", "readRoomTerms",
    N_("The confidentiality terms of the room, as the owner words them"), TAG,
    scope=Scope.READ_DEALS, answer=RoomTermsOut, tagged=True,
    links=(Link("wordRoomTerms", "deal", "/deal", tagged=True),),
)  # fmt: skip
def read_terms(call: Call) -> Reply:
    return _terms(call)


@operation(
    "PUT", "/deals/{deal}/room-terms", "wordRoomTerms",
    N_("Word the terms anew: each reader accepts them afresh"), TAG,
    scope=Scope.WRITE_DEALS, body=RoomTermsIn, answer=RoomTermsOut, guarded=True, tagged=True,
)  # fmt: skip
def word_terms(call: Call) -> Reply:
    sent = {"zh": call.body.zh, "en": call.body.en}
    try:
        call.act(set_nda, deals.room(call), call.version, sent)
    except PromiseSuperseded:
        raise VersionStale from None
    return _terms(call)


@operation(
    "GET", "/deals/{deal}/room-people", "listRoomPeople",
    N_("Who may enter the room, and who accepted its terms"), TAG,
    scope=Scope.READ_DEALS, answer=RoomPeopleOut,
)  # fmt: skip
def list_people(call: Call) -> Reply:
    return _inside(call)


@operation(
    "POST", "/deals/{deal}/room-people", "letIntoRoom", N_("Let a colleague into your side"), TAG,
    scope=Scope.WRITE_DEALS, body=LetInIn, answer=RoomPeopleOut, status=201,
)  # fmt: skip
def let_in(call: Call) -> Reply:
    call.act(add_member, deals.room(call), plain_id(call.body.person) or "")
    return _inside(call)


@operation(
    "DELETE", "/deals/{deal}/room-people/{member}", "endRoomEntry",
    N_("Let a colleague in no longer; what was seen stays on record"), TAG,
    scope=Scope.WRITE_DEALS, status=204,
)  # fmt: skip
def end(call: Call) -> Reply:
    call.act(end_membership, deals.room(call), call.id("member"))
    return Reply()


@operation(
    "DELETE", "/deals/{deal}/files/{file}", "removeRoomFile",
    N_("Take a file of your side out of the room"), TAG, scope=Scope.WRITE_DEALS, status=204,
)  # fmt: skip
def remove_file(call: Call) -> Reply:
    call.act(remove_room_file, deals.room(call), call.id("file"))
    return Reply()
