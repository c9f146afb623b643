"""Every sentence of mine, and how it may be quoted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from enishi.accounts.policies_http import signed_in
from enishi.core.see_other import see
from enishi.feedback import policies
from enishi.feedback.models import Answer
from enishi.feedback.queries import answers
from enishi.feedback.views.form import change_consent


@require_GET
@signed_in
def my_voices(request: HttpRequest) -> HttpResponse:
    member = getattr(request.user, "member", None)
    if member is None:
        raise Http404
    return render(
        request, "feedback/my_voices.html", {"mine": answers.mine(member), "waiting": answers.waiting(member)}
    )


@require_POST
@signed_in
def my_consent(request: HttpRequest, answer_id: int) -> HttpResponse:
    answer = get_object_or_404(Answer, pk=answer_id)
    if not policies.can_change_consent(getattr(request.user, "member", None), answer):
        raise Http404
    change_consent(request, answer, by=request.user)
    return see("feedback:my-voices")
