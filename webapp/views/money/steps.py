"""The steps on an obligation, each a page with what it does, its form and its buttons.

All of them move money or say where it goes, so each asks first who is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from billing import reading
from billing.actions.ask_invoice import ask_invoice
from billing.actions.cancel_obligation import cancel_obligation
from billing.actions.carry_out_payout import carry_out_payout
from billing.actions.claim_payment import Proof, claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.decide_forfeit import decide_forfeit
from billing.actions.deliver_invoice import deliver_invoice
from billing.actions.end_invoice import end_invoice
from billing.actions.issue_invoice import issue_invoice
from billing.actions.object_to_forfeit import object_to_forfeit
from billing.actions.order_payout import order_payout
from billing.actions.propose_forfeit import propose_forfeit
from billing.actions.refuse_payment import refuse_payment
from billing.actions.reverse_payment import reverse_payment
from billing.permissions import Do, check_may
from billing.reading import ObligationPage
from billing.rules import PROOF_LIMIT, PROOF_TYPES
from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from core.money import Money
from core.results import Done
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.base import MarketForm
from webapp.forms.money import (
    ClaimForm,
    ForfeitForm,
    InvoiceForm,
    InvoiceStepForm,
    PayoutForm,
    StatementForm,
    minor_of,
)
from webapp.language import page_language, plain
from webapp.presenters.money import by_rule, words
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import take_upload
from webapp.views.deals.ids import read

blueprint = Blueprint("money_steps", __name__, url_prefix="/money")
blueprint.context_processor(words)


@dataclass(frozen=True)
class Step:
    """`fields` of the form in their order; `buttons`: decision, label, look."""

    title: str
    lead: str
    fields: Sequence[str]
    buttons: Sequence[tuple[str, str, str]]
    done: str


PAY: Final = Step(
    N_("Report a transfer"),
    N_("Make the transfer at your bank with the reference code, then send the bank's receipt. Two "
       "people on the receiving side look at the statement before it counts."),
    ("amount", "paid_on", "holder", "bank", "number", "file"),
    [("claim", N_("Send the proof"), "go")],
    N_("The proof is sent; you are told when the money was seen."),
)  # fmt: skip
STATEMENT: Final = Step(
    N_("Confirm a transfer"),
    N_("Two people look at the bank's statement, each on their own. The second one is not shown "
       "what the first one typed; if the amounts differ, nothing is recorded."),
    ("amount", "reason"),
    [("confirm", N_("I saw this amount"), "go"), ("refuse", N_("It has not arrived"), "no")],
    N_("Recorded."),
)  # fmt: skip
REVERSE: Final = Step(
    N_("Reverse a receipt"),
    N_("For money that did not come, or that the bank took back. One operator asks for it, another "
       "one does it; the mirror of the entry is booked."),
    ("reason",),
    [("reverse", N_("Reverse the receipt"), "no")],
    N_("Recorded."),
)  # fmt: skip
ORDER: Final = Step(
    N_("Order a payout"),
    N_("You order it; another person makes the transfer at the bank and writes down the "
       "reference."),
    (),
    [("order", N_("Order it"), "go")],
    N_("Ordered; another person carries it out."),
)  # fmt: skip
CARRY_OUT: Final = Step(
    N_("Carry out a payout"),
    N_("Make the transfer to exactly this account first, then write down the bank's reference. Who "
       "ordered it does not carry it out."),
    ("bank_reference",),
    [("carry_out", N_("The transfer is made"), "go")],
    N_("Recorded; whom it concerns is told."),
)  # fmt: skip
PROPOSE: Final = Step(
    N_("Propose that the deposit is forfeited"),
    N_("The payer reads the clause and the reason and has days to object. Then another person, an "
       "operator, decides."),
    ("rule", "reason"),
    [("propose", N_("Propose it"), "no")],
    N_("Proposed; the payer is told."),
)  # fmt: skip
STAND_UP: Final = Step(
    N_("State the facts of a forfeiture that a rule proposes"),
    N_("The winner ended the deal after the award, so the rule proposes it. Whoever states the "
       "facts makes the proposal theirs: the payer's days begin again, and another person, an "
       "operator, decides."),
    ("rule", "reason"),
    [("propose", N_("State them"), "no"), ("drop", N_("Do not forfeit it"), "")],
    N_("Done; the payer is told."),
)  # fmt: skip
OBJECT: Final = Step(
    N_("Object to the forfeiture"),
    N_("Whoever decides reads your reason beside the proposal."),
    ("reason",),
    [("object", N_("Send the objection"), "go")],
    N_("Your objection stands beside the proposal."),
)  # fmt: skip
DECIDE: Final = Step(
    N_("Decide on the forfeiture"),
    N_("You are not who proposed it. Forfeiting is possible once the payer's days are over; "
       "dropping it is possible at any time: the deposit is held as before, or goes back where "
       "the round or the deal has ended."),
    ("reason",),
    [("forfeit", N_("Forfeit the deposit"), "no"), ("drop", N_("Do not forfeit it"), "")],
    N_("Decided; the payer is told."),
)  # fmt: skip
INVOICE: Final = Step(
    N_("Ask for an invoice"),
    N_("The payee issues it in its own tax system; here it is tracked."),
    ("kind", "amount", "title", "tax_number", "address", "mail"),
    [("ask", N_("Ask for it"), "go")],
    N_("Asked for; you are told when it is issued."),
)  # fmt: skip
INVOICED: Final = Step(
    N_("Invoice"),
    N_("Write down what was done in the tax system."),
    ("note", "exemption"),
    [
        ("issue", N_("It is issued"), "go"),
        ("deliver", N_("It is delivered"), "go"),
        ("reverse", N_("It is reversed"), "no"),
        ("decline", N_("No invoice is issued"), "no"),
    ],
    N_("Recorded; the payer is told."),
)  # fmt: skip
_OF_STATE: Final = {
    "requested": ("issue", "decline"),
    "issued": ("deliver", "reverse"),
    "delivered": ("reverse",),
}


@blueprint.route("/<shown>/pay", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="obligation", fresh=True)
def pay(shown: str) -> ResponseReturnValue:
    page, form = _page(shown, Do.PAY), ClaimForm()
    currency = page.line.row.currency
    if request.method == "GET":
        form.amount.data = str(page.line.open.major)
    account = page.account
    named = f"{account.account_name} · {account.bank} · {account.number}" if account else ""
    facts = [
        (N_("Still open"), page.line.open),
        (N_("To the account"), named),
        (N_("Reference code"), page.line.row.reference),
    ]
    return _step(page, PAY, form, {"claim": lambda: _claim(page, form, currency)}, facts)


def _claim(page: ObligationPage, form: ClaimForm, currency: str) -> Done:
    wanted = N_("Send the receipt as PDF, PNG or JPEG.")
    claim = form.claim(currency)
    sent = take_upload("file", limit=PROOF_LIMIT, of=PROOF_TYPES, wanted=wanted)
    return _run(claim_payment, page, claim, Proof(sent.sha256, sent.name, sent.media_type))


@blueprint.route("/<shown>/payments/<payment>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="obligation", fresh=True)
def payment(shown: str, payment: str) -> ResponseReturnValue:
    page, form = _page(shown, Do.CONFIRM), StatementForm()
    row = next((one for one in page.payments if one.id == payment), None)
    if row is None:
        raise NotFound(ref=shown)
    currency, reason = page.line.row.currency, form.reason.data or ""
    acts: dict[str, Callable[[], Done]] = {
        "confirm": lambda: _run(
            confirm_payment, page, payment, minor_of(form.amount.data, currency)
        ),
        "refuse": lambda: _run(refuse_payment, page, payment, reason),
        "reverse": lambda: _run(reverse_payment, page, payment, reason),
    }
    facts = [
        (N_("Reported by the payer"), _money(page, row.amount)),
        (N_("Day of the transfer"), row.paid_on),
        (N_("From the account"), row.from_account),
        (N_("Reference code"), page.line.row.reference),
        (N_("Seen first by"), page.people.get(row.seen_by or "", "")),
    ]
    step = STATEMENT if row.state == "claimed" else REVERSE
    return _step(page, step, form, acts, facts, proof=row)


@blueprint.route("/<shown>/payouts/<payout>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="obligation", fresh=True)
def payout(shown: str, payout: str) -> ResponseReturnValue:
    page, form = _page(shown, Do.PAY_OUT), PayoutForm()
    row = next((one for one in page.payouts if one.id == payout), None)
    if row is None:
        raise NotFound(ref=shown)
    acts: dict[str, Callable[[], Done]] = {
        "order": lambda: _run(order_payout, page, payout),
        "carry_out": lambda: _run(carry_out_payout, page, payout, form.bank_reference.data or ""),
    }
    came = next((one.from_account for one in page.payments if one.id == row.payment), "")
    facts = [
        (N_("Amount"), _money(page, row.amount)),
        (N_("To the account"), came or page.destinations.get(row.id, "")),
        (N_("Ordered by"), page.people.get(row.ordered_by or "", "")),
    ]
    return _step(page, ORDER if row.state == "due" else CARRY_OUT, form, acts, facts)


@blueprint.route("/<shown>/forfeit", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="obligation", fresh=True)
def forfeit(shown: str) -> ResponseReturnValue:
    page, form = _page(shown, Do.READ), ForfeitForm()
    row = page.line.deposit
    if row is None:
        raise NotFound(ref=shown)
    reason = form.reason.data or ""
    acts: dict[str, Callable[[], Done]] = {
        "propose": lambda: _run(propose_forfeit, page, reason, form.rule.data or ""),
        "object": lambda: _run(object_to_forfeit, page, reason),
        "forfeit": lambda: _run(decide_forfeit, page, reason, forfeit=True),
        "drop": lambda: _run(decide_forfeit, page, reason, forfeit=False),
    }
    ruled = by_rule(page.line.row, row)
    facts = [
        (N_("Clause of the announced terms"), ruled.clause if ruled else row.rule),
        (N_("Reason"), ruled.reason if ruled else row.reason),
        (N_("Objection"), row.objection),
    ]
    if ruled and request.method == "GET":
        form.rule.data = ruled.clause
    proposed = row.state == "forfeit_proposed"
    judged = (STAND_UP if ruled else DECIDE) if proposed else PROPOSE
    step = OBJECT if proposed and Do.PAY in page.may else judged
    only = None if Do.DECIDE_FORFEIT in page.may else ("propose", "object")
    return _step(page, step, form, acts, facts, only=only)


@blueprint.route("/<shown>/invoices/new", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="obligation", fresh=True)
def invoice_new(shown: str) -> ResponseReturnValue:
    page, form = _page(shown, Do.PAY), InvoiceForm()
    currency = page.line.row.currency
    if request.method == "GET":
        form.amount.data, form.title.data = str(page.line.amount.major), page.line.payer
    return _step(page, INVOICE, form, {"ask": lambda: _run(ask_invoice, page, form.ask(currency))})


@blueprint.route("/<shown>/invoices/<invoice>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="obligation", fresh=True)
def invoice(shown: str, invoice: str) -> ResponseReturnValue:
    page, form = _page(shown, Do.INVOICE), InvoiceStepForm()
    row = next((one for one in page.invoices if one.id == invoice), None)
    if row is None:
        raise NotFound(ref=shown)
    note, free = form.note.data or "", form.exemption.data or ""
    acts: dict[str, Callable[[], Done]] = {
        "issue": lambda: _run(issue_invoice, page, invoice, note, free),
        "deliver": lambda: _run(deliver_invoice, page, invoice),
        "reverse": lambda: _run(end_invoice, page, invoice, note, issued=True),
        "decline": lambda: _run(end_invoice, page, invoice, note, issued=False),
    }
    facts = [
        (N_("Amount"), _money(page, row.amount)),
        (N_("In whose name"), row.title),
        (N_("Tax number"), row.tax_number),
        (N_("Registered details"), row.address),
        (N_("Where it is sent"), row.mail),
    ]
    return _step(page, INVOICED, form, acts, facts, only=_OF_STATE.get(row.state, ()))


@blueprint.post("/<shown>/cancel")
@access(PERSON, of="obligation", fresh=True)
def cancel(shown: str) -> ResponseReturnValue:
    page, form = _page(shown, Do.CANCEL), ActForm()
    if form.accepted(lambda: _run(cancel_obligation, page)) is None:
        flash(next(iter(form.form_errors), ""), "stop")
    else:
        flash(plain(N_("Cancelled; both sides are told.")), "done")
    return redirect(_url(page), 303)


def _page(shown: str, do: Do) -> ObligationPage:
    """Raises NotFound, Forbidden, PayerConfirms."""
    actor, id = need_person(), read("obligation", shown)
    with the_market().database.read() as session:
        check_may(session, actor, id, do)
        return reading.obligation_page(session, actor, id, page_language())


def _run(action: Callable[..., Done], page: ObligationPage, *typed: Any, **how: Any) -> Done:
    return the_market().executor.run(need_person(), action, page.line.row.id, *typed, **how)


def _step(
    page: ObligationPage,
    step: Step,
    form: MarketForm,
    acts: Mapping[str, Callable[[], Done]],
    facts: Sequence[tuple[str, object]] = (),
    *,
    only: Sequence[str] | None = None,
    **more: object,
) -> ResponseReturnValue:
    """`only`: the decisions that the state allows, where it is not all of the step's buttons.
    A form sent without one takes the only one there is."""
    buttons = [one for one in step.buttons if only is None or one[0] in only]
    alone = buttons[0][0] if len(buttons) == 1 else ""
    decision = request.form.get("decision", alone)
    if request.method == "POST" and decision not in acts:
        raise NotFound
    done = form.accepted(acts.get(decision, Done))
    if done is not None:
        flash(plain(step.done), "done")
        return redirect(_url(page), 303)
    view = {"page": page, "step": step, "form": form, "facts": facts, "buttons": buttons}
    shown = show("obligation", page.line.row.id)
    return render_template("money/step.html", **view, shown_here=shown, **more), form.status


def _url(page: ObligationPage) -> str:
    return local_url(f"/money/{show('obligation', page.line.row.id)}")


def _money(page: ObligationPage, minor: int) -> Money:
    return Money(minor, page.line.row.currency)
