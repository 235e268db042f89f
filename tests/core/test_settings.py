"""Settings: validated, documented, and refused where production would be unsafe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from core.settings import Settings, UnsafeSettings

SAFE = {
    "env": "production",
    "secret_key": "x" * 40,
    "base_url": "https://market.example",
    "trusted_hosts": "market.example",
    "operator_name": "Operator",
    "smtp_url": "smtp://mail.example:587",
}


def settings(**values) -> Settings:
    return Settings(_env_file=None, **values)


def test_safe_production_settings_are_accepted() -> None:
    made = settings(**SAFE)
    made.refuse_unsafe()
    assert not made.demo


@pytest.mark.parametrize(
    ("missing", "word"),
    [
        ("secret_key", "QIAOYI_SECRET_KEY"),
        ("base_url", "QIAOYI_BASE_URL"),
        ("trusted_hosts", "QIAOYI_TRUSTED_HOSTS"),
        ("operator_name", "QIAOYI_OPERATOR_NAME"),
        ("smtp_url", "QIAOYI_SMTP_URL"),
    ],
)
def test_each_missing_production_setting_is_named(missing: str, word: str) -> None:
    with pytest.raises(UnsafeSettings) as refused:
        settings(**{**SAFE, missing: ""}).refuse_unsafe()
    assert [sentence for sentence in refused.value.sentences if word in sentence]
    assert len(refused.value.sentences) == 1


def test_a_development_market_open_to_others_is_refused() -> None:
    with pytest.raises(UnsafeSettings, match="demo accounts"):
        settings(host="0.0.0.0").refuse_unsafe()


def test_elasticsearch_beside_sqlite_is_refused() -> None:
    with pytest.raises(UnsafeSettings, match="QIAOYI_DATABASE_URL"):
        settings(elasticsearch_url="http://127.0.0.1:9200").refuse_unsafe()
    beside = "postgresql+psycopg://market@127.0.0.1/market"
    made = settings(elasticsearch_url="http://a:9200, http://b:9200", database_url=beside)
    made.refuse_unsafe()
    assert made.elasticsearch_urls == ("http://a:9200", "http://b:9200")


def test_another_machine_is_searched_over_https_only_in_production() -> None:
    beside = "postgresql+psycopg://market@127.0.0.1/market"
    made = {**SAFE, "database_url": beside}
    for near in ("https://search.example", "http://127.0.0.1:9200", "http://[::1]:9200"):
        settings(**made, elasticsearch_url=near).refuse_unsafe()
    for far in ("http://search.example", "https://a, http://b", "http://127.0.0.1.example"):
        with pytest.raises(UnsafeSettings, match="travel readable"):
            settings(**made, elasticsearch_url=far, elasticsearch_api_key="key").refuse_unsafe()
        with pytest.raises(UnsafeSettings, match="travel readable"):
            settings(**made, elasticsearch_url=far).refuse_unsafe()


@pytest.mark.parametrize("password", ["", "postgres", "Password", "market"])
def test_a_password_that_others_try_first_opens_no_database(password: str) -> None:
    url = f"postgresql+psycopg://market:{password}@db.example/market"
    with pytest.raises(UnsafeSettings, match="first that others would try"):
        settings(**SAFE, database_url=url).refuse_unsafe()
    settings(
        **SAFE, database_url=url.replace(f":{password}@", ":7Lw-quiet-rivers@")
    ).refuse_unsafe()
    settings(**SAFE, database_url="postgresql+psycopg://market@/market").refuse_unsafe()


MAILBOX = "imaps://back:secret@imap.example:993/INBOX"


def test_a_return_mailbox_needs_its_address_and_tls() -> None:
    settings(return_address="bounces@market.example", return_mailbox=MAILBOX).refuse_unsafe()
    near = MAILBOX.replace("imaps://", "imap://").replace("imap.example", "127.0.0.1")
    settings(return_address="bounces@market.example", return_mailbox=near).refuse_unsafe()
    with pytest.raises(UnsafeSettings, match="QIAOYI_RETURN_ADDRESS"):
        settings(return_mailbox=MAILBOX).refuse_unsafe()


@pytest.mark.parametrize(
    "url",
    [
        MAILBOX.replace("imaps://", "imap://"),
        MAILBOX.replace("imaps://", "https://"),
        MAILBOX.replace("back:secret@", ""),
        MAILBOX.replace(":993", ":99999"),
        "bounces@market.example",
    ],
)
def test_what_is_no_mailbox_by_tls_is_refused(url: str) -> None:
    with pytest.raises(UnsafeSettings, match="imaps://user:password@host"):
        settings(return_address="bounces@market.example", return_mailbox=url).refuse_unsafe()


@pytest.mark.parametrize(
    "address",
    ["bounces", "Bounces@market.example", "a+b@market.example", "x" * 17 + "@market.example",
     "a@b@c.example", "bounces@market.example\r\nX: y", "bounces@market.example\n"],
)  # fmt: skip
def test_an_odd_return_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="return_address"):
        settings(return_address=address)


@pytest.mark.parametrize("content", [None, "", "a,b\n", f"{'F' * 39}\n", f"{'G' * 40}\n"])
def test_what_is_no_list_of_hashes_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "leaked.txt"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ValidationError, match="QIAOYI_LEAKED_PASSWORDS"):
        settings(leaked_passwords=path)
    path.write_text(f"{'0a' * 20}:7\r\n")
    assert settings(leaked_passwords=path).leaked_passwords == path


def test_an_unknown_zone_is_refused_with_a_hint() -> None:
    with pytest.raises(ValidationError, match="Asia/Shanghai"):
        settings(timezone="Mars/Olympus")


def test_an_empty_line_of_the_example_means_the_default(tmp_path: Path) -> None:
    example = Path(__file__).resolve().parents[2] / ".env.example"
    made = Settings(_env_file=example)
    assert made.database.startswith("sqlite:///")
    assert made.checkpoint_dir is None


def test_the_example_documents_every_setting() -> None:
    example = (Path(__file__).resolve().parents[2] / ".env.example").read_text(encoding="utf-8")
    documented = {name.lower() for name in re.findall(r"^QIAOYI_([A-Z0-9_]+)=", example, re.M)}
    assert documented == set(Settings.model_fields)


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    made = settings(data_dir=tmp_path)
    assert len(made.secret()) >= 32
    assert made.secret() == settings(data_dir=tmp_path).secret()


def test_the_secret_is_read_by_its_owner_only(tmp_path: Path) -> None:
    settings(data_dir=tmp_path).secret()
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
