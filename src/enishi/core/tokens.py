"""Tokens that are derived, never stored: a row keeps at most a hash, and a mail's link is made when it is sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core import signing


def derive(purpose: str, *parts: object) -> str:
    """A 192-bit token for a row, from the installation's key: the same parts give the same token.

    Keyed hash (HMAC, RFC 2104) with SHA-256; the purpose keeps one kind of link from opening another.
    """
    message = "\x1f".join([purpose, *map(str, parts)]).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), b"enishi.token\x1f" + message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def derive_code(purpose: str, *parts: object, digits: int = 6) -> str:
    """A short code for a row, to be typed; guard it with a limit of tries."""
    message = "\x1f".join([purpose, *map(str, parts)]).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), b"enishi.code\x1f" + message, hashlib.sha256).digest()
    return str(int.from_bytes(digest[:8]) % 10**digits).zfill(digits)


def hashed(token: str) -> str:
    """What the database keeps of a token (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(a: str, b: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(a.encode(), b.encode())


def sign(purpose: str, value: Any) -> str:
    """A signed, dated value for a link that a row needs no state for (a feedback form, a calendar answer)."""
    return signing.dumps(value, salt=f"enishi.{purpose}", compress=False)


def unsign(purpose: str, token: str, *, max_age: int) -> Any:
    """The value of `sign`; raises `django.core.signing.BadSignature` (expired: `SignatureExpired`). `max_age` in seconds."""
    return signing.loads(token, salt=f"enishi.{purpose}", max_age=max_age)
