"""What a browser must know beside the pages: where forms are, and what their fields want."""

from __future__ import annotations

from typing import Final

PAGES: Final = (
    "/operator/complaints/{received}",
    "/operator/complaints/{forwarded}",
    "/complaints/{forwarded}",
    "/complaints/sent/{countered_link}",
    "/operator/merges/{merge}",
    "/deals/{drafted}/contract",
    "/deals/{drafted}/contract/draft",
    "/deals/{drafted}/contract/freeze",
    "/deals/{handed_in}/registration/answer",
    "/deals/{done}/registration/change",
    "/deals/{done}/registration/rescind",
    *(f"/workbench/results/{{draft}}/{step}" for step in range(2, 6)),
)
"""Pages with forms, besides those of `routes`."""
HALF_WAY: Final = ("/sign-in/second", "/sign-in/second/lost")
"""Pages of somebody who gave their password and not yet the second factor."""
ADDRESS: Final = "new.one@post.example"
LATER: Final = {"takes_effect": "2060-01-01", "file": ""}
OFFERED: Final = {
    "way": "joint_development", "tax_basis": "included", "results_belong": "seller",
    "failure": "shared", "royalty_base": "", "royalty": "", "royalty_minimum": "", "entry_fee": "",
    "equity": "", "company": "", "converts_to": "", "conversion_price": "", "metrics": "",
    "seller_share": "", "steps_by": "", "steps_within": "",
    **{f"part{n}": "1000" for n in range(1, 13)},
    **{f"by{n}": "2030-06-03" for n in range(1, 7)},
    **{f"{name}{n}": "" for n in range(1, 7) for name in ("above", "rate")},
}  # fmt: skip
PATENT: Final = {"office": "CN", "kind_code": "A", "publication_number": "CN118524411A",
                 "grant_number": "", "application_number": "CN201710601862.3"}  # fmt: skip
