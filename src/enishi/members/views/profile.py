"""One's own page: what is kept, who sees it, and how to change it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enishi.accounts.policies_http import reader
from enishi.accounts.queries.preview import preview
from enishi.core.rows import Rows, Together
from enishi.core.see_other import see
from enishi.members.actions import profiles
from enishi.members.choices import ProfileField, Visibility
from enishi.members.forms.profile import SEEN, ProfileForm, StintForm
from enishi.members.models import Department, Member, Site
from enishi.members.queries import profiles as queries
from enishi.members.views.http import members_only, own

OFFERED = 300  # known sites and departments in the field's list


@members_only
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """What I wrote, who sees each part, and how three kinds of viewer see me."""
    member = own(request)
    levels = queries.levels_of(member)
    seen = queries.visible_fields(request.user, member)
    parts = [
        (label, lines, Visibility(levels[field]).label)
        for (field, label), lines in zip(ProfileField.choices, _facts(seen).values(), strict=True)
    ]
    context = {
        "member": member,
        "seen": seen,
        "parts": parts,
        "preview": preview(_facts(seen), levels),
        "active_menu": "members:profile",
    }
    return render(request, "members/profile.html", context)


@members_only
@require_http_methods(["GET", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """One form for all of it; rows of stints are added and removed without a script."""
    member = own(request)
    if request.method == "GET":
        form = ProfileForm(initial=_initial(member))
        rows = Rows(StintForm, prefix="stints", initial=_stints(member))
    elif edited := Rows.edited(StintForm, prefix="stints", data=request.POST):
        form, rows = ProfileForm(initial=request.POST.dict()), edited
    else:
        form, rows = ProfileForm(request.POST), Rows(StintForm, prefix="stints", data=request.POST)
        if form.is_valid() & rows.is_valid():
            profiles.save(
                member, by=reader(request), values=form.cleaned_data, rows=rows.cleaned(), levels=form.levels()
            )
            with translation.override(form.cleaned_data["language"]):
                messages.success(request, _("Saved."), extra_tags="ok")
            return see(reverse("members:profile"))
    together = Together(form, *rows.forms)
    context = {
        "form": together,
        "profile": form,
        "rows": rows,
        "sites": Site.objects.order_by("name").values_list("name", flat=True)[:OFFERED],
        "departments": Department.objects.order_by("name").values_list("name", flat=True)[:OFFERED],
        "active_menu": "members:profile",
    }
    status = 422 if together.is_bound and together.errors else 200
    return render(request, "members/profile_edit.html", context, status=status)


def _facts(seen: queries.Seen) -> dict[str, list[str]]:
    stints = [f"{each.span} {each.site} {each.department}".strip() for each in seen.stints or ()]
    return {
        ProfileField.STINTS: stints,
        ProfileField.EMPLOYER: [seen.employer or ""],
        ProfileField.TITLE: [seen.title or ""],
        ProfileField.COUNTRY: [seen.country or ""],
    }


def _initial(member: Member) -> dict[str, Any]:
    user = member.user
    return {
        **{name: getattr(member, name) for name in profiles.MEMBER_FIELDS},
        **{name: getattr(user, name) for name in profiles.USER_FIELDS},
        **{SEEN + field: level for field, level in queries.levels_of(member).items()},
    }


def _stints(member: Member) -> list[dict[str, Any]]:
    return [
        {
            "site": stint.site.name if stint.site else "",
            "department": stint.department.name if stint.department else "",
            "from_year": stint.from_year,
            "from_month": stint.from_month,
            "to_year": stint.to_year,
            "to_month": stint.to_month,
            "until_now": stint.to_year is None,
            "manager": stint.manager,
        }
        for stint in member.stints.select_related("site", "department")
    ]
