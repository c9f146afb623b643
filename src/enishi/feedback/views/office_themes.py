"""The office's lists of themes."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.policies_http import office_only
from enishi.core.see_other import see
from enishi.feedback.actions import themes as act
from enishi.feedback.choices import ThemeKind
from enishi.feedback.forms import ThemeForm
from enishi.feedback.models import Theme
from enishi.feedback.queries import themes


@require_http_methods(["GET", "POST"])
@office_only
def office_themes(request: HttpRequest) -> HttpResponse:
    """Both lists, each with a form for a new theme."""
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in ThemeKind.values:
            raise Http404
        form = ThemeForm(request.POST, prefix=kind)
        if form.is_valid() and _tried(form, lambda: act.add(kind, by=request.user, **form.cleaned_data)):
            messages.success(request, _("The theme was added."))
            return see("feedback:office-themes")
        return _lists(request, {kind: form}, status=422)
    return _lists(request, {})


@require_POST
@office_only
def office_themes_ready(request: HttpRequest) -> HttpResponse:
    """Fill empty lists with the ready themes."""
    added = act.ensure_defaults(by=request.user)
    messages.success(request, _("%(count)d themes were added.") % {"count": added})
    return see("feedback:office-themes")


@require_http_methods(["GET", "POST"])
@office_only
def office_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a theme."""
    theme = get_object_or_404(Theme, pk=pk)
    form = ThemeForm(request.POST or None, initial={"name_ja": theme.name_ja, "name_en": theme.name_en})
    if request.method == "POST":
        if form.is_valid() and _tried(form, lambda: act.rename(theme, by=request.user, **form.cleaned_data)):
            messages.success(request, _("The theme has its new name."))
            return see("feedback:office-themes")
        theme.refresh_from_db()
    context = {"form": form, "theme": theme, "active_menu": "feedback:office-themes"}
    return render(request, "feedback/office/theme.html", context, status=422 if form.is_bound else 200)


@require_POST
@office_only
def office_theme_place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    theme = get_object_or_404(Theme, pk=pk, retired_at=None)
    act.move(theme, up=request.POST.get("to") == "up", by=request.user)
    return see("feedback:office-themes")


@require_POST
@office_only
def office_theme_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a theme, or bring it back."""
    theme = get_object_or_404(Theme, pk=pk)
    if request.POST.get("use") == "yes":
        act.bring_back(theme, by=request.user)
        messages.success(request, _("The theme is in the form again."))
    else:
        act.retire(theme, by=request.user)
        messages.success(request, _("The theme is no longer offered. Past answers keep it."))
    return see("feedback:office-themes")


def _lists(request: HttpRequest, bound: dict[str, ThemeForm], status: int = 200) -> HttpResponse:
    lists = [
        {"kind": kind, "themes": found, "form": bound.get(kind) or ThemeForm(prefix=kind)}
        for kind, found in themes.all_by_kind().items()
    ]
    context = {
        "lists": lists,
        "some_empty": any(not each["themes"] for each in lists),
        "form": next(iter(bound.values()), None),
        "active_menu": "feedback:office-themes",
    }
    return render(request, "feedback/office/themes.html", context, status=status)


def _tried(form: ThemeForm, do: Callable[[], object]) -> bool:
    try:
        do()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
