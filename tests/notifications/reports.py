"""Messages as servers send them to the return address, each with what it says of the letter."""

from __future__ import annotations

import base64
from collections.abc import Callable

Make = Callable[[str], bytes]
"""From the address that the letter names itself by to the message."""

HEADS = "Return-Path: <>\r\nTo: {back}\r\nMIME-Version: 1.0\r\n"


def dsn(
    sender: str, words: str, fields: str, more: str = "", kind: str = "delivery-status"
) -> Make:
    """A report of RFC 3464: words, fields, and the heads of the letter."""
    lines = fields.strip().replace("\n", "\r\n")
    return lambda back: (
        HEADS.format(back=back) + f"From: {sender}\r\n{more}"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b1"\r\n\r\n'
        "This is a MIME-encapsulated message.\r\n\r\n"
        f"--b1\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n{words}\r\n\r\n"
        f"--b1\r\nContent-Type: message/{kind}\r\n\r\n{lines}\r\n\r\n"
        f"--b1\r\nContent-Type: text/rfc822-headers\r\n\r\nReturn-Path: <{back}>\r\n"
        "From: market@example.org\r\nSubject: Inquiry 550 5.1.1\r\n\r\n--b1--\r\n"
    ).encode()


def words(sender: str, text: str, charset: str, more: str = "", kind: str = "plain") -> Make:
    """A notice in words alone, in base64 as Chinese servers write it."""
    coded = base64.encodebytes(text.encode(charset)).decode()
    return lambda back: (
        HEADS.format(back=back) + f"From: {sender}\r\n{more}"
        f'Content-Type: text/{kind}; charset="{charset}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n" + coded
    ).encode()


def plain(sender: str, text: str, more: str = "") -> Make:
    return lambda back: (
        HEADS.format(back=back) + f"From: {sender}\r\n{more}Content-Type: text/plain\r\n\r\n{text}"
    ).encode()


def complaint(feedback: str) -> Make:
    """A complaint of RFC 5965: the address stands in its fields and in the letter only."""
    return lambda back: (
        "From: <fbl@provider.example>\r\nTo: <abuse@market.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b1"\r\n\r\n'
        "--b1\r\nContent-Type: text/plain\r\n\r\nThis is an abuse report for a message.\r\n\r\n"
        "--b1\r\nContent-Type: message/feedback-report\r\n\r\n"
        f"Feedback-Type: {feedback}\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\n"
        f"Original-Mail-From: <{back}>\r\n\r\n"
        f"--b1\r\nContent-Type: message/rfc822\r\n\r\nReturn-Path: <{back}>\r\n"
        "From: market@example.org\r\nSubject: x\r\n\r\nText\r\n\r\n--b1--\r\n"
    ).encode()


DAEMON = "MAILER-DAEMON@mx.example.org (Mail Delivery System)"