REGISTRY: Final = {
    "turnover": "10000", "tech_amount": "10000", "new_investment": "0", "new_output": "0",
    "seller_country": "156", "buyer_country": "156", "seller_region": "330100",
    "buyer_region": "330100",
}  # fmt: skip
FIRM: Final = {"country": "DE", "number": "HRB 1", "region": "", "register": "Handelsregister"}
FILLED: Final[dict[str, dict[str, str]]] = {
    "contacts.add": {"contact": ADDRESS},
    "contract_signing.sign": {"code": "{code}", "name": "周砚秋", "consent": "y"},
    "contracts.sign": {"seal_name": "临浦大学", "pages": "3"},
    "data_rooms.promise": {"code": "{code}"},
    "deal_decisions.step": {"held_on": "2026-01-05", "outcome": "refused", "paper": ""},
    "deals.offer": OFFERED | {"lump_sum": "12000"},
    "decisions.add": {"least": ""},
    "doors.forgotten": {"contact": ADDRESS},
    "doors.second": {"code": "{code}"},
    "doors.join": {"contact": ADDRESS},
    "inquiries.ask": {"budget": ""},
    "members.invite": {"contact": ADDRESS},
    "merging.index": {"absorbed": "{absorbed}", "survivor": "{survivor}"},
    "money_accounts.index": {"currency": "CNY"},
    "money_steps.invoice_new": {"amount": "1"},
    "money_steps.pay": {"amount": "1", "paid_on": "2026-01-05"},
    "money_steps.payment": {"amount": "200", "decision": "refuse"},
    "my_needs.edit": {"budget_low": "", "budget_high": ""},
    "my_needs.new": {"budget_low": "", "budget_high": ""},
    "notice_postings.page": {"url": "https://site.example/1"},
    "objections.enter": {"received_on": "2026-11-30"},
    "open_licences.new": {"lump_sum": "10000", "entry_fee": "", "royalty": ""},
    "operator.vet": {"decision": "suspend"},
    "operator_announcements.index": {"starts_at": "2026-01-01T08:00",
                                     "ends_at": "2090-01-01T08:00"},
    "operator_texts.index": LATER,
    "organisation_profile.edit": {"ror": ""},
    "organisation_sign_on.claim": {"domain": "works.invalid"},
    "organisation_sign_on.propose": {"issuer": "https://id.works.invalid"},
    "organisations.correct": FIRM,
    "organisations.register": FIRM,
    "patents.edit": PATENT,
    "patents.page": PATENT,
    "policies.chapter": LATER
    | {f"fee.contract.{one}": "" for one in ("seller", "buyer", "at_least", "at_most")}
    | {"fee.contract.days": "15"},
    "policies.holidays": LATER | {"year": "2028", "holidays": "2028-01-01", "workdays": "",
                                  "checked_on": "2026-11-30"},
    "policies.letter": LATER,
    "policies.profile": LATER | {"checked_on": "2026-11-30", "value": "45"},
    "postings.new": OFFERED | {"lump_sum": "3000"},
    "proposals.propose": {"contact": ADDRESS, "result": "words"},
    "register.add_owner": {"share": "10"},
    "register.value": {"value": "100万", "provider": "", "number": "", "appraisers": "",
                       "report": ""},
    "registrations.change": REGISTRY,
    "registrations.form": REGISTRY,
    "reports.report": {"kind": "infringement"},
    "round_desk.new": {"lump_sum": "10000", "deposit": "", "royalty": ""},
    "webhooks.add": {"url": "https://hooks.example.org/"},
    "workbench.edit": {
        "ways": "assignment|exclusive|sole|ordinary|trial_licence|equity_contribution"
        "|joint_development", "registration": "", "ipc": "H05K7/20", "comparisons": "",
        "patents": "",
        **{f"{way}_{what}": "" for what in ("price", "royalty") for way in (
            "assignment", "exclusive", "sole", "ordinary", "trial_licence",
            "equity_contribution", "joint_development")},
    },
}  # fmt: skip
"""What the fields of a route's form want, where their kind and name do not say it; "" where they
want nothing, and "|" between several."""
READ: Final[dict[str, tuple[tuple[str | None, str], ...]]] = {
    "operator_announcements.index": ((None, "/announcements"), (None, "/en/announcements")),
    "organisations.ask": (("tto_officer", "/organisations/{org}/members"),),
}
"""Who reads what a route keeps, where neither its form nor what follows shows it."""
SECRETS: Final = frozenset({"code"})
"""Fields that prove somebody: what was typed is not shown again."""
_WITHOUT: Final = {
    "a machine sends it": "oai.harvest policy_reports.take signing.heard",
    "a script sends it": "drafting.words passkeys.ask",
    "a file that was sent stands before it: tests/webapp/test_drafting_pages.py":
        "drafting.proposed imports.cancel imports.decide imports.run queue_sheet.apply",
    "a worker must have run, or failed":
        "oversight.retry oversight.retry_mail oversight.retry_work webhooks.resend",
    "it has a button alone": "certificates.issue consents.page contacts.remove contracts.open_ "
        "contract_signing.fetch contract_signing.take_back deal_decisions.again inquiries.claim "
        "mail_habits.try_address money_accounts.approve offers.take own_support.stop "
        "privacy.keep profile.end_others profile.end_session recovery.letter recovery.stop "
        "register.drop_right registrations.begin rounds.register security.off support.end",
    "it wants an institution that answers: tests/accounts/test_sign_on.py":
        "identities.link identities.remove sign_on.new",
    "nothing of a deal crosses a border here: tests/deals/test_border.py":
        "deals.country deals.export_paper",
    "the round is before its quotes, or past its opening: tests/deals/rounds/test_round_pages.py":
        "round_desk.open_ rounds.quote",
    "the person has lost nothing yet: tests/accounts/test_recovery.py": "recoveries.begin",
    "the return is made already": "duties.hand_in",
}  # fmt: skip
NO_FORM: Final = {name: why for why, names in _WITHOUT.items() for name in names.split()}
"""Routes that are posted, and that have no form on a page of this world."""
NOT_OFFERED: Final = {"RegistryForm summary": "asked for where the profile wants a summary"}
"""Fields of a form that no page of this world offers."""
_REFUSED: Final = {
    "the code went to somebody's mail, telephone or screen":
        "contacts.prove doors.confirm doors.reset operator_support.index security.app",
    "the password is another's": "doors.enter",
    "a device makes the key": "passkeys.add",
    "the deposit is neither won nor lost": "money_steps.forfeit",
    "the offer is the other side's to accept": "deals.accept",
    "the organisation is vetted": "organisations.correct",
    "the deal waits for the meeting, not for who comes first": "preemptions.name",
}  # fmt: skip
NOT_TAKEN: Final = {name: why for why, names in _REFUSED.items() for name in names.split()}
"""Routes whose form nobody gets through with in this world: every string is refused."""
_UNKEPT: Final = {
    "it is an amount, a share or a number, and kept as one": (
        "deals.offer entry_fee", "deals.offer royalty", "deals.offer seller_share",
        "decisions.add least", "inquiries.ask budget",
        "money_steps.pay amount", "money_steps.payment amount", "my_needs.edit budget_high",
        "my_needs.edit budget_low", "my_needs.new budget_high", "my_needs.new budget_low",
        "open_licences.new entry_fee", "open_licences.new lump_sum",
        "policies.chapter fee.contract.buyer", "policies.chapter fee.contract.days",
        "policies.chapter fee.contract.seller", "postings.new entry_fee",
        "register.value value", "registrations.change new_investment",
        "registrations.change new_output",
        "registrations.change tech_amount", "registrations.change turnover",
        "registrations.form new_investment",
        "registrations.form new_output", "registrations.form tech_amount",
        "registrations.form turnover", "round_desk.new deposit", "round_desk.new lump_sum",
        "workbench.edit assignment_price", "workbench.edit equity_contribution_price",
        "workbench.edit exclusive_price", "workbench.edit joint_development_price",
        "workbench.edit ordinary_price", "workbench.edit sole_price",
        "workbench.edit trial_licence_price",
    ),
    "it is part of a text that programs read; test_naughty reads one":
        ("policies.holidays source", "policies.holidays source_en", "policies.profile citation",
         "policies.profile citation_en", "policies.profile value", "policies.letter en_body",
         "policies.letter en_subject", "policies.letter zh_body", "policies.letter zh_subject"),
    "the account is kept in one line": ("money_steps.pay bank", "money_steps.pay holder",
                                        "money_steps.pay number"),
    "kept where the price lies far below the valuation": ("deals.offer price_reason",),
    "kept where a result is returned": ("queue.do note",),
    "kept where a provider made the report": ("register.value appraisers",
                                              "register.value number"),
    "kept where the registry registered": ("registrations.answer number",),
    "a line that is a number is kept as one": ("workbench.edit patents",),
}  # fmt: skip
NOT_KEPT: Final = {name: why for why, names in _UNKEPT.items() for name in names}
"""Fields that are taken, and of which no column holds the text as it was sent."""
_DIFFERING: Final = {
    "a register's number is found, and so kept, in capitals": ["organisations.register number"],
    "a kind code is kept in capitals": ["patents.edit kind_code", "patents.page kind_code"],
    "each line is one": [
        f"workbench.edit {name}"
        for name in ("brings", "receives", "contributors", "funding", "evidence")
    ],
    "each word between commas is one": [
        "my_needs.edit keywords", "my_needs.new keywords", "workbench.edit alternatives",
        "workbench.edit keywords",
    ],
    "it is told in a sentence with others, without the sign at its end": [
        f"{route} criterion{n}" for route in ("deals.offer", "postings.new") for n in range(1, 7)
    ],
}  # fmt: skip
OTHERWISE: Final = {name: why for why, names in _DIFFERING.items() for name in names}
"""Fields that are kept or shown, and not as they were sent."""
_UNREAD: Final = {
    "a letter goes there": ("contacts.add contact", "doors.join contact", "doors.join name",
                            "members.invite contact"),
    "the owner's office reads it, with the inquiry": (
        "inquiries.ask firm", "inquiries.ask mail", "inquiries.ask name", "inquiries.ask phone"),
    "the owner's office reads it": ("objections.object_ contact", "objections.object_ name",
                                    "objections.object_ text"),
    "the operator reads it": ("reports.report mail", "reports.report name", "recovery.lost note",
                              "organisations.register contact_mail",
                              "organisations.register contact_name",
                              "organisations.register contact_phone",
                              "organisations.register name_en", "organisations.register register",
                              "organisations.register website"),
    "the issuer of the invoice reads it": (
        "money_steps.invoice_new address", "money_steps.invoice_new mail",
        "money_steps.invoice_new tax_number", "money_steps.invoice_new title"),
    "the form of the thing that is made shows it": (
        "my_needs.new description", "my_needs.new keywords", "my_needs.new tried",
        "patents.page application_number", "patents.page family", "workbench.new contact_phone",
        "workbench.new contributors"),
    "the other side reads it": ("data_rooms.promise typed_name",),
    "the party reads it": ("round_desk.desk note",),
    "the announcement's own page shows it": (
        "operator_announcements.index text", "operator_announcements.index text_en"),
    "the page in English shows it": ("pictures.add caption_en",),
    "the page of a text that is not yet in force shows it": (
        "operator_texts.index text", "operator_texts.index text_en"),
    "the institution reads it": ("operator_sign_on.domain reason",
                                 "operator_sign_on.provider reason"),
    "the files of the deal hold it": (
        "postings.new price_reason", "round_desk.new deposit_reason",
        "round_desk.new price_reason"),
}  # fmt: skip
NOT_READ_AGAIN: Final = {name: why for why, names in _UNREAD.items() for name in names}
"""Fields that are kept, and that none of the pages read here shows."""
ALONE: Final = {
    "passkeys.rename": "the page that follows says it",
    "queue.do": "the page that follows says it, row by row",
}
"""Routes that refuse on another page than that of the form."""
