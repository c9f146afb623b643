"""Every setting that an operator can make, in one table.

`docs/operators/configuration.md` is generated from it (`python -m enishi.config.env`), and a test compares the two.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


class SettingError(ValueError):
    """A variable holds what cannot be read; the message names it and says what to write."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, how it is read, its default and what it does."""

    name: str
    kind: str
    default: Any
    meaning: str


TABLE: tuple[Setting, ...] = (
    Setting(
        "ENISHI_DATA",
        "path",
        "var",
        "Folder that holds the SQLite database, the secret key and collected static files.",
    ),
    Setting(
        "ENISHI_DATABASE_URL",
        "str",
        "",
        "postgres://user:password@host/name. Empty: SQLite in the data folder.",
    ),
    Setting(
        "ENISHI_SECRET_KEY",
        "str",
        "",
        "At least 50 random characters. Empty: made once and kept in the data folder (mode 600).",
    ),
    Setting(
        "ENISHI_ORIGIN",
        "str",
        "http://127.0.0.1:8000",
        "The one address of this network. Every link in mail and calendar begins with it.",
    ),
    Setting("ENISHI_HTTPS", "bool", False, "Set behind HTTPS: secure cookies, HSTS, redirect to HTTPS."),
    Setting(
        "ENISHI_TRUSTED_PROXIES",
        "int",
        0,
        "How many reverse proxies stand in front; that many entries of X-Forwarded-For are believed.",
    ),
    Setting("ENISHI_DEBUG", "bool", False, "For developers only. Refused when the origin is not this machine."),
    Setting(
        "ENISHI_SMTP_URL",
        "str",
        "",
        "smtp://user:password@host:587 (STARTTLS) or smtps://…:465. Empty: mail waits in the outbox.",
    ),
    Setting("ENISHI_MAIL_FROM", "str", "enishi@localhost", "Sender address of all mail."),
    Setting(
        "ENISHI_MAIL_PER_SECOND", "int", 200, "How many mails the worker hands over a second at the most; 0: no limit."
    ),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every setting of the table by its name; one that is unset has its default.

    Raises `SettingError` with the variable's name where a value cannot be read.
    """
    return {each.name: _value(each, environ.get(each.name)) for each in TABLE}


def _value(setting: Setting, given: str | None) -> Any:
    text = str(setting.default if given is None else given).strip()
    if setting.kind == "path":
        return Path(text or setting.default).resolve()
    if setting.kind == "bool":
        if text.lower() in YES | NO:
            return text.lower() in YES
        raise SettingError(f"{setting.name} is “{text}”. Write 1 (on) or 0 (off).")
    if setting.kind == "int":
        if text.isascii() and text.isdigit():
            return int(text)
        raise SettingError(f"{setting.name} is “{text}”. Write a whole number, for example {setting.default}.")
    return text


def secret_key(data: Path, given: str) -> str:
    """The installation's secret key: the given one, else the one kept in the data folder, made on first use."""
    if given:
        return given
    try:
        return _kept_key(data)
    except OSError as error:
        raise SettingError(f"The data folder {data} cannot be used ({error.strerror}). Choose another one.") from None


def _kept_key(data: Path) -> str:
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def as_markdown() -> str:
    """The table as the operators' page shows it."""
    rows = [f"| `{each.name}` | `{each.default}` | {each.meaning} |" for each in TABLE]
    return "\n".join(["| setting | default | meaning |", "|---|---|---|", *rows])


if __name__ == "__main__":
    print(as_markdown())  # noqa: T201 - this is the command's answer
