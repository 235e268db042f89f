"""Refusals of signing on through others."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class ProviderSilent(Refused):
    """No answer, or none that OpenID Connect knows."""

    code = "provider_silent"
    text = N_(
        "Your institution's sign-on does not answer as it should. Try again later, or sign in with "
        "your password."
    )
    status = 422


class SignOnRefused(Refused):
    """One sentence for every fault of an answer; which one it was stands in the log."""

    code = "sign_on_refused"
    text = N_(
        "The answer of the sign-on was not taken, and nothing was opened. Begin again from the "
        "sign-in page."
    )
    status = 422


class SignOnOver(Refused):
    """Also for a state that another browser began, and for an answer that came twice."""

    code = "sign_on_over"
    text = N_("This sign-on is over or began elsewhere. Begin again from the sign-in page.")
    status = 410


class SignOnDenied(Refused):
    code = "sign_on_denied"
    text = N_("The sign-on was broken off there. Begin again, or sign in with your password.")
    status = 422


class NotShownAgain(Refused):
    code = "not_shown_again"
    text = N_(
        "Your institution did not say that you have just signed in there as the owner of this "
        "account. Nothing was changed; try again, or show it in another way."
    )
    status = 422


class IdentityTaken(Refused):
    code = "identity_taken"
    text = N_("This identity is linked to another account. Remove it there first.")


class AlreadyLinked(Refused):
    code = "already_linked"
    text = N_("An identity of this provider is linked already. Remove it first.")


class DomainTaken(Refused):
    code = "domain_taken"
    text = N_("This domain is confirmed for an organisation already.")


class TooManyDomains(Refused):
    code = "too_many_domains"
    text = N_("%(most)s domains are here already. Remove one that is not needed.")


class NotOffered(Refused):
    code = "not_offered"
    text = N_("Nothing shows that you belong there. Ask to join instead.")
    status = 403
