"""What only the API refuses."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class NoToken(Refused):
    code = "token_missing"
    text = N_("This operation needs an access token: send it as “Authorization: Bearer …”.")
    status = 401


class BadToken(Refused):
    """Also for one that was revoked, is too old, or whose person is no longer active."""

    code = "token_invalid"
    text = N_("This access token is unknown, revoked or past its date. Make a new one.")
    status = 401


class ScopeMissing(Refused):
    code = "scope_missing"
    text = N_("This access token lacks the scope %(scope)s. Make one that has it.")
    status = 403


class TextsUnanswered(Refused):
    code = "texts_unanswered"
    text = N_(
        "New terms or a new privacy text hold, and this token's owner has not agreed to them yet. "
        "Reading goes on; to write, agree at %(address)s."
    )
    status = 403


class ProofNeeded(Refused):
    """Pages ask for such a step whoever has not shown lately who they are."""

    code = "proof_needed"
    text = N_(
        "Whoever does this first shows again that it is them, which no access token can. Do it at "
        "%(address)s."
    )
    status = 403


class RateExceeded(Refused):
    code = "rate_exceeded"
    text = N_("Too many requests in this minute. Try again in %(seconds)s seconds.")
    status = 429


class KeyMissing(Refused):
    code = "idempotency_key_missing"
    text = N_(
        "Send an Idempotency-Key of 8 to 64 letters, digits, hyphens or underscores with every "
        "POST, so that a repeated request is done once."
    )
    status = 400


class NotJson(Refused):
    code = "not_json"
    text = N_("Send the body as application/json.")
    status = 415


class NotOctets(Refused):
    code = "not_octets"
    text = N_("Send the file itself as the body, as application/octet-stream.")
    status = 415


class VersionMissing(Refused):
    code = "version_missing"
    text = N_("Send If-Match with the ETag of the version that you changed.")
    status = 428


class VersionStale(Refused):
    code = "version_stale"
    text = N_(
        "This was changed meanwhile; nothing of yours was written. Read it again, and send your "
        "change with the new ETag."
    )
    status = 412


class BadCursor(Refused):
    code = "cursor_invalid"
    text = N_("This cursor belongs to another list or is broken. Begin without a cursor.")
    status = 422
