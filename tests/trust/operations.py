"""Every operation of the API and what to send there; `api_matrix.txt` says what each actor gets.

Signs are those of `routes.py`; `s` is a visitor who is asked for a token, and `!` also a program
that is told to leave a step to its person. A new operation needs a line here and a rule there: the
failing test suggests it. Names in braces are things of a side (`world.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from deals.rounds.sealing import BOX_OCTETS
from tests.pictures import PNG
from tests.trust.world import Side
from webapp.api.declaring import PREFIX, TABLE, Operation

PDF: Final = b"%PDF-1.7\n" + "校长办公会纪要".encode()

TEXT: Final = "一段文字。".encode()


@dataclass(frozen=True)
class Case:
    """`things` stand in the address, in its order; `body` is JSON, `octets` a file, and `query`
    what is asked beside either."""

    operation: Operation
    things: tuple[str, ...] = ()
    body: dict[str, Any] | None = None
    octets: bytes | None = None
    query: dict[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return self.operation.method

    @property
    def gate(self) -> str:
        return "public" if self.operation.scope is None else "person"

    @property
    def sided(self) -> bool:
        return "{" in self.named

    @property
    def named(self) -> str:
        """How `api_matrix.txt` calls it: fields of the body only where they name a thing."""
        named = [f"{name}={value}" for name, value in (self.body or {}).items()
                 if isinstance(value, str) and "{" in value]  # fmt: skip
        return " ".join((self.operation.name, *self.things, *named))

    def sent(self, side: Side) -> tuple[str, dict[str, Any] | None]:
        path = self.operation.path
        for name, thing in zip(self.operation.parameters, self.things, strict=True):
            path = path.replace(f"{{{name}}}", side.path(thing))
        return PREFIX + path, None if self.body is None else {
            name: side.path(value) if isinstance(value, str) else value
            for name, value in self.body.items()
        }


def op(name: str, /, *things: str, **body: Any) -> Case:
    """One that takes nothing or JSON."""
    operation = TABLE.by_name[name]
    return Case(operation, things, body if operation.body else None)


def upload(octets: bytes, name: str, /, *things: str, **query: Any) -> Case:
    """One that takes a file."""
    ending = {PDF: "pdf", PNG: "png"}.get(octets, "txt")
    asked = {"name": f"x.{ending}"} | query
    return Case(TABLE.by_name[name], things, None, octets, asked)


paper, picture = partial(upload, PDF), partial(upload, PNG)


def today() -> str:
    """The legal day of the sample market."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


DAY: Final = "2026-01-05"
NOBODY: Final = f"per_{'0' * 32}"
NEW_FIRM: Final = {
    "kind": "firm", "name_zh": "新公司", "country": "DE", "number": "HRB 1",
    "register_at_home": "Handelsregister",
}  # fmt: skip
TERMS: Final = {"way": "ordinary", "lump_sum": 1_000_000}
WORDS: Final = {"language": "zh", "title": "改过的题目", "value_line": "一句话。"}
VALUED: Final = {
    "methods": ["income_approach", "market_approach"], "value": 100_000_000,
    "valued_on": DAY, "valid_until": "2099-01-05",
}  # fmt: skip
BY_VALUER: Final = {"provider": "某评估公司", "number": "评2", "appraisers": ["甲", "乙"]}

