"""The office's lists of themes: added to, renamed, ordered, retired. A theme that answers name is never deleted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from enishi.core import audit, clock
from enishi.feedback.choices import ThemeKind
from enishi.feedback.models import Theme

# The lists a new network can begin with: (Japanese, English).
READY = {
    ThemeKind.WANT: (
        ("横のつながり", "Ties among alumni"),
        ("情報交換", "Exchanging information"),
        ("事業の連携", "Working together in business"),
        ("会社との関わり", "Ties with the company"),
    ),
    ThemeKind.NEXT: (
        ("飲み会", "A round of drinks"),
        ("情報交換会", "A meeting to exchange information"),
        ("テーマ討論", "A discussion on a theme"),
        ("不定期の開催", "Again, at irregular intervals"),
    ),
}


@transaction.atomic
def ensure_defaults(*, by: Any = None) -> int:
    """Fill each list that is empty with the ready themes; returns how many were added."""
    added = 0
    for kind, names in READY.items():
        if Theme.objects.filter(kind=kind).exists():
            continue
        for name_ja, name_en in names:
            add(kind, name_ja=name_ja, name_en=name_en, by=by)
            added += 1
    return added


@transaction.atomic
def add(kind: str, *, name_ja: str, name_en: str = "", by: Any = None) -> Theme:
    """A new theme at the end of its list."""
    last = Theme.objects.filter(kind=kind).aggregate(last=Max("position"))["last"]
    theme = Theme(kind=ThemeKind(kind), position=0 if last is None else last + 1)
    return _named(theme, name_ja, name_en, "theme.added", by)


@transaction.atomic
def find_or_add(kind: str, *, name_ja: str, by: Any = None) -> Theme:
    """The theme of that name, retired or not; a new one when there is none."""
    found = Theme.objects.filter(kind=kind, name_ja=name_ja.strip()).first()
    return found or add(kind, name_ja=name_ja, by=by)


@transaction.atomic
def rename(theme: Theme, *, name_ja: str, name_en: str = "", by: Any) -> Theme:
    """Another name for the same theme; answers that chose it go with it."""
    return _named(theme, name_ja, name_en, "theme.renamed", by)


@transaction.atomic
def move(theme: Theme, *, up: bool, by: Any) -> Theme:
    """One place up or down among the themes in use; at the end of the list nothing happens."""
    in_use = list(Theme.objects.filter(kind=theme.kind, retired_at=None))
    here = in_use.index(theme)
    there = here - 1 if up else here + 1
    if 0 <= there < len(in_use):
        in_use[here], in_use[there] = in_use[there], in_use[here]
        for position, each in enumerate(in_use):
            each.position = position
        Theme.objects.bulk_update(in_use, ["position"])
        audit.record("theme.moved", by=by, about=theme, position=there)
    return theme


@transaction.atomic
def retire(theme: Theme, *, by: Any) -> Theme:
    """Out of the form from now on; past answers and reports keep it."""
    return _retired(theme, clock.now(), "theme.retired", by)


@transaction.atomic
def bring_back(theme: Theme, *, by: Any) -> Theme:
    """Into the form again."""
    return _retired(theme, None, "theme.brought-back", by)


def _named(theme: Theme, name_ja: str, name_en: str, verb: str, by: Any) -> Theme:
    theme.name_ja, theme.name_en = name_ja.strip(), name_en.strip()
    if not theme.name_ja:
        raise ValidationError({"name_ja": _("Give the theme a Japanese name.")})
    if Theme.objects.filter(kind=theme.kind, name_ja=theme.name_ja).exclude(pk=theme.pk).exists():
        raise ValidationError({"name_ja": _("This list has a theme of that name already. Choose another name.")})
    theme.full_clean(validate_unique=False, validate_constraints=False)
    theme.save()
    audit.record(verb, by=by, about=theme)
    return theme


def _retired(theme: Theme, at: Any, verb: str, by: Any) -> Theme:
    theme.retired_at = at
    theme.save(update_fields=["retired_at"])
    audit.record(verb, by=by, about=theme)
    return theme
