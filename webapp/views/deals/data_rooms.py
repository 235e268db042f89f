"""The data room of a deal: files and who saw them, its terms, its people, its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from accounts.factors.actions.prove_with_code import prove_with_code
from accounts.results import TurnedAway
from core.errors import NotFound
from core.ids import ref
from core.results import Result
from datarooms.actions.accept_nda import accept_nda
from datarooms.actions.add_member import add_member
from datarooms.actions.add_room_file import LARGEST, add_room_file
from datarooms.actions.answer_question import answer_question
from datarooms.actions.ask_question import ask_question
from datarooms.actions.end_membership import end_membership
from datarooms.actions.remove_room_file import remove_room_file
from datarooms.actions.set_nda import set_nda
from datarooms.actions.view_file import view_file
from datarooms.queries import RoomPage, RoomPeople, room_page, room_people
from deals.queries import RoomFrame, room_frame
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.deal_forms import PlainForm
from webapp.forms.room_forms import (
    ColleagueForm,
    PromiseForm,
    QuestionForm,
    RoomFileForm,
    RoomTermsForm,
)
from webapp.language import gettext as _
from webapp.runtime import the_market
from webapp.sessions import current_session, need_person, origin
from webapp.uploads import keep_upload
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("data_rooms", __name__, url_prefix="/deals/<shown>")
lend_words(blueprint)


@dataclass(frozen=True)
class Shown:
    """A room that the reader may enter, with what of its deal everybody in it may know."""

    deal: str
    frame: RoomFrame
    room: RoomPage
    people: RoomPeople


def _found(shown: str) -> Shown:
    actor, runtime, deal = need_person(), the_market(), read("deal", shown)
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        room = room_page(session, actor, ref("deal", deal), now)
        frame = room_frame(session, actor, deal) if room else None
        if room is None or frame is None:
            raise NotFound(ref=shown)
        return Shown(deal, frame, room, room_people(session, actor, room.id, now))


def _run(action: Any, *args: Any) -> Any:
    return the_market().executor.run(need_person(), action, *args)


def _back(found: Shown, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(found.deal, "files"), 303)


def _page(found: Shown, **forms: Any) -> str:
    fresh = {
        "button": PlainForm(formdata=None),
        "upload": RoomFileForm(formdata=None),
        "question": QuestionForm(formdata=None),
        "colleague": ColleagueForm(found.people.colleagues, formdata=None),
    }
    return render_template("deals/files.html", page=found, **(fresh | forms))


@blueprint.get("/files")
@access(PERSON, of="deal")
def page(shown: str) -> str:
    return _page(_found(shown))


@blueprint.post("/files")
@access(PERSON, of="deal")
def add_file(shown: str) -> Any:
    found, form = _found(shown), RoomFileForm()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(found, upload=form)
    done = form.accepted(lambda: _take_file(found, form.level.data, sent))
    if done is None:
        return _page(found, upload=form), form.status
    return _back(found, _("The file is in the room."))


def _take_file(found: Shown, level: str, sent: FileStorage) -> Any:
    """Looked at before it is stored. Raises Invalid."""
    kept = keep_upload("file", sent.filename or "", sent.stream, limit=LARGEST)
    named = kept.name, kept.sha256, kept.size, kept.media_type
    return _run(add_room_file, found.room.id, level, *named)


@blueprint.get("/files/<id>")
@access(PERSON, of="room file")
def file(shown: str, id: str) -> Response:
    given = _run(view_file, _found(shown).room.id, id)
    return attachment(the_market().files.path(given.sha256), given.name)


@blueprint.post("/files/<id>/remove")
@access(PERSON, of="room file")
def remove(shown: str, id: str) -> Response:
    found = _found(shown)
    _run(remove_room_file, found.room.id, id)
    return _back(found, _("The file was taken out of the room."))


@blueprint.route("/promise/<int:version>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal", fresh=True)
def promise(shown: str, version: int) -> Any:
    found, form, signed = _found(shown), PromiseForm(), current_session()
    if request.method == "GET" and not _waits(found.room):
        return redirect(deal_url(found.deal, "files"))
    session = signed.session if signed else ""
    done = form.accepted(lambda: _promise(found, form, version, session))
    if done is None:
        protected = signed is not None and signed.protected
        body = render_template("deals/promise.html", page=found, form=form, protected=protected)
        return body, form.status
    return _back(found, _("You accepted the confidentiality terms."))


def _waits(room: RoomPage) -> bool:
    """Whether the reader is asked to accept the terms."""
    return room.side is not None and room.promise is not None and room.closed_at is None


def _promise(found: Shown, form: PromiseForm, version: int, session: str) -> Result:
    """A code is used up first: wrong ones are counted, whatever else is wrong."""
    if form.code.data:
        proof = _run(prove_with_code, session, form.code.data, origin())
        if isinstance(proof, TurnedAway):
            return proof
    name = form.typed_name.data or ""
    done: Result = _run(accept_nda, found.room.id, version, name, session)
    return done


@blueprint.route("/files/terms", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def terms(shown: str) -> Any:
    found = _found(shown)
    form = RoomTermsForm(data=found.people.words | {"version": found.room.nda})
    if request.method == "GET" and not found.people.words:
        return redirect(deal_url(found.deal, "files"))
    version = form.version.data or 0
    done = form.accepted(lambda: _run(set_nda, found.room.id, version, form.texts()))
    if done is None:
        return render_template("deals/room_terms.html", page=found, form=form), form.status
    return _back(found, _("The new terms are in force: each reader accepts them afresh."))


@blueprint.post("/files/people")
@access(PERSON, of="deal")
def let_in(shown: str) -> Any:
    found = _found(shown)
    form = ColleagueForm(found.people.colleagues)
    done = form.accepted(lambda: _run(add_member, found.room.id, form.person.data or ""))
    if done is None:
        return _page(found, colleague=form), form.status
    return _back(found, _("Your colleague may now enter the room."))


@blueprint.post("/files/people/<id>/end")
@access(PERSON, of="room member")
def end(shown: str, id: str) -> Response:
    found = _found(shown)
    _run(end_membership, found.room.id, id)
    return _back(found, _("That person no longer enters the room."))


@blueprint.post("/questions")
@access(PERSON, of="deal")
def ask(shown: str) -> Any:
    found, form = _found(shown), QuestionForm()
    done = form.accepted(lambda: _run(ask_question, found.room.id, form.text.data or ""))
    if done is None:
        return _page(found, question=form), form.status
    return _back(found, _("The question was asked."))


@blueprint.post("/questions/<id>")
@access(PERSON, of="question")
def answer(shown: str, id: str) -> Any:
    found, form = _found(shown), QuestionForm()
    done = form.accepted(lambda: _run(answer_question, found.room.id, id, form.text.data or ""))
    if done is None:
        return _page(found, question=form), form.status
    return _back(found, _("The answer was given."))
