"""A person's money: lists, one obligation, its proofs, and the same as a spreadsheet."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from billing import reading
from billing.gateways.bank_transfer import GATEWAYS, BankTransfer
from core.i18n import N_
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.account import ActForm
from webapp.language import page_language, plain
from webapp.presenters.money import words
from webapp.presenters.money_sheet import as_csv, as_xlsx, rows
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import read
from webapp.views.workbench.queue import download

blueprint = Blueprint("money", __name__, url_prefix="/money")
blueprint.context_processor(words)


@blueprint.get("")
@access(PERSON)
def index() -> ResponseReturnValue:
    with the_market().database.read() as session:
        page = reading.money_page(session, need_person(), page_language())
    return render_template("money/index.html", page=page)


@blueprint.get("/sheet.csv")
@access(PERSON)
def csv_sheet() -> ResponseReturnValue:
    answer = Response(as_csv(_rows()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="money.csv"'
    return answer


@blueprint.get("/sheet.xlsx")
@access(PERSON)
def xlsx_sheet() -> ResponseReturnValue:
    return download(as_xlsx(_rows(), plain(N_("Money"))), "money.xlsx")


def _rows() -> list[list[str]]:
    with the_market().database.read() as session:
        found = reading.sheet(session, need_person(), page_language())
    return rows(found)


@blueprint.get("/<shown>")
@access(PERSON, of="obligation")
def one(shown: str) -> ResponseReturnValue:
    id = read("obligation", shown)
    with the_market().database.read() as session:
        page = reading.obligation_page(session, need_person(), id, page_language())
    account = page.account
    named = (account.account_name, account.bank, account.number) if account else ()
    how = GATEWAYS[BankTransfer.code].instruct(page.line.row.reference, *named)
    view = {"page": page, "how": how, "shown_here": shown, "act": ActForm(formdata=None)}
    return render_template("money/one.html", **view)


@blueprint.get("/<shown>/proofs/<payment>")
@access(PERSON, of="obligation")
def proof(shown: str, payment: str) -> ResponseReturnValue:
    """Always a download, never shown within the site."""
    with the_market().database.read() as session:
        row = reading.proof(session, need_person(), read("obligation", shown), payment)
    return attachment(the_market().files.path(row.sha256), row.file_name)
