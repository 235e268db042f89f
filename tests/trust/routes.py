"""Every route of the market, what to send there, and what each role gets.

One column per role, in the order of ROLES; one line per route and object:

    +  shown, or the use case went through      s  sent to sign in
    -  404: there is nothing                     x  403: may be known, may not be done
    o  answered by a page, and nothing was done
    !  the use case was reached and refused for another reason than who asks

`own` belongs to the demo institute and firm, `foreign` to others. A route that is not here fails.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = (
    None,
    "researcher",
    "tto_officer",
    "firm_member",
    "firm_admin",
    "broker",
    "provider_admin",
    "expert",
    "operator",
    "auditor",
)


@dataclass(frozen=True)
class Case:
    """`path` names things of a side in braces; `data` is a form that its view accepts."""

    method: str
    endpoint: str
    path: str
    data: dict[str, str] = field(default_factory=dict)

    @property
    def sided(self) -> bool:
        return "{" in self.path or any("{" in value for value in self.data.values())


def get(endpoint: str, path: str) -> Case:
    return Case("GET", endpoint, path)


def post(endpoint: str, path: str, **data: str) -> Case:
    return Case("POST", endpoint, path, data)


TITLE = {"language": "zh", "title": "改过的题目", "value_line": "一句话。", "abstract": "摘要。"}

CASES = (
    # Public pages.
    get("home.page", "/"),
    get("home.about", "/about"),
    get("home.terms", "/terms"),
    get("home.privacy", "/privacy"),
    get("search.page", "/search?q=散热"),
    get("search.needs", "/needs"),
    get("search.suggest", "/search/suggest?q=散"),
    get("machines.atom", "/search.atom?q=散热"),
    get("machines.robots", "/robots.txt"),
    get("machines.sitemap_index", "/sitemap.xml"),
    get("machines.sitemap_page", "/sitemap-1.xml"),
    get("notices.index", "/notices"),
    get("notices.page", "/notices/{notice}"),
    get("objections.object_", "/notices/{notice}/object"),
    post("objections.object_", "/notices/{notice}/object", name="某人", contact="a@b.example",
         text="公示的价格远低于同类许可，理由在此。"),
    get("organisation_pages.page", "/organisations/{org}"),
    get("needs.page", "/needs/{need}"),
    get("static", "/static/qiaoyi.css"),
    get("favicon", "/favicon.ico"),
    get("health.alive", "/healthz"),
    get("health.ready", "/readyz"),
    # A result: published, draft, withdrawn.
    get("results.page", "/results/{published}"),
    get("results.page", "/results/{draft}"),
    get("results.page", "/results/{withdrawn}"),
    get("results.sheet", "/results/{published}/sheet"),
    get("results.sheet", "/results/{draft}/sheet"),
    get("results.poster", "/results/{published}/poster"),
    get("results.poster", "/results/{draft}/poster"),
    get("results.card", "/results/{published}/card.svg"),
    get("results.card", "/results/{draft}/card.svg"),
    get("results.file", "/results/{published}/files/{file_public}"),
    get("results.file", "/results/{published}/files/{file_member}"),
    get("results.file", "/results/{published}/files/{file_nda}"),
    get("results.file", "/results/{draft}/files/{file_public}"),
    get("results.picture", "/results/{published}/pictures/{file_public}"),
    post("results.share", "/results/{published}/share"),
    post("results.share", "/results/{draft}/share"),
    get("shares.follow", "/s/{share}"),
    # Doors.
    get("doors.enter", "/sign-in"),
    post("doors.enter", "/sign-in", contact="nobody@nowhere.example", password="not this one"),
    post("doors.leave", "/sign-out"),
    get("doors.join", "/sign-up"),
    post("doors.join", "/sign-up", contact="new@comer.example", name="新人",
         password="seven-lanterns-9-boats"),
    get("doors.confirm", "/confirm/0123"),
    post("doors.confirm", "/confirm/0123", code="000000"),
    get("doors.forgotten", "/forgotten"),
    post("doors.forgotten", "/forgotten", contact="nobody@nowhere.example"),
    get("doors.reset", "/reset/0123"),
    post("doors.reset", "/reset/0123", code="000000", password="seven-lanterns-9-boats"),
    get("development.mail", "/dev/mail"),
    get("development.sms", "/dev/sms"),
    # One's own account.
    get("profile.show", "/account"),
    post("profile.edit", "/account/profile", name="某人", language="zh"),
    post("profile.set_password", "/account/password", old="x", password="seven-lanterns-9-boats"),
    post("profile.end_session", "/account/sessions/{session}/end"),
    post("profile.end_others", "/account/sessions/end-others"),
    get("messages.show", "/messages"),
    post("messages.read", "/messages/read", upto="1"),
    get("my_needs.saved", "/saved"),
    post("my_needs.keep", "/saved", ref="listing:{draft_id}"),
    post("my_needs.keep", "/saved", ref="listing:{published_id}"),
    # Organisations and their members.
    get("organisations.choose", "/organisations/choose?name=大学"),
    get("organisations.register", "/organisations/new"),
    post("organisations.register", "/organisations/new", kind="firm", name_zh="新公司",
         country="DE", register="Handelsregister", number="HRB 1"),
    get("organisations.correct", "/organisations/{org}/correct"),
    post("organisations.correct", "/organisations/{org}/correct", kind="institute",
         name_zh="改名", country="DE", register="Handelsregister", number="HRB 1"),
    get("organisations.ask", "/organisations/{org}/join"),
    post("organisations.ask", "/organisations/{org}/join", note="我是"),
    get("organisations.take", "/join/{invitation_token}"),
    post("organisations.take", "/join/{invitation_token}"),
    get("members.show", "/organisations/{org}/members"),
    get("members.show", "/organisations/{firm}/members"),
    post("members.invite", "/organisations/{org}/invitations", contact="a@b.example",
         roles="researcher", language="zh"),
    post("members.withdraw", "/invitations/{invitation}/withdraw"),
    post("members.answer", "/join-requests/{request}/answer", answer="accept", roles="expert"),
    post("members.set_roles", "/memberships/{seat}/roles", roles="expert"),
    post("members.end", "/memberships/{seat}/end"),
    # The researcher's workbench.
    get("workbench.home", "/workbench"),
    get("workbench.new", "/workbench/new"),
    post("workbench.new", "/workbench/new", owner="{org_id}", kind="result", title="新题目",
         value_line="一句话。"),
    get("workbench.result", "/workbench/results/{draft}"),
    get("workbench.result", "/workbench/results/{published}"),
    get("workbench.edit", "/workbench/results/{draft}/1"),
    post("workbench.edit", "/workbench/results/{draft}/1", **TITLE),
    post("workbench.edit", "/workbench/results/{published}/1", **TITLE),
    post("workbench.act", "/workbench/results/{draft}/submit"),
    post("workbench.act", "/workbench/results/{published}/confirm"),
    post("workbench.act", "/workbench/results/{withdrawn}/reopen"),
    post("workbench.act", "/workbench/results/{withdrawn}/archive"),
    post("workbench.withdraw", "/workbench/results/{published}/withdraw", reason="not_now"),
    post("workbench.drop_file", "/workbench/results/{draft}/files/{file_nda}/remove"),
    post("workbench.share", "/workbench/shares/{draft_asset}", share_bp="100"),
    get("register.page", "/workbench/results/{draft}/rights"),
    get("register.page", "/workbench/results/{published}/rights"),
    post("register.add_owner", "/workbench/results/{draft}/rights/owners", name="某校", share="10"),
    post("register.drop_owner", "/workbench/results/{draft}/rights/owners/1/remove"),
    post("register.consent", "/workbench/results/{draft}/rights/owners/1/consent",
         consented_on="2026-11-01"),
    post("register.add_right", "/workbench/results/{draft}/rights/entries", kind="grant",
         way="ordinary", holder_name="某公司", starts="2026-01-01"),
    post("register.drop_right", "/workbench/results/{draft}/rights/entries/1/remove"),
    get("pictures.page", "/workbench/results/{draft}/pictures"),
    post("pictures.add", "/workbench/results/{draft}/pictures"),
    post("pictures.remove", "/workbench/results/{draft}/pictures/{file_nda}/remove"),
    get("packages.page", "/workbench/results/{draft}/members"),
    post("packages.page", "/workbench/results/{draft}/members"),
    get("drafting.drop", "/workbench/draft-from-file"),
    post("drafting.drop", "/workbench/draft-from-file"),
    get("drafting.proposed", "/workbench/draft-from-file/forged.token"),
    post("drafting.proposed", "/workbench/draft-from-file/forged.token", title="x"),
    post("drafting.words", "/workbench/draft-from-file/words/title", title="新型技术"),
    # Needs.
    get("my_needs.home", "/workbench/needs"),
    get("my_needs.new", "/workbench/needs/new"),
    post("my_needs.new", "/workbench/needs/new", title="要找的", summary="一句话。"),
    get("my_needs.edit", "/workbench/needs/{need}"),
    post("my_needs.edit", "/workbench/needs/{need}", title="改过", summary="一句话。"),
    post("my_needs.act", "/workbench/needs/{need}/publish"),
    post("my_needs.act", "/workbench/needs/{need}/withdraw"),
    # The office's queue.
    get("queue.page", "/queue"),
    get("queue.page", "/queue?row={draft}"),
    post("queue.title", "/queue/{submitted}/title", owner="ok"),
    post("queue.do", "/queue/do", deed="assign", row="{submitted}"),
    get("queue_sheet.out", "/queue/sheet/queue.xlsx"),
    post("queue_sheet.back", "/queue/sheet"),
    post("queue_sheet.apply", "/queue/sheet/apply"),
    # Imports.
    get("imports.home", "/imports"),
    get("imports.new", "/imports/new"),
    post("imports.new", "/imports/new"),
    get("imports.page", "/imports/{import}"),
    post("imports.read_again", "/imports/{import}/reading", encoding="utf-8", delimiter=",",
         header_row="1"),
    post("imports.map_and_check", "/imports/{import}/columns", c0="title", office="CN",
         currency="CNY", language="zh"),
    post("imports.decide", "/imports/{import}/decide", all="import"),
    post("imports.run", "/imports/{import}/run"),
    post("imports.cancel", "/imports/{import}/cancel"),
    get("imports.errors", "/imports/{import}/errors.csv"),
    get("jobs.page", "/jobs/job_00000000000000000000000000000000"),
    # Inquiries.
    get("inquiries.ask", "/results/{published}/ask"),
    get("inquiries.ask", "/results/{draft}/ask"),
    post("inquiries.ask", "/results/{published}/ask", way="ordinary", purpose="试用",
         timetable="quarter", name="冉", firm="某公司", mail="r@f.example"),
    post("inquiries.ask", "/results/{draft}/ask", way="ordinary", purpose="试用",
         timetable="quarter", name="冉", firm="某公司", mail="r@f.example"),
    get("inquiries.sent", "/inquiries/sent/{claim}"),
    post("inquiries.claim", "/inquiries/sent/{claim}/claim"),
    get("inquiries.inbox", "/inquiries"),
    get("inquiries.inquiry", "/inquiries/{inquiry}"),
    post("inquiries.answer", "/inquiries/{inquiry}/answer", text="好的"),
    post("inquiries.refuse", "/inquiries/{inquiry}/refuse", reason="no_capacity"),
    post("inquiries.talk", "/inquiries/{inquiry}/talk", channel="telephone", line="谈过"),
    post("inquiries.open_", "/inquiries/{inquiry}/open"),
    # Deals.
    get("deals.pipeline", "/deals"),
    get("deals.room", "/deals/{deal}"),
    get("deals.offer", "/deals/{deal}/offer"),
    post("deals.offer", "/deals/{deal}/offer", way="ordinary", lump_sum="10000",
         tax_basis="included", royalty_base="", valid_until="2099-01-01"),
    get("deals.accept", "/deals/{deal}/accept/1"),
    post("deals.accept", "/deals/{deal}/accept/1"),
    post("deals.withdraw", "/deals/{deal}/withdraw/1"),
    get("deals.leave", "/deals/{deal}/leave"),
    post("deals.leave", "/deals/{deal}/leave", reason="price"),
    get("deals.objection", "/deals/{deal}/objections/{objection}"),
    post("deals.objection", "/deals/{deal}/objections/{objection}", outcome="dismissed",
         answer="已核实，价格依据充分。"),
    post("deals.promise", "/deals/{deal}/promise/1", typed_name="某人"),
    post("deals.add_file", "/deals/{deal}/files"),
    get("deals.file", "/deals/{deal}/files/{room_own}"),
    get("deals.file", "/deals/{deal}/files/{room_both}"),
    get("deals.file", "/deals/{deal}/files/{room_nda}"),
    post("deals.ask", "/deals/{deal}/questions", text="何时"),
    post("deals.answer", "/deals/{deal}/questions/{question}", text="明天"),
    # The operator's console.
    get("operator.home", "/operator"),
    get("operator.organisations", "/operator/organisations"),
    get("operator.overdue", "/operator/overdue"),
    get("operator.vet", "/operator/organisations/{org}"),
    post("operator.vet", "/operator/organisations/{org}", decision="suspend", reason="理由"),
    get("operator.people", "/operator/people"),
    get("moderation.public", "/operator/listings"),
    get("moderation.one", "/operator/listings/{published}"),
    post("moderation.one", "/operator/listings/{published}", reason="misleading"),
    get("oversight.audit", "/operator/audit"),
    get("oversight.health", "/operator/health"),
    post("oversight.retry", "/operator/facts/1/retry"),
)  # fmt: skip
