"""Signed links that prove one member and one thing: made when a mail is sent, kept nowhere, signing nobody in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing

from enishi.core import tokens
from enishi.members.models import Member


class Broken(Exception):
    """No link that was ever sent."""


class Expired(Exception):
    """A link that was good once."""


@dataclass(frozen=True)
class MemberLink:
    """One kind of link; what it is about is a number or a name. `purpose` keeps one kind from opening another."""

    purpose: str
    days: int

    def token(self, member: Member, about: int | str) -> str:
        """Bound to the account's epoch: ending all access of an account, or a new address, ends its links too."""
        return tokens.sign(self.purpose, [member.pk, about, member.user.epoch])

    def opened(self, text: str) -> tuple[Member, Any]:
        """(whose it is, what it is about); raises `Expired` when its days are over or its person's access was ended."""
        try:
            number, about, epoch = tokens.unsign(self.purpose, text, max_age=self.days * 24 * 60 * 60)
        except signing.SignatureExpired as error:
            raise Expired from error
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise Broken from error
        member = Member.objects.present().filter(pk=number, user__is_active=True).select_related("user").first()
        if member is None or member.user.epoch != epoch:
            raise Expired
        return member, about
