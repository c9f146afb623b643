"""One's own place: change it, give it up, take it back, answer an offer."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.core import clock, errors
from enishi.core.see_other import see
from enishi.events import policies
from enishi.events.actions import signups, waitlist
from enishi.events.choices import SignupState
from enishi.events.forms.signup import NoteForm
from enishi.events.models import Signup
from enishi.events.queries import offers, queue
from enishi.events.views.doors import members_only
from enishi.members.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def signup_change(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The word to the host and the name; a button to withdraw stands beside."""
    signup = _own(request, pk)
    if signup.state not in (SignupState.BOOKED, SignupState.WAITING, SignupState.OFFERED):
        return see("events:series-detail", signup.session.series_id)
    form = NoteForm(request.POST or None, initial={"note": signup.note, "hide_name": signup.hide_name})
    if request.method == "POST" and form.is_valid():
        signups.change(signup, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."), extra_tags="ok")
        return see("events:session-detail", signup.session_id)
    context = {"active_menu": "events:list", "signup": signup, "form": form, "place": queue.place(signup)}
    return render(request, "events/signup_change.html", context, status=422 if form.errors else 200)


@require_POST
@members_only
def signup_withdraw(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """At once, with undo."""
    signup = _own(request, pk)
    try:
        signups.withdraw(signup, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message, extra_tags="warn")
        return see("events:session-detail", signup.session_id)
    return see("events:series-detail", signup.session.series_id, query=f"withdrawn={signup.pk}")


@require_POST
@members_only
def signup_undo(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    signup = _own(request, pk)
    try:
        signup = signups.undo(signup, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message, extra_tags="warn")
        return see("events:series-detail", signup.session.series_id)
    if signup.state == SignupState.BOOKED:
        messages.success(request, _("You have your seat back."), extra_tags="ok")
    else:
        words = _("Someone else has the seat by now. You are number %(place)s on the waitlist.")
        messages.info(request, words % {"place": queue.place(signup) or 1}, extra_tags="info")
    return see("events:series-detail", signup.session.series_id)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """A signed link: shows the offer, acts after a press, needs no sign-in."""
    found = offers.find(token)
    if found is None:
        return errors.gone(
            request,
            _("This link cannot be used any more. Your places stand on the events page after you sign in."),
            then=(_("See all events"), reverse("events:list")),
        )
    if _is_someone_else(request, found.signup):
        reason = _(
            "This link was sent to another member. Sign out and open it again, or look at your own places on the events page."
        )
        return errors.page(request, "410", 404, reason=reason)
    if not found.stands or found.until <= clock.now():
        return _the_end(request, found)
    if request.method == "POST":
        return _answer(request, found)
    return render(request, "events/offer.html", {"active_menu": "events:list", "signup": found.signup, "token": token})


def _answer(request: HttpRequest, found: offers.Found) -> HttpResponse:
    signup, answer = found.signup, request.POST.get("answer")
    if answer == "yes":
        with suppress(ValidationError):  # too late by a moment: the page says so
            waitlist.accept(signup, by=signup.member.user)
    elif answer == "no":
        waitlist.decline(signup, by=signup.member.user)
    else:
        return see(request.path)
    signup.refresh_from_db()
    return _the_end(request, found)


def _the_end(request: HttpRequest, found: offers.Found) -> HttpResponse:
    """The end of an offer, whichever it was: shown as a page, the same when the link is opened again."""
    signup = found.signup
    if signup.state == SignupState.BOOKED:
        end = "booked"
    elif signup.state == SignupState.CANCELLED:
        end = "cancelled"
    elif signup.state == SignupState.WITHDRAWN and signup.changed_at < found.until:
        end = "declined"
    else:
        end = "passed on"
    context = {"active_menu": "events:list", "signup": signup, "until": found.until, "end": end}
    return render(request, "events/offer_answered.html", {**context, "open": signup.session.is_open_for_signup})


def _is_someone_else(request: HttpRequest, signup: Signup) -> bool:
    reader = policies.member_of(request.user)
    return reader is not None and reader.pk != signup.member_id


def _own(request: HttpRequest, pk: int) -> Signup:
    signup = Signup.objects.select_related("session__series", "member__user").filter(pk=pk).first()
    if signup is None or not policies.can_change_signup(request.user, signup):
        raise Http404
    return signup
