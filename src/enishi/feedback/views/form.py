"""The form after a session: by the signed link without signing in, or signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enishi.accounts.policies_http import signed_in
from enishi.core import errors
from enishi.core.see_other import see
from enishi.events.models import EventSeries
from enishi.feedback import policies
from enishi.feedback.actions import answers as act
from enishi.feedback.actions import consents
from enishi.feedback.forms import AnswerForm
from enishi.feedback.notices import satisfaction_words
from enishi.feedback.queries import answers, links, voices
from enishi.members.models import Member

View = Callable[..., HttpResponse]


def with_link(view: View) -> View:
    """Opens the signed link of the address; a link that does not open says what to do next."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            found = links.opened(token)
        except links.Expired:
            return errors.gone(
                request,
                _(
                    "This link no longer works: it is older than 90 days, or all links of the account were ended."
                    " Sign in and open “My voices” to say or change something."
                ),
                then=(_("My voices"), reverse("feedback:my-voices")),
            )
        except links.Broken:
            return _no_such_link(request)
        if request.user.is_authenticated and request.user.pk != found.member.user_id:
            return _not_opened(
                request,
                _(
                    "This link was sent to someone else. To say something yourself, open the link in your own mail,"
                    " or “My voices”."
                ),
            )
        if not policies.can_answer(found.member, found.series):
            return _no_such_link(request)
        return view(request, token, found)

    return opened


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return _not_opened(
        request,
        _(
            "This link is not complete or does not belong to a session you came to. Open it from the mail once more,"
            " or copy the whole line into the browser."
        ),
    )


def _not_opened(request: HttpRequest, reason: str) -> HttpResponse:
    """The same answer whether the link never was or belongs to another: what to do instead."""
    context = {"reason": reason, "number": getattr(request, "number", "")}
    return render(request, "feedback/not_opened.html", context, status=404)


@require_http_methods(["GET", "POST"])
@with_link
def answer_by_link(request: HttpRequest, token: str, found: links.Opened) -> HttpResponse:
    done = reverse("feedback:thanks", args=[token])
    return _form_page(request, found.member, found.series, done)


@require_http_methods(["GET", "POST"])
@signed_in
def answer_signed_in(request: HttpRequest, series_id: int) -> HttpResponse:
    series = get_object_or_404(EventSeries, pk=series_id)
    member = getattr(request.user, "member", None)
    if member is None or not policies.can_answer(member, series):
        raise Http404
    return _form_page(request, member, series, reverse("feedback:my-voices"))


@require_GET
@with_link
def thanks(request: HttpRequest, token: str, found: links.Opened) -> HttpResponse:
    answer = answers.find(found.member, found.series)
    if answer is None:
        return see("feedback:form", token)
    context = {
        "answer": answer,
        "series": found.series,
        "sentences": voices.sentences(answer, voices.newest_lines([answer])),
        "edit_url": reverse("feedback:form", args=[token]),
        "consent_url": reverse("feedback:consent", args=[token]),
    }
    return render(request, "feedback/thanks.html", context)


@require_POST
@with_link
def consent_by_link(request: HttpRequest, token: str, found: links.Opened) -> HttpResponse:
    answer = answers.find(found.member, found.series)
    if answer is None:
        raise Http404
    change_consent(request, answer, by=found.member.user)
    return see("feedback:thanks", token)


def change_consent(request: HttpRequest, answer: Any, *, by: Any) -> None:
    """One press: `field` and `attribution` of the form; says what came of it."""
    try:
        consents.give(
            answer,
            field=request.POST.get("field", ""),
            attribution=request.POST.get("attribution", ""),
            by=by,
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Saved. The report shows it this way from now on."))


def _form_page(request: HttpRequest, member: Member, series: EventSeries, done: str) -> HttpResponse:
    answer = answers.find(member, series)
    if request.method == "POST":
        form = AnswerForm(request.POST, answer=answer)
        if form.is_valid() and _saved(form, member, series):
            messages.success(request, _("Thank you. What you wrote has arrived."))
            return see(done)
        status = 422
    else:
        chosen = request.GET.get("satisfaction", "")
        form = AnswerForm(answer=answer, initial={"satisfaction": chosen} if chosen in set("12345") else {})
        status = 200
    context = {
        "form": form,
        "series": series,
        "member": member,
        "answer": answer,
        "words": {str(number): words for number, words in satisfaction_words()},
    }
    return render(request, "feedback/form.html", context, status=status)


def _saved(form: AnswerForm, member: Member, series: EventSeries) -> bool:
    try:
        act.save(series, member=member, said=form.said(), by=member.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
