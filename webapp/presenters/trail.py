"""Entries of the audit chain in words, with names for the ids that an overseer may know.

An overseer knows every person and organisation. Of results and needs only what is public is named:
a title that its owner has not published stays an id here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from accounts.trail import Entry
from core.i18n import N_
from core.ids import parse, split_ref
from listings.models import Listing, ListingText, Need, NeedText
from webapp.language import plain

_ID: Final = re.compile(r"[0-9a-f]{32}")
STREAMS: Final = {
    "listing": N_("Listing"),
    "asset": N_("Asset"),
    "need": N_("Need"),
    "inquiry": N_("Inquiry"),
    "deal": N_("Deal"),
    "room": N_("Data room"),
    "organisation": N_("Organisation"),
    "person": N_("Person"),
    "import": N_("Import"),
    "job": N_("Job"),
    "feed": N_("Change feed"),
    "webhook": N_("Webhook"),
    "complaint": N_("Complaint"),
    "appeal": N_("Appeal"),
    "amendment": N_("Change of rules"),
    "stop": N_("Emergency stop"),
    "feature": N_("Feature"),
    "announcement": N_("Announcement"),
    "sanction": N_("Sanction"),
    "duty": N_("Duty"),
    "merge": N_("Merge"),
    "support": N_("Support view"),
    "retention": N_("Kept for a time"),
    "text": N_("Terms and privacy text"),
    "filing": N_("Return or volume"),
}
WORDS: Final = {
    "access_ended": N_("signed out everywhere by the operator"),
    "members_signed_out": N_("all members signed out by the operator"),
    "passkey_added": N_("passkey set up"),
    "passkey_named": N_("passkey renamed"),
    "passkey_refused": N_("passkey refused"),
    "passkey_removed": N_("passkey removed"),
    "accept": N_("offer accepted"),
    "answer": N_("answered"),
    "answered": N_("answered"),
    "amendment_proposed": N_("change of rules proposed"),
    "amendment_approved": N_("change of rules approved"),
    "amendment_refused": N_("change of rules refused"),
    "announced": N_("announced"),
    "announcement_withdrawn": N_("announcement taken back"),
    "feature_chosen": N_("feature switched"),
    "stop_pulled": N_("emergency stop pulled"),
    "stop_released": N_("emergency stop released"),
    "appealed": N_("appeal sent"),
    "appeal_grant": N_("appeal granted"),
    "appeal_reject": N_("appeal dismissed"),
    "imposed": N_("measure imposed"),
    "term_over": N_("term over"),
    "lifted": N_("measure taken back"),
    "approve": N_("approved"),
    "archive": N_("archived"),
    "asked": N_("question asked"),
    "assigned": N_("handler set"),
    "cancelled": N_("cancelled"),
    "check_title": N_("title check begun"),
    "checked": N_("file checked"),
    "checking": N_("check begun"),
    "claimed": N_("right claimed"),
    "code_refused": N_("wrong code refused"),
    "complained": N_("complaint sent"),
    "confirm": N_("confirmed as current"),
    "confirmed": N_("confirmed"),
    "contact_confirmed": N_("contact proven"),
    "corrected": N_("registration corrected"),
    "decided_approve": N_("organisation vetted"),
    "decided_refuse": N_("registration refused"),
    "decided_restore": N_("organisation restored"),
    "app_confirmed": N_("authenticator app set up"),
    "app_offered": N_("authenticator app begun"),
    "decided_suspend": N_("organisation suspended"),
    "drafted": N_("drafted"),
    "edit": N_("edited"),
    "erased": N_("personal text emptied"),
    "erasure_asked": N_("erasure asked for"),
    "erasure_begun": N_("erasure begun"),
    "erasure_put_off": N_("erasure put off"),
    "erasure_taken_back": N_("erasure taken back"),
    "export_asked": N_("copy of data asked for"),
    "export_expired": N_("copy of data thrown away"),
    "export_made": N_("copy of data made"),
    "person_erased": N_("person erased"),
    "escalated": N_("escalated"),
    "expire": N_("expired"),
    "fact_retried": N_("fact retried"),
    "fade": N_("faded"),
    "factor_refused": N_("second factor refused"),
    "factors_dropped": N_("second factor turned off"),
    "failed": N_("failed"),
    "file_added": N_("file added"),
    "file_removed": N_("file removed"),
    "file_viewed": N_("file viewed"),
    "found": N_("title finding noted"),
    "founded": N_("operator founded"),
    "handed_over": N_("handed to a colleague"),
    "heir_named": N_("colleague who takes over named"),
    "grant_ended": N_("access ended"),
    "granted": N_("access granted"),
    "imported": N_("record imported"),
    "invitation_accepted": N_("invitation accepted"),
    "invitation_withdrawn": N_("invitation taken back"),
    "invited": N_("invited"),
    "address_rests": N_("mail address refuses letters"),
    "letter_returned": N_("letter came back"),
    "mail_complained": N_("letter reported as unwanted"),
    "address_tried": N_("mail address tried again"),
    "job_retried": N_("job retried"),
    "letter_retried": N_("letter retried"),
    "mail_chosen": N_("mail chosen"),
    "mail_unsubscribed": N_("mail unsubscribed"),
    "join_accepted": N_("request to join accepted"),
    "join_asked": N_("asked to join"),
    "join_refused": N_("request to join refused"),
    "lapsed": N_("sign-up lapsed"),
    "log_talk": N_("talk logged"),
    "mapped": N_("columns mapped"),
    "match": N_("met"),
    "member_added": N_("member added"),
    "member_ended": N_("member removed"),
    "member_joined": N_("member joined"),
    "document_added": N_("document handed in"),
    "document_removed": N_("document removed"),
    "verified": N_("verified"),
    "verified_again": N_("verified again"),
    "consented": N_("agreed to a text of the market"),
    "text_published": N_("version of a text published"),
    "swept": N_("old rows removed"),
    "forgotten": N_("old rows of it removed"),
    "unit_added": N_("unit added"),
    "unit_edited": N_("unit renamed"),
    "unit_closed": N_("unit closed"),
    "unit_assigned": N_("unit of a result set"),
    "member_placed": N_("unit of a member set"),
    "merge_proposed": N_("merge proposed"),
    "merge_approved": N_("merge approved"),
    "merge_refused": N_("merge refused"),
    "merge_withdrawn": N_("merge taken back"),
    "merged_into": N_("merged into another organisation"),
    "absorbed": N_("another organisation merged into it"),
    "support_offered": N_("support view offered"),
    "support_begun": N_("support view begun"),
    "support_ended": N_("support view ended"),
    "support_refused": N_("support view refused"),
    "page_refused": N_("page refused in a support view"),
    "page_seen": N_("page seen in a support view"),
    "duty_assigned": N_("duty assigned"),
    "filing_made": N_("file of a return made"),
    "filing_handed_in": N_("handed in"),
    "logo_set": N_("logo changed"),
    "public_page_edited": N_("public page edited"),
    "unverified": N_("verified no more"),
    "membership_ended": N_("membership ended"),
    "membership_will_end": N_("last day of a membership set"),
    "moderate": N_("taken down by the operator"),
    "restore": N_("put back on the market"),
    "hold": N_("kept off the market by a notice"),
    "release": N_("a notice keeps it off no longer"),
    "measure": N_("measures taken, notice forwarded"),
    "uphold": N_("complaint upheld"),
    "dismiss": N_("complaint dismissed"),
    "counter": N_("counter-statement made and forwarded"),
    "sue": N_("complaint to the authority or suit shown"),
    "lapse": N_("days over, measures ended"),
    "take_back": N_("taken back by its sender"),
    "lift": N_("measures ended by the operator"),
    "noticed": N_("put on public notice"),
    "numbered": N_("changes numbered"),
    "object": N_("objection raised"),
    "offer": N_("offer made"),
    "open_deal": N_("talks opened"),
    "opened": N_("opened"),
    "password_changed": N_("password changed"),
    "password_fits": N_("password right, second factor asked"),
    "password_refused": N_("wrong password refused"),
    "password_reset": N_("password reset"),
    "picture_added": N_("picture added"),
    "profile_edited": N_("profile edited"),
    "promised": N_("confidentiality promised"),
    "proof_refused": N_("proof of oneself refused"),
    "proven_again": N_("proven again"),
    "publish": N_("published"),
    "recovery_codes_renewed": N_("recovery codes renewed"),
    "refreshed": N_("refreshed"),
    "refuse": N_("declined"),
    "registered": N_("registered"),
    "reminded": N_("reminded"),
    "reopen": N_("reopened"),
    "took_over": N_("taken over from a colleague"),
    "reset_asked": N_("new password asked for"),
    "return": N_("sent back"),
    "roles_changed": N_("roles changed"),
    "saved": N_("saved"),
    "sent": N_("inquiry sent"),
    "session_revoked": N_("signed out"),
    "sessions_revoked": N_("other sessions ended"),
    "share_confirmed": N_("share confirmed"),
    "sign_in_refused": N_("sign-in refused"),
    "sign_up_repeated": N_("signed up again"),
    "signed_in": N_("signed in"),
    "signed_up": N_("signed up"),
    "started": N_("started"),
    "submit": N_("submitted"),
    "unsaved": N_("no longer saved"),
    "uploaded": N_("file uploaded"),
    "walk_away": N_("walked away"),
    "webhook_active": N_("webhook switched on"),
    "webhook_added": N_("webhook added"),
    "webhook_disabled": N_("webhook switched off: nobody answered"),
    "webhook_paused": N_("webhook paused"),
    "webhook_pinged": N_("webhook tested"),
    "webhook_removed": N_("webhook removed"),
    "webhook_resent": N_("calls sent again"),
    "webhook_secret_rotated": N_("webhook secret replaced"),
    "withdraw": N_("withdrawn by its owner"),
}


@dataclass(frozen=True)
class Line:
    """An entry to be shown. `who` is empty for a stranger; `facts` are (key, value, name)."""

    stream: str
    kind: str
    about: str
    """The name of what the stream is of; empty where it has none that may be shown."""
    seq: int
    at: datetime
    who: str
    actor: str
    what: str
    word: str
    facts: list[tuple[str, str, str]]
    hash: str


def stream_of(typed: str) -> str:
    """What somebody pastes to name a stream: `listing:<id>`, or an id as pages show it."""
    found = parse(typed.strip())
    return f"{found[0]}:{found[1]}" if found else typed.strip()


def lines(session: Session, language: str, entries: Sequence[Entry]) -> list[Line]:
    """Entries with their words and names. At most four queries."""
    names = _names(session, language, entries)
    return [_line(entry, names) for entry in entries]


def word_of(what: str) -> str:
    """The English msgid of an entry's or a step's code; the code itself where it has no words."""
    return WORDS.get(what, what)


def _line(entry: Entry, names: dict[str, str]) -> Line:
    kind, id = split_ref(entry.stream)
    facts = [
        (key, text, names.get(split_ref(text)[1] if ":" in text else text, ""))
        for key, value in entry.ids.items()
        if value not in (None, "", [])
        for text in [_plain(value)]
    ]
    actor = split_ref(entry.actor)[1] if ":" in entry.actor else ""
    word = plain(word_of(entry.what))
    return Line(
        entry.stream, plain(STREAMS.get(kind, kind)), names.get(id, ""), entry.seq, entry.at,
        names.get(actor, ""), entry.actor, entry.what, word, facts, entry.hash,
    )  # fmt: skip


def _plain(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _names(session: Session, language: str, entries: Iterable[Entry]) -> dict[str, str]:
    said = " ".join(
        f"{e.stream} {e.actor} {' '.join(map(_plain, e.ids.values()))}" for e in entries
    )
    ids = sorted(set(_ID.findall(said)))
    return (
        _public_titles(session, ids)
        | organisation_names(session, ids, language)
        | people_names(session, ids, language)
    )


def _public_titles(session: Session, ids: list[str]) -> dict[str, str]:
    """Original titles of what everybody may read. Two queries."""
    listing = (
        select(Listing.id, ListingText.title)
        .join(ListingText, ListingText.listing == Listing.id)
        .where(ListingText.original, Listing.state == "published", Listing.id.in_(ids))
    )
    need = (
        select(Need.id, NeedText.title)
        .join(NeedText, NeedText.need == Need.id)
        .where(NeedText.original, Need.state == "published", Need.confidential.is_(False))
        .where(Need.id.in_(ids))
    )
    rows = [*session.execute(listing), *session.execute(need)]
    return {id: title for id, title in rows}  # noqa: C416  mypy reads rows only unpacked
