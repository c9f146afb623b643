"""The owner's page for what the network says of itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enishi.accounts.policies_http import owner_only, reader, sure
from enishi.core import dates, network
from enishi.core.see_other import SeeOther
from enishi.office.actions import network as actions
from enishi.office.forms.network import SettingsForm


@owner_only
@require_http_methods(["GET", "HEAD", "POST"])
@sure
def settings(request: HttpRequest) -> HttpResponse:
    here = network.current()
    form = SettingsForm(request.POST or None, network=here)
    if request.method == "POST" and form.is_valid():
        version = here.purpose_version
        changed = actions.change(here, form.cleaned_data, by=reader(request))
        if here.purpose_version > version:
            messages.success(
                request,
                _("Kept. The purpose of use is now version %(number)s.") % {"number": here.purpose_version},
            )
        elif changed:
            messages.success(request, _("Kept."))
        else:
            messages.info(request, _("Nothing was changed."))
        return SeeOther(request.path)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "active_menu": "office:settings",
        "dated": dates.day(here.purpose_dated, year=True, weekday=False),
    }
    return render(request, "office/settings.html", context, status=status)
