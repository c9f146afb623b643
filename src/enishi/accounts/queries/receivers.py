"""Who gets a mail."""

from __future__ import annotations

from django.db.models import QuerySet

from enishi.accounts.models import User
from enishi.core import network
from enishi.core.models import OutgoingMail
from enishi.core.statements import Kept


def language(mail: OutgoingMail) -> str:
    """The receiver's own; the network's for who has no account."""
    return _language.first(mail.user_id or 0) or network.current().language


@Kept
def _language(user: int) -> QuerySet[User, str]:
    return User.objects.filter(pk=user).values_list("language", flat=True)
