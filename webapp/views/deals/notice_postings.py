"""Where the owner's office shows that its notice hangs in its own unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from core.errors import Forbidden
from deals.actions.show_posting import show_posting
from deals.engine.declaration import Side
from deals.models import NoticePosting
from deals.queries import deal_title
from deals.queries.notice_pictures import deal_of_notice, picture_of, pictures_of
from deals.rules import Shown
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.deal_forms import PLACE_NAMES, SHOWN_NAMES, PostingForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import LARGEST_POSTING, POSTING_KINDS, POSTING_WANTED, take_upload
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("notice_postings", __name__, url_prefix="/deals/<shown>/posting")
lend_words(blueprint)


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def page(shown: str) -> Any:
    actor = need_person()
    with the_market().database.read() as session:
        deal, notice, side = deal_of_notice(session, actor, read("deal", shown))
        pictures = pictures_of(session, notice.id)
        title = deal_title(session, deal.id, page_language())
    form = PostingForm(data=_likely(pictures))
    done = form.accepted(lambda: _show(notice.id, side, form))
    if done is not None:
        flash(_("The picture is kept, with its day and its SHA-256."), "done")
        return redirect(deal_url(deal.id, "posting"), 303)
    words = {"shown_names": SHOWN_NAMES, "place_names": PLACE_NAMES}
    view = {"deal": deal, "notice": notice, "pictures": pictures, "sells": side is Side.SELLER}
    body = render_template("deals/posting.html", form=form, title=title, **view, **words)
    return body, form.status


def _likely(pictures: Sequence[NoticePosting]) -> dict[str, str]:
    """What the form begins with: the first day, then the last one in the same place."""
    if not pictures:
        return {"when": "first", "place": "site"}
    return {"when": "last", "place": pictures[-1].place, "url": pictures[-1].url}


def _show(notice: str, side: Side | None, form: PostingForm) -> Any:
    """Looked at before it is stored; nobody stores a file who may not act. Raises Invalid."""
    if side is not Side.SELLER:
        raise Forbidden(do="show_posting")
    sent = take_upload("file", limit=LARGEST_POSTING, of=POSTING_KINDS, wanted=POSTING_WANTED)
    when, place, url = (form[name].data or "" for name in ("when", "place", "url"))
    picture = Shown(when, place, url, sent.sha256, sent.name, sent.size)
    return the_market().executor.run(need_person(), show_posting, notice, picture)


@blueprint.get("/<id>/picture")
@access(PERSON, of="posted picture")
def picture(shown: str, id: str) -> Response:
    actor = need_person()
    with the_market().database.read() as session:
        row = picture_of(session, actor, read("deal", shown), id)
    return attachment(the_market().files.path(row.sha256), row.name)
