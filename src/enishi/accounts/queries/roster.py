"""The roster as the office reads it: who is on it, and who of them may still be invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from enishi.accounts.choices import RegistrationState, RosterStanding
from enishi.accounts.models import Invitation, Registration, RosterEntry, User
from enishi.accounts.queries import erasures, named, registrations
from enishi.core import clock
from enishi.core.fields import katakana, printable
from enishi.engines import names

MOST_A_WEEK = 3
LOOKED_AT = 1000
FITS = 0.3


@dataclass(frozen=True)
class Wanted:
    """Which rows: words of a name, a number or an address; how they stand; between which years they left."""

    words: str = ""
    standing: str = ""
    left_from: int | None = None
    left_to: int | None = None


@dataclass(frozen=True)
class Selection:
    """Rows to invite, in the order of their reading, and the rest with the reason why not."""

    invited: tuple[RosterEntry, ...]
    skipped: tuple[tuple[RosterEntry, RosterStanding], ...]


def rows(wanted: Wanted) -> QuerySet[RosterEntry]:
    """The rows that fit, each with its `standing`, in the order of their reading."""
    found = with_standing(RosterEntry.objects.all())
    if words := printable(wanted.words).strip()[:100]:
        found = found.filter(_named(words))
    if wanted.standing:
        found = found.filter(Q(standing=wanted.standing))
    if wanted.left_from:
        found = found.filter(left_on__year__gte=wanted.left_from)
    if wanted.left_to:
        found = found.filter(left_on__year__lte=wanted.left_to)
    return found.order_by("family_kana", "given_kana", "family_name", "pk")


def _named(words: str) -> Q:
    """This name, number or address; where nobody has it, whoever has one like it."""
    q = Q(employee_number=words) | Q(email__icontains=words) | Q(family_name__contains=words) | named.begins(words)
    return q if RosterEntry.objects.filter(q).exists() else Q(pk__in=_alike(words))


def _alike(words: str) -> list[int]:
    """The folded keys bring in whoever shares a word, the whole decides."""
    q = Q(pk=None)
    for key in filter(None, names.query_keys(words)):
        q |= Q(name_keys__contains=key)
    return [row.pk for row in RosterEntry.objects.filter(q).order_by("pk")[:LOOKED_AT] if _fits(words, row)]


def _fits(words: str, row: RosterEntry) -> bool:
    """A part of name or reading, or the name as a whole in any writing."""
    if words in f"{row.family_name} {row.given_name}" or katakana(words) in f"{row.family_kana} {row.given_kana}":
        return True
    person = names.PersonName(row.family_name, row.given_name, row.family_kana, row.given_kana)
    return names.match(words, person).score >= FITS


def wishes_no_mail(email: str) -> bool:
    """Did whoever has this address on the roster ask not to be invited?"""
    return RosterEntry.objects.filter(email=email, no_mail_at__isnull=False).exists()


def with_standing(entries: QuerySet[RosterEntry]) -> QuerySet[RosterEntry]:
    """Each with `standing`, one of `RosterStanding`; what concerns several rows at once is found by `sorted_out`."""
    now = clock.now()
    same = Q(email=OuterRef("email"))
    open_ones = Invitation.objects.filter(
        Q(roster_entry=OuterRef("pk")) | same, used_at=None, revoked_at=None, expires_at__gt=now
    ).filter(invited_by__is_active=True)
    often = (
        Invitation.objects.filter(same, created_at__gt=now - timedelta(days=7))
        .order_by()
        .values("email")
        .annotate(n=Count("pk"))
        .values("n")
    )
    claims = Registration.objects.filter(same | Q(claimed_entry=OuterRef("pk")))
    under_way = claims.filter(state__in=registrations.OPEN).exclude(email_proved_at=None)
    standings = (
        (Q(member__isnull=False) | (~Q(email="") & Exists(User.objects.filter(same))), RosterStanding.MEMBER),
        (Q(email=""), RosterStanding.NO_ADDRESS),
        (Q(Exists(RosterEntry.objects.filter(same, no_mail_at__isnull=False))), RosterStanding.NO_MAIL),
        (Q(Exists(open_ones)), RosterStanding.INVITED),
        (Q(Exists(under_way)), RosterStanding.UNDER_WAY),
        (Q(Exists(claims.filter(state=RegistrationState.DECLINED))), RosterStanding.DECLINED),
        (Q(often__gte=MOST_A_WEEK), RosterStanding.OFTEN),
    )
    return entries.annotate(often=Coalesce(often, Value(0))).annotate(
        standing=Case(*(When(q, then=Value(name)) for q, name in standings), default=Value(RosterStanding.FREE))
    )


def sorted_out(entries: Sequence[RosterEntry]) -> Selection:
    """Divide rows that carry their `standing`: two with one address give one invitation, whoever was erased gets none."""
    gone, seen = erasures.ledger(), set[str]()
    invited, skipped = [], []
    for entry in entries:
        standing = RosterStanding(entry.standing)  # type: ignore[attr-defined]  # annotated by `with_standing`
        if standing == RosterStanding.FREE and gone.has(entry.employee_number, entry.email):
            standing = RosterStanding.ERASED
        elif standing == RosterStanding.FREE and entry.email in seen:
            standing = RosterStanding.DOUBLE
        if standing == RosterStanding.FREE:
            seen.add(entry.email)
            invited.append(entry)
        else:
            skipped.append((entry, standing))
    return Selection(tuple(invited), tuple(skipped))
