"""The owner gives and ends duties."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.actions import roles as actions
from enishi.accounts.choices import RoleKind
from enishi.accounts.forms.role import RoleForm
from enishi.accounts.models import Role
from enishi.accounts.policies_http import owner_only, reader, sure
from enishi.accounts.queries import roles as queries
from enishi.core.see_other import SeeOther


@owner_only
@require_http_methods(["GET", "HEAD", "POST"])
@sure
def office_roles(request: HttpRequest) -> HttpResponse:
    """Who has which duty, and a form to give one."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant(
                form.cleaned_data["email"], form.cleaned_data["kind"], by=reader(request), expires_at=form.expires_at()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The duty was given. The person signs in anew, with a second factor."))
            return SeeOther(request.path)
    context = {
        "form": form,
        "held": queries.held(reader(request)),
        "ended": queries.ended(reader(request)),
        "last_owner": queries.last_owner(),
        "active_menu": "accounts:office-roles",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/office/roles.html", context, status=status)


@owner_only
@require_POST
@sure
def office_role_end(request: HttpRequest, number: int) -> HttpResponse:
    """End one duty, at once."""
    role = get_object_or_404(Role.objects.select_related("user"), pk=number)
    own = _hands_over(request, role)
    if own and request.POST.get("sure") != "yes":
        context = {"role": role, "active_menu": "accounts:office-roles"}
        return render(request, "accounts/office/hand_over.html", context)
    try:
        if actions.end(role, by=reader(request)):
            messages.success(request, _("The duty has ended. It takes effect with the person's next step."))
        else:
            messages.info(request, _("This duty had ended already."))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return SeeOther(redirect("office:front" if own else "accounts:office-roles").url)


def _hands_over(request: HttpRequest, role: Role) -> bool:
    """One's own duty as an owner: it cannot be taken again by oneself, so a page asks first."""
    return role.kind == RoleKind.OWNER and role.user_id == request.user.pk and queries.last_owner() is None
