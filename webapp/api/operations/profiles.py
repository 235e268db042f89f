"""What an organisation says of itself in public, and its logo, by its administrators."""

from __future__ import annotations

from typing import Final

from accounts.actions.edit_organisation import edit_organisation
from accounts.actions.set_logo import set_logo
from accounts.errors import StaleDetails
from accounts.profiles import profile_for_editing, profile_version
from accounts.scopes import Scope
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import VersionStale
from webapp.api.operations import organisations
from webapp.api.operations.octets import picture
from webapp.api.schemas.common import FileName, In
from webapp.api.schemas.organisations import OrganisationOut, ProfileIn, ProfileOut, profile_out
from webapp.uploads import LARGEST_LOGO

TAG: Final = "organisations"


class LogoQuery(In):
    name: FileName


def _shown(call: Call) -> Reply:
    with call.look() as at:
        row, profile = profile_for_editing(at.session, call.actor, call.id("organisation"))
        return Reply(profile_out(row, profile), profile_version(row, profile))


@operation(
    "GET", "/organisations/{organisation}/profile", "readProfile",
    N_("The public page as its administrators edit it"), TAG,
    scope=Scope.READ_ORGANISATION, answer=ProfileOut, tagged=True,
    links=(Link("editProfile", "organisation", "/organisation", tagged=True),),
)  # fmt: skip
def read_profile(call: Call) -> Reply:
    return _shown(call)


@operation(
    "PUT", "/organisations/{organisation}/profile", "editProfile",
    N_("Write what the public page says"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=ProfileIn, answer=ProfileOut, guarded=True, tagged=True,
)  # fmt: skip
def edit(call: Call) -> Reply:
    id = call.id("organisation")
    try:
        call.act(edit_organisation, id, call.body.plain(), version=call.version)
    except StaleDetails:
        raise VersionStale from None
    return _shown(call)


@operation(
    "POST", "/organisations/{organisation}/logo", "setLogo", N_("Show a logo on the public page"),
    TAG, scope=Scope.WRITE_ORGANISATION, query=LogoQuery, takes_file=True, answer=OrganisationOut,
    status=201,
)  # fmt: skip
def add_logo(call: Call) -> Reply:
    id = call.id("organisation")
    with call.look() as at:
        profile_for_editing(at.session, call.actor, id)  # before anything is stored
    sent = picture(call, call.query.name, LARGEST_LOGO)
    call.act(set_logo, id, sent.sha256, sent.media_type, sent.size)
    return organisations.shown(call, id)


@operation(
    "DELETE", "/organisations/{organisation}/logo", "removeLogo", N_("Take the logo off the page"),
    TAG,
    scope=Scope.WRITE_ORGANISATION, status=204,
)  # fmt: skip
def remove_logo(call: Call) -> Reply:
    call.act(set_logo, call.id("organisation"))
    return Reply()
