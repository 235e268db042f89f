"""Ways out of the market: folders in development, SMTP and an SMS gateway in production."""

from __future__ import annotations

from functools import partial

from core.outbound import Outbound
from core.settings import Settings
from notifications.gateways.folder import MailFolder, SmsFolder
from notifications.gateways.port import Gateway
from notifications.gateways.sms import SmsHttp
from notifications.gateways.smtp import PATIENCE, Smtp
from notifications.returning import return_address


def gateways(settings: Settings, outbound: Outbound) -> dict[str, Gateway]:
    """By channel, as the settings say. Raises ValueError, OutboundRefused for unusable ones."""
    folder = settings.data_dir
    mail: Gateway = MailFolder(folder / "mail", settings.mail_from)
    if settings.smtp_url:
        box = settings.return_address
        back = partial(return_address, settings.secret().encode(), box) if box else None
        mail = Smtp(settings.smtp_url, settings.mail_from, PATIENCE, back)
    sms: Gateway = SmsFolder(folder / "sms")
    if settings.sms_url:
        sms = SmsHttp(outbound, settings.sms_url, settings.sms_template, settings.sms_secret)
    return {"mail": mail, "sms": sms}
