"""Members of an organisation: listed, invited, admitted, placed. Weighty roles are given and
memberships ended by people, who prove again who they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from accounts.actions.answer_join_request import answer_join_request
from accounts.actions.ask_to_join import ask_to_join
from accounts.actions.invite_member import invite_member
from accounts.actions.name_heir import name_heir
from accounts.actions.withdraw_invitation import withdraw_invitation
from accounts.members import MembersPage, is_request_to, members_page
from accounts.permissions import facts_of, may, may_organisation
from accounts.rules import weighs_much
from accounts.scopes import Scope
from accounts.units.actions.place_member import place_member
from accounts.units.queries import placements
from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from webapp.api.calling import Call, Reply
from webapp.api.declaring import operation
from webapp.api.errors import ProofNeeded
from webapp.api.operations.sharing import address_of
from webapp.api.schemas.common import Empty, plain_id
from webapp.api.schemas.members import (
    AskIn,
    HeirIn,
    HeirOut,
    InvitationsOut,
    InviteIn,
    JoinAnswerIn,
    JoinRequestsOut,
    PlaceIn,
    RolesIn,
    SeatsOut,
    invitation_out,
    request_out,
    seat_out,
)

TAG: Final = "organisations"


def _page(call: Call, do: str) -> MembersPage:
    """`do` as `accounts.permissions.may` calls it. Raises NotFound, Forbidden."""
    id = call.id("organisation")
    with call.look() as at:
        may_organisation(at.session, call.actor, do, id)
        return members_page(at.session, id, at.now, call.actor.language)


def _managed(call: Call) -> MembersPage:
    return _page(call, "manage")


def _by_hand(call: Call) -> ProofNeeded:
    organisation = show("organisation", call.id("organisation"))
    return ProofNeeded(address=address_of(f"/organisations/{organisation}/members"))


def _check_light(call: Call, roles: Iterable[str]) -> None:
    """Raises ProofNeeded."""
    if weighs_much(roles):
        raise _by_hand(call)


def _membership(call: Call) -> str:
    """The seat that the address names, of the organisation that it names. Raises NotFound,
    Forbidden."""
    id = call.id("membership")
    if id not in {seat.id for seat in _managed(call).seats}:
        raise NotFound(ref=f"membership:{id}")
    return id


def _seats(call: Call) -> Reply:
    page = _page(call, "read_members")
    with call.look() as at:
        units = placements(at.session, page.organisation.id, at.now)
    manages = may(call.actor, "manage", facts_of(page.organisation))
    return Reply(SeatsOut(items=[seat_out(seat, units, manages=manages) for seat in page.seats]))


def _invitations(call: Call) -> Reply:
    return Reply(InvitationsOut(items=[invitation_out(one) for one in _managed(call).invitations]))


def _heir(call: Call) -> Reply:
    heir = _managed(call).organisation.heir
    return Reply(HeirOut(person=show("person", heir) if heir else None))


@operation(
    "GET", "/organisations/{organisation}/members", "listMembers",
    N_("Who belongs to an organisation, for its members"), TAG,
    scope=Scope.READ_ORGANISATION, answer=SeatsOut,
)  # fmt: skip
def list_members(call: Call) -> Reply:
    return _seats(call)


@operation(
    "GET", "/organisations/{organisation}/invitations", "listInvitations",
    N_("Open invitations, for administrators"), TAG,
    scope=Scope.READ_ORGANISATION, answer=InvitationsOut,
)  # fmt: skip
def list_invitations(call: Call) -> Reply:
    return _invitations(call)


@operation(
    "POST", "/organisations/{organisation}/invitations", "inviteMember",
    N_("Invite somebody by mail or mobile number"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=InviteIn, answer=InvitationsOut, status=201,
)  # fmt: skip
def invite(call: Call) -> Reply:
    organisation, sent = _managed(call).organisation.id, call.body
    _check_light(call, sent.roles)
    call.act(invite_member, organisation, sent.contact, list(sent.roles), sent.language)
    return _invitations(call)


@operation(
    "DELETE", "/organisations/{organisation}/invitations/{invitation}", "withdrawInvitation",
    N_("Take back an invitation that nobody took"), TAG,
    scope=Scope.WRITE_ORGANISATION, status=204,
)  # fmt: skip
def withdraw(call: Call) -> Reply:
    id = call.id("invitation")
    if id not in {one.id for one in _managed(call).invitations}:
        raise NotFound(ref=f"invitation:{id}")
    call.act(withdraw_invitation, id)
    return Reply()


@operation(
    "GET", "/organisations/{organisation}/join-requests", "listJoinRequests",
    N_("Who wants to join, for administrators"), TAG,
    scope=Scope.READ_ORGANISATION, answer=JoinRequestsOut,
)  # fmt: skip
def list_requests(call: Call) -> Reply:
    return Reply(JoinRequestsOut(items=[request_out(one) for one in _managed(call).requests]))


@operation(
    "POST", "/organisations/{organisation}/join-requests", "askToJoin",
    N_("Say that you belong to an organisation"), TAG,
    scope=Scope.WRITE_PERSONAL, body=AskIn, status=204,
)  # fmt: skip
def ask(call: Call) -> Reply:
    call.act(ask_to_join, call.id("organisation"), call.body.note)
    return Reply()


@operation(
    "POST", "/organisations/{organisation}/join-requests/{request}/answer", "answerJoinRequest",
    N_("Admit or refuse somebody who wants to join"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=JoinAnswerIn, answer=SeatsOut,
)  # fmt: skip
def answer(call: Call) -> Reply:
    id, sent = call.id("request"), call.body
    accept = sent.answer == "accept"
    with call.look() as at:
        may_organisation(at.session, call.actor, "manage", call.id("organisation"))
        if not is_request_to(at.session, call.id("organisation"), id):
            raise NotFound(ref=f"join_request:{id}")
    if accept:
        _check_light(call, sent.roles)
    call.act(answer_join_request, id, list(sent.roles), accept=accept)
    return _seats(call)


@operation(
    "POST", "/organisations/{organisation}/members/{membership}/roles", "changeRoles",
    N_("Refused to programs: a member's roles are changed on the page"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=RolesIn, by_hand=True,
)  # fmt: skip
def roles(call: Call) -> Reply:
    _membership(call)
    raise _by_hand(call)


@operation(
    "POST", "/organisations/{organisation}/members/{membership}/end", "endMembership",
    N_("Refused to programs: a membership is ended on the page"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=Empty, by_hand=True,
)  # fmt: skip
def end(call: Call) -> Reply:
    _membership(call)
    raise _by_hand(call)


@operation(
    "POST", "/organisations/{organisation}/members/{membership}/unit", "placeMember",
    N_("Say in which unit a member sits"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=PlaceIn, answer=SeatsOut,
)  # fmt: skip
def place(call: Call) -> Reply:
    call.act(place_member, _membership(call), call.body.unit or "")
    return _seats(call)


@operation(
    "GET", "/organisations/{organisation}/heir", "readHeir",
    N_("Who takes over from a member who leaves"), TAG,
    scope=Scope.READ_ORGANISATION, answer=HeirOut,
)  # fmt: skip
def read_heir(call: Call) -> Reply:
    return _heir(call)


@operation(
    "POST", "/organisations/{organisation}/heir", "nameHeir",
    N_("Name who takes over from a member who leaves"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=HeirIn, answer=HeirOut,
)  # fmt: skip
def name(call: Call) -> Reply:
    call.act(name_heir, call.id("organisation"), plain_id(call.body.person) or "")
    return _heir(call)
