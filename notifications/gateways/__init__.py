"""Ways out of the market: a folder in development, SMTP in production."""

from __future__ import annotations

from core.settings import Settings
from notifications.gateways.folder import MailFolder, SmsFolder
from notifications.gateways.port import Gateway
from notifications.gateways.smtp import Smtp


def gateways(settings: Settings) -> dict[str, Gateway]:
    """By channel, as the settings say. Text messages stay in a folder until a gateway is chosen."""
    folder = settings.data_dir
    mail: Gateway = MailFolder(folder / "mail", settings.mail_from)
    if settings.smtp_url:
        mail = Smtp(settings.smtp_url, settings.mail_from)
    return {"mail": mail, "sms": SmsFolder(folder / "sms")}
