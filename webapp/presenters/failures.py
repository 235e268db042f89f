"""What an error page says: what happened, what was kept, what to do. No code, no apology."""

from dataclasses import dataclass

from core.i18n import N_


@dataclass(frozen=True)
class Failure:
    happened: str
    kept: str
    advice: str


NOTHING_CHANGED = N_("Nothing was changed.")
FORM_KEPT = N_("What you wrote is still in your browser: go back to find it.")

FAILURES: dict[int, Failure] = {
    400: Failure(
        N_("This request could not be read"),
        NOTHING_CHANGED,
        N_("Go back, load the page again, and repeat the step. A form left open overnight "
           "needs this."),
    ),
    401: Failure(
        N_("Sign in to see this page"),
        NOTHING_CHANGED,
        N_("After signing in you return to where you were."),
    ),
    403: Failure(
        N_("Your account may not do this"),
        NOTHING_CHANGED,
        N_("If it belongs to your work, ask the administrator of your organisation for the "
           "role that it needs."),
    ),
    404: Failure(
        N_("There is no page at this address"),
        "",
        N_("It may have been withdrawn, or it is open only to those taking part. Search for its "
           "title or number, or check the address for a missing character."),
    ),
    405: Failure(
        N_("This address does not take that kind of request"),
        NOTHING_CHANGED,
        N_("Go back and use the button on the page."),
    ),
    409: Failure(
        N_("Someone was faster, or the matter has moved on"),
        NOTHING_CHANGED,
        N_("Load the page again to see where it stands now, then decide."),
    ),
    410: Failure(
        N_("This page was taken down"),
        "",
        N_("The owner withdrew it or its time ran out. Similar ones can be found by search."),
    ),
    413: Failure(
        N_("The file is too large"),
        NOTHING_CHANGED,
        N_("Send a smaller file, or split it. The limit is written beside the field."),
    ),
    422: Failure(
        N_("Something in the form needs correcting"),
        FORM_KEPT,
        N_("Go back, correct the fields that are marked, and send it again."),
    ),
    429: Failure(
        N_("Too many attempts in a short time"),
        NOTHING_CHANGED,
        N_("Wait a few minutes and try again. The limit protects accounts from guessing."),
    ),
    500: Failure(
        N_("The market made an error"),
        N_("What was confirmed before stays confirmed; this last step was undone completely."),
        N_("Try again. If it happens twice, tell the operator the time and the address of the "
           "page."),
    ),
    503: Failure(
        N_("The market is busy or being maintained"),
        NOTHING_CHANGED,
        N_("Try again in a minute. Deadlines are decided by time, not by whether this page "
           "loads; offers received in time count."),
    ),
}  # fmt: skip


def failure(status: int) -> Failure:
    """The texts for a status; statuses without a row read as their class does."""
    return FAILURES.get(status) or FAILURES[400 if status < 500 else 500]