POSTFIX = dsn(
    DAEMON,
    "I'm sorry to have to inform you that your message could not\r\nbe delivered.",
    """
Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4F1A27F
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0800 (CST)

Final-Recipient: rfc822; mei@example.org
Original-Recipient: rfc822;mei@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <mei@example.org>: Recipient address rejected:
    User unknown in virtual mailbox table
""",
    "Auto-Submitted: auto-replied\r\nSubject: Undelivered Mail Returned to Sender\r\n",
)
POSTFIX_WARNS = dsn(
    DAEMON,
    "THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE.",
    """
Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; mei@example.org
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mail.example.org[203.0.113.5]:25: Connection timed out
Will-Retry-Until: Sat, 28 Nov 2026 09:00:00 +0800 (CST)
""",
)
POSTFIX_GAVE_UP = dsn(
    DAEMON,
    "could not be delivered.",
    """
Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; mei@example.org
Action: failed
Status: 4.4.7
Diagnostic-Code: X-Postfix; delivery temporarily suspended
""",
)
EXIM = dsn(
    "Mail Delivery System <Mailer-Daemon@mail.example.org>",
    "This message was created automatically by mail delivery software.",
    """
Reporting-MTA: dns; mail.example.org

Action: failed
Final-Recipient: rfc822;mei@example.org
Status: 5.0.0
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 No such user here
""",
    "X-Failed-Recipients: mei@example.org\r\nAuto-Submitted: auto-replied\r\n",
)
EXIM_OLD = plain(
    "Mail Delivery System <Mailer-Daemon@mail.example.org>",
    "This message was created automatically by mail delivery software.\r\n\r\nA message that "
    "you sent could not be delivered to one or more of its\r\nrecipients. This is a permanent "
    "error.\r\n\r\n  mei@example.org\r\n    SMTP error from remote mail server after RCPT TO:"
    "<mei@example.org>:\r\n    host mx.example.org [203.0.113.5]: 550 Unrouteable address\r\n",
    "X-Failed-Recipients: mei@example.org\r\nAuto-Submitted: auto-replied\r\n",
)
EXIM_WARNS = plain(
    "Mail Delivery System <Mailer-Daemon@mail.example.org>",
    "A message that you sent has not yet been delivered to one or more of its\r\nrecipients after "
    "more than 24 hours on the queue. 451 try later\r\n",
    "Subject: Warning: message 1tFabc-0001 delayed 24 hours\r\nAuto-Submitted: auto-replied\r\n",
)
EXCHANGE = dsn(
    "<postmaster@corp.example>",
    "mei@corp.example's mailbox is full and can't accept messages now.",
    """
Reporting-MTA: dns;SEYPR01.prod.outlook.com
Received-From-MTA: dns;mx.market.example
Arrival-Date: Mon, 23 Nov 2026 01:00:00 +0000

Final-Recipient: rfc822;mei@corp.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException
""",
    "Content-Language: en-US\r\nX-MS-Exchange-Message-Is-Ndr:\r\nAuto-Submitted: auto-replied\r\n",
)
BEYOND_ASCII = dsn(
    DAEMON,
    "could not be delivered.",
    """
Reporting-MTA: dns; mx.example.org

Final-Recipient: utf-8; 梅@example.org
Action: failed
Status: 5.1.1
""",
    kind="global-delivery-status",
)
QQ = words(
    '"PostMaster@qq.com" <PostMaster@qq.com>',
    "<html><head><style>td {width: 550px; height: 450}</style></head><body>"
    "<p>很抱歉，您的邮件被退回来了</p>"
    "<table><tr><td>收件人</td><td>10001@qq.com</td></tr><tr><td>退信原因</td>"
    "<td>收件人邮箱不存在，错误码550，请核对后再发。Not found</td></tr></table></body></html>",
    "gb18030",
    "Subject: =?gb18030?B?z7XNs83L0MUvU3lzdGVtIGJvdW5jZQ==?=\r\n",
    "html",
)
NETEASE = words(
    "Postmaster@163.com",
    "抱歉，您的邮件被退回。\n\n邮件标题：咨询\n收件人：mei@163.com\n"
    "退信原因：SMTP error, RCPT TO: 550 User not found: mei@163.com\n",
    "gbk",
    "Subject: =?GBK?B?z7XNs83L0MU=?=\r\n",
)
NETEASE_FULL = words(
    "Postmaster@163.com",
    "收件人邮箱已满。SMTP error, RCPT TO: 452 4.2.2 Mailbox full\n",
    "gb2312",
)
NO_STATUS = dsn(
    DAEMON,
    "failed",
    "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed",
)
ONLY_DIAGNOSIS = dsn(
    DAEMON,
    "failed",
    "Reporting-MTA: dns; x\n\nAction: FAILED (bad)\nStatus: none\nDiagnostic-Code: smtp; 554 no",
)
RELAYED = dsn(DAEMON, "ok", "Reporting-MTA: dns; x\n\nAction: relayed\nStatus: 2.1.5")
SUCCESS_THAT_FAILED = dsn(DAEMON, "ok", "Reporting-MTA: dns; x\n\nAction: failed\nStatus: 2.0.0")
A_LIST = dsn(
    DAEMON,
    "some",
    "Reporting-MTA: dns; x\n\nAction: delivered\nStatus: 2.0.0\n\nAction: failed\nStatus: 4.2.2\n\n"
    "Action: failed\nStatus: 5.1.1",
)
ON_HOLIDAY = plain(
    "Mei <mei@example.org>",
    "I am away until 5.12.2026. In urgent cases ring 550 1234.",
    "Subject: Automatic reply\r\nAuto-Submitted: auto-replied (vacation)\r\nX-Autoreply: yes\r\n",
)
ON_HOLIDAY_CHINESE = words(
    "=?gb2312?B?w7c=?= <mei@qq.com>",
    "您好，邮件已收到，我正在休假。错误码550",
    "gb18030",
    "Subject: =?GB2312?B?19S2r7vYuLQ=?=\r\nAuto-Submitted: auto-replied\r\nPrecedence: bulk\r\n",
)
POSTMASTER_ANSWERS = plain(
    "postmaster@example.org", "Thank you, ticket 550 opened.", "Auto-Submitted: auto-replied\r\n"
)
POSTMASTER_CHATS = plain(
    "postmaster@example.org", "Your server is slow, 4.93 seconds on 10.5.0.1.2."
)
A_PERSON = plain("mei@example.org", "550 5.1.1 does not exist, she says")