CASES: Final = (
    # Open to everyone, and one's own.
    op("listListings"),
    op("listNeeds"),
    op("listNotices"),
    op("listOrganisations"),
    op("listChanges"),
    op("exportListings"),
    op("exportListingsTable"),
    op("search"),
    Case(TABLE.by_name["suggest"], query={"q": "散"}),
    op("readMe"),
    op("editMe", name="某人", language="zh"),
    op("listMessages"),
    op("markRead", upto=1),
    op("listShares"),
    op("listSaved"),
    op("saveItem", item="{draft}"),
    op("saveItem", item="{published}"),
    op("removeItem", "{draft}"),
    op("listSavedSearches"),
    op("saveSearch", q="散热"),
    op("readSavedSearch", "{saved}"),
    op("pauseSearch", "{saved}"),
    op("resumeSearch", "{saved}"),
    op("removeSearch", "{saved}"),
    # Listings.
    op("readListing", "{published}"),
    op("readListing", "{draft}"),
    op("readListing", "{withdrawn}"),
    op("draftListing", owner="{org}", kind="result", text=WORDS),
    op("editListing", "{draft}", texts=[WORDS]),
    op("editListing", "{published}", texts=[WORDS]),
    op("submitListing", "{draft}"),
    op("assignHandler", "{submitted}", person=None),
    op("assignUnit", "{submitted}", unit="{unit}"),
    op("remindPeople", "{submitted}"),
    op("checkTitle", "{submitted}", findings={"owner": {"outcome": "ok", "note": "登记簿"}}),
    op("returnListing", "{submitted}", reason="other", note="请补充。"),
    op("approveListing", "{submitted}"),
    op("publishListing", "{submitted}"),
    op("confirmListing", "{published}"),
    op("withdrawListing", "{published}", reason="not_now"),
    op("reopenListing", "{withdrawn}"),
    op("archiveListing", "{withdrawn}"),
    op("confirmShare", "{draft}", share_bp=10_000),
    op("shareListing", "{published}"),
    op("shareListing", "{draft}"),
    op("readExportStatement", "{draft}"),
    op("stateExport", "{draft}", kind="free"),
    op("listFiles", "{draft}"),
    op("readFile", "{published}", "{file_member}"),
    op("readFile", "{published}", "{file_nda}"),
    op("readFile", "{draft}", "{file_public}"),
    upload(TEXT, "addFile", "{draft}"),
    op("removeFile", "{draft}", "{file_nda}"),
    op("listPictures", "{draft}"),
    op("readPicture", "{draft}", "{drawing}"),
    picture("addPicture", "{draft}"),
    op("removePicture", "{draft}", "{drawing}"),
    op("readRegister", "{draft}"),
    op("noteConsent", "{draft}", "{co_owner}", consented_on=DAY),
    op("fileValuation", "{draft}", **VALUED),
    paper("fileValuationReport", "{draft}", **VALUED, **BY_VALUER),
    op("readValuationReport", "{draft}", "{valuation}"),
    op("listMemberChoices", "{package}"),
    # Needs.
    op("readNeed", "{need}"),
    op("draftNeed", owner="{firm}", need={"language": "zh", "title": "需求"}),
    op("editNeed", "{need}", language="zh", title="改过的需求"),
    op("publishNeed", "{need}"),
    op("withdrawNeed", "{need}"),
    op("reopenNeed", "{need}"),
    op("listProposals"),
    op("readProposal", "{proposal}"),
    op("proposeResult", "{open_need}", organisation="{org}", contact_name="某人",
       text="我们有一种办法，可以在贵公司现有产线上试用。", contact="a@b.example"),
    op("takeProposal", "{proposal}"),
    op("declineProposal", "{proposal}", reason="other"),
    op("withdrawProposal", "{proposal}"),
    # Organisations.
    op("registerOrganisation", **NEW_FIRM),
    op("readApplication", "{org}"),
    op("correctApplication", "{org}", **NEW_FIRM),
    op("listDocuments", "{org}"),
    paper("addDocument", "{org}", kind="other"),
    op("readDocument", "{org}", "{document}"),
    op("removeDocument", "{org}", "{document}"),
    op("listApprovalSteps", "{org}"),
    op("setApprovalStep", "{org}", position=1, kind="meeting", name="院务会"),
    op("endApprovalStep", "{org}", "{rule}"),
    op("readOrganisation", "{org}"),
    op("readLogo", "{org}"),
    picture("setLogo", "{org}"),
    op("removeLogo", "{org}"),
    op("readProfile", "{org}"),
    op("editProfile", "{org}", intro_zh="介绍。"),
    op("exportOrganisation", "{org}"),
    op("listMembers", "{org}"),
    op("listMembers", "{firm}"),
    op("listInvitations", "{org}"),
    op("inviteMember", "{org}", contact="somebody@new.example", roles=["expert"]),
    op("withdrawInvitation", "{org}", "{invitation}"),
    op("listJoinRequests", "{org}"),
    op("askToJoin", "{org}"),
    op("answerJoinRequest", "{org}", "{request}", answer="accept", roles=["expert"]),
    op("changeRoles", "{org}", "{seat}", roles=["expert"]),
    op("endMembership", "{org}", "{seat}"),
    op("placeMember", "{org}", "{seat}", unit="{unit}"),
    op("readHeir", "{org}"),
    op("nameHeir", "{org}", person=None),
    op("listUnits", "{org}"),
    op("readUnit", "{org}", "{unit}"),
    op("addUnit", "{org}", kind="department", name="新的处室"),
    op("editUnit", "{org}", "{unit}", kind="department", name="改过的处室"),
    op("closeUnit", "{org}", "{unit}"),
    # Inquiries.
    op("listInquiries"),
    op("readInquiry", "{inquiry}"),
    op("sendInquiry", listing="{published}", way="{way}", purpose="试用", timetable="quarter",
       name="冉", firm="某公司", mail="r@firm.example"),
    op("sendInquiry", listing="{draft}", way="ordinary", purpose="试用", timetable="quarter",
       name="冉", firm="某公司", mail="r@firm.example"),
    op("answerInquiry", "{inquiry}", text="可以谈。"),
    op("refuseInquiry", "{inquiry}", reason="other", text="暂不许可。"),
    op("logTalk", "{inquiry}", channel="meeting", line="谈过一次。"),
    op("openDeal", "{inquiry}"),
    # Deals and their rooms.
    op("listDeals"),
    op("readDeal", "{deal}"),
    op("makeOffer", "{deal}", terms=TERMS, answering=1),
    op("acceptOffer", "{deal}", "1"),
    op("withdrawOffer", "{deal}", "1"),
    op("leaveDeal", "{deal}", reason="price"),
    op("enterObjection", "{noticed}", channel="letter", received_on=today(), name="某人",
       contact="某路1号", text="公示的价格远低于同类许可，理由在此。"),
    op("answerObjection", "{noticed}", "{objection}", outcome="dismissed", answer="理由在此。"),
    op("recordExportPaper", "{deal}", kind="intent", number="1", issued_on=DAY),
    op("stateBuyerCountry", "{deal}", country="CN"),
    op("askQuestion", "{deal}", text="什么时候可以看样？"),
    op("answerQuestion", "{deal}", "{question}", text="下周。"),
    upload(TEXT, "addRoomFile", "{deal}"),
    op("readDealRoom", "{deal}"),
    op("readRoomFile", "{deal}", "{room_own}"),
    op("readRoomFile", "{deal}", "{room_both}"),
    op("readRoomFile", "{deal}", "{room_nda}"),
    op("removeRoomFile", "{deal}", "{room_own}"),
    op("readRoomTerms", "{deal}"),
    op("wordRoomTerms", "{deal}", zh="双方保密。"),
    op("listRoomPeople", "{deal}"),
    op("letIntoRoom", "{deal}", person=NOBODY),
    op("endRoomEntry", "{deal}", "{entry}"),
    # What an institute decides, and who comes first.
    op("listWaitingSteps"),
    op("readDecision", "{decided}"),
    paper("fileMinutes", "{decided}", "{step}", outcome="passed", held_on=DAY, number="纪要2"),
    op("noteRefusal", "{decided}", "{step}", note="价格过低。", held_on=DAY, number="纪要2"),
    op("decideStep", "{decided}", "{step}"),
    op("askStepAgain", "{decided}", "{step}"),
    op("readMinutes", "{decided}", "{passed_step}"),
    op("readApprovalSheet", "{decided}"),
    op("readPreemption", "{decided}"),
    op("nameHolder", "{decided}", name="委托方"),
    paper("fileService", "{decided}", "{claimed}", day=DAY),
    paper("fileWaiver", "{decided}", "{claimed}", day=DAY),
    paper("fileAcceptance", "{decided}", "{claimed}", day=DAY),
    op("answerClaim", "{decided}", "{claimed}"),
    op("readService", "{decided}", "{served}"),
    op("readWaiver", "{decided}", "{served}"),
    op("readAcceptance", "{decided}", "{served}"),
    op("readAcceptance", "{signed}", "{taken}"),
    # Notices.
    op("readNotice", "{notice}"),
    op("objectToNotice", "{notice}", name="某人", contact="a@b.example",
       text="公示的价格远低于同类许可，理由在此。"),
    op("listNoticePostings", "{noticed}"),
    picture("showNoticePosting", "{noticed}", shows="first", place="board"),
    op("readNoticePosting", "{noticed}", "{picture}"),
    # Contracts and money.
    op("readContract", "{contracted}"),
    op("readSignedDocument", "{contracted}"),
    op("readSignatureEvidence", "{contracted}", "{signature}"),
    op("readCertificate", "{signed}"),
    op("readRegistration", "{signed}"),
    op("listObligations"),
    op("readObligation", "{obligation}"),
    # Published terms and open listings.
    op("listPostings", "{draft}"),
    op("readPosting", "{posting}"),
    op("postTerms", "{published}", mode="fixed_price", terms=TERMS, mode_reason="本校办法第九条"),
    op("withdrawTerms", "{posting}"),
    op("takeTerms", "{posting}", organisation="{firm}", confirmed=True),
    op("listRounds", "{draft}"),
    op("readRound", "{round}"),
    op("readOpening", "{round}"),
    op("readOpening", "{opened}"),
    op("registerInterest", "{round}", organisation="{firm}", confirmed=True),
    op("leaveQuote", "{round}", registration="{registration}", commitment="0" * 64,
       box="0" * 2 * BOX_OCTETS),
    op("leaveRound", "{round}", registration="{registration}"),
)  # fmt: skip
