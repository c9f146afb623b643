"""The office's lists of themes."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from enishi.feedback.choices import ThemeKind
from enishi.feedback.models import Theme


def offered(kind: ThemeKind, *, keep: Theme | None = None) -> QuerySet[Theme]:
    """Themes to choose from; `keep` stays in the list of whoever chose it before it was retired."""
    wanted = Q(retired_at=None)
    if keep is not None:
        wanted |= Q(pk=keep.pk)
    return Theme.objects.filter(wanted, kind=kind)


def all_by_kind() -> dict[ThemeKind, list[Theme]]:
    """Every theme, the retired ones last."""
    lists: dict[ThemeKind, list[Theme]] = {kind: [] for kind in ThemeKind}
    for theme in Theme.objects.all():
        lists[ThemeKind(theme.kind)].append(theme)
    return {kind: sorted(each, key=lambda theme: theme.retired_at is not None) for kind, each in lists.items()}