def cut(back: str) -> bytes:
    """A report that breaks off inside its fields, behind the status."""
    whole = POSTFIX(back)
    return whole[: whole.index(b"Remote-MTA")]


def headless(back: str) -> bytes:
    return f"\x00\xff{back}\n550 5.1.1".encode("latin-1")


def undecodable(back: str) -> bytes:
    heads = HEADS.format(back=back)
    return (heads + "From: MAILER-DAEMON\r\nContent-Type: text/plain; charset=no-such\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n####\r\n").encode()  # fmt: skip


def nested(back: str) -> bytes:
    """Three thousand parts inside one another."""
    inner = "".join(
        f'Content-Type: multipart/mixed; boundary="n{n}"\r\n\r\n--n{n}\r\n' for n in range(3000)
    )
    return (HEADS.format(back=back) + "From: MAILER-DAEMON\r\n" + inner).encode()


def broken_words(back: str) -> bytes:
    return (
        HEADS.format(back=back) + "From: =?gbk?B?//8=?= <postmaster@x.example>\r\n"
        "Subject: =?utf-8?q?=ff=fe?=\r\nContent-Type: text/plain; charset*=bad''\r\n\r\n"
    ).encode() + b"\xff\xfe 552 \xd3\xca\xcf\xe4 full\r\n"


TABLE: dict[str, tuple[Make, str, str]] = {
    "Postfix, no such user": (POSTFIX, "refused", "5.1.1"),
    "Postfix, a warning": (POSTFIX_WARNS, "waits", "4.4.1"),
    "Postfix, given up": (POSTFIX_GAVE_UP, "gave_up", "4.4.7"),
    "Exim": (EXIM, "refused", "5.0.0"),
    "Exim, in words": (EXIM_OLD, "refused", "550"),
    "Exim, a warning in words": (EXIM_WARNS, "nothing", ""),
    "Exchange, mailbox full": (EXCHANGE, "refused", "5.2.2"),
    "beyond ASCII": (BEYOND_ASCII, "refused", "5.1.1"),
    "QQ, HTML in GB 18030": (QQ, "refused", "550"),
    "163, GBK": (NETEASE, "refused", "550"),
    "163, mailbox full, GB 2312": (NETEASE_FULL, "gave_up", "452"),
    "a failure without a status": (NO_STATUS, "gave_up", ""),
    "a diagnosis instead of a status": (ONLY_DIAGNOSIS, "refused", "554"),
    "handed on": (RELAYED, "nothing", ""),
    "a failure that succeeded": (SUCCESS_THAT_FAILED, "nothing", ""),
    "a list behind the address": (A_LIST, "refused", "5.1.1"),
    "a complaint": (complaint("abuse"), "complained", ""),
    "a report on authentication": (complaint("auth-failure"), "nothing", ""),
    "not unwanted after all": (complaint("not-spam"), "nothing", ""),
    "on holiday": (ON_HOLIDAY, "nothing", ""),
    "on holiday, Chinese": (ON_HOLIDAY_CHINESE, "nothing", ""),
    "a postmaster answers by machine": (POSTMASTER_ANSWERS, "nothing", ""),
    "a postmaster chats": (POSTMASTER_CHATS, "nothing", ""),
    "a person": (A_PERSON, "nothing", ""),
    "cut off": (cut, "refused", "5.1.1"),
    "no heads": (headless, "nothing", ""),
    "undecodable": (undecodable, "nothing", ""),
    "nested": (nested, "nothing", ""),
    "broken words": (broken_words, "refused", "552"),
}
