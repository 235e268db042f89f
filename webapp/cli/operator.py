"""`flask operator found`: the market's own organisation and its first operator."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from accounts.actions.found_operator import found_operator
from accounts.errors import OperatorExists
from accounts.models import Organisation
from accounts.passwords import password_problems
from accounts.seeding import Registrar
from accounts.states import OrganisationKind
from core.actor import SYSTEM
from core.errors import Invalid, Refused
from webapp.language import plain
from webapp.presenters.refusals import said
from webapp.runtime import the_market


@click.group("operator")
def group() -> None:
    """Who runs the market."""


@group.command("found")
@click.argument("contact")
@click.option("--name", required=True, help="The person's name.")
@click.option("--organisation", required=True, help="The operator's name as registered.")
@click.option("--english", default="", help="The operator's name in English.")
@click.option("--number", required=True, help="The operator's unified social credit code.")
@click.password_option(help="Asked for where it is not given.")
def found(
    contact: str, name: str, organisation: str, english: str, number: str, password: str
) -> None:
    """Makes CONTACT, a mail address or mobile number, the first operator. Serves once.

    Whoever may run this command holds the database: the contact counts as proven. The person signs
    in with the password and is led to a second factor before anything else opens.
    """
    market, kind = the_market(), OrganisationKind.OPERATOR.value
    if problems := password_problems(password, leaked=market.executor.ports.leaked):
        for problem in problems:
            click.echo(plain(problem.text, **problem.params), err=True)
        sys.exit(2)
    run, registrar = market.executor.run, Registrar(market.executor)
    names = {"zh": organisation, **({"en": english} if english else {})}
    with market.database.read() as session:
        known = session.scalar(select(Organisation.id).where(Organisation.kind == kind))
    try:
        if known:
            raise OperatorExists
        person = registrar.person(contact, name, password)
        run(SYSTEM, found_operator, names, number, person)
    except Invalid as wrong:
        for problem in (one for many in wrong.problems.values() for one in many):
            click.echo(plain(problem.text, **problem.params), err=True)
        sys.exit(2)
    except Refused as refused:
        click.echo(said(refused), err=True)
        sys.exit(1)
    click.echo(f"{name} is the first operator. Sign in, then set up a second factor.")
