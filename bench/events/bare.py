"""The yardstick: a plain Django view in the same process, the usual middleware and sign-in, a template, two ORM queries.

Its sign-up takes a seat by one conditional update, writes the row and answers with a redirect to the page.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path

from enishi.events.models import EventSession, Signup

USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

_TEMPLATE = """<!doctype html><html lang="ja"><head><title>Sessions</title></head><body><h1>Sessions</h1>
<p>{{ request.user.email }}, {{ count }}</p><form method="post">{% csrf_token %}
{% for s in sessions %}<label><input type="checkbox" name="session" value="{{ s.pk }}">{{ s.number }}
{{ s.starts_at|date:"Y-m-d H:i" }} {{ s.seats_taken }}/{{ s.maximum }}</label>{% endfor %}<button>OK</button></form></body></html>"""


def page(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _sign_up(request, pk)
    sessions = list(EventSession.objects.filter(series=pk))
    context: dict[str, Any] = {"sessions": sessions, "count": Signup.objects.filter(session__series=pk).count()}
    return HttpResponse(_template().render(context, request))


@cache
def _template() -> Any:
    """Parsed once, as Django's cached loader does."""
    return engines["bare"].from_string(_TEMPLATE)


def _sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    key = int(request.POST["session"])
    with transaction.atomic():
        free = EventSession.objects.filter(pk=key, seats_taken__lt=F("maximum"))
        if free.update(seats_taken=F("seats_taken") + 1):
            Signup.objects.create(session_id=key, member=request.user.member, state="booked")  # type: ignore[union-attr]
    return HttpResponseRedirect(request.path)


urlpatterns = [path("bare/<int:pk>/", page), path("", include("enishi.config.urls"))]
