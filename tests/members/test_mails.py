"""Which mails come: chosen on one's own page, stopped by the link at a mail's foot, kept to when a mail is sent."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail as box
from django.test import Client
from django.urls import reverse

from cast import Cast, make_network
from conftest import NOON
from enishi.core import sending, tokens
from enishi.core.mail_topics import Topic
from enishi.core.models import AuditEntry, MailState, OutgoingMail
from enishi.events.actions import series as series_actions
from enishi.events.actions import signups
from enishi.events.mail_topics import ANNOUNCEMENTS, REMINDERS, SIGN_UPS
from enishi.feedback.mail_topics import QUESTIONS
from enishi.members.actions import leaving, mails
from enishi.members.models import MailStop, Member
from enishi.members.queries import download, mail_links
from enishi.publishing.mail_topics import REPORTS
from factories.events import make_series, make_session

pytestmark = pytest.mark.usefixtures("noon")
ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"


def address(member: Member, topic: Topic = REPORTS) -> str:
    return reverse("members:mail-link", args=[mail_links.token(member, topic)])


def stops(member: Member) -> set[str]:
    return set(MailStop.objects.filter(member=member).values_list("topic", flat=True))


@pytest.fixture
def nakamura(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.nakamura.user)
    return client


@pytest.fixture
def strict(cast: Cast) -> Client:
    """As a mail program: no cookies, and forms of our own pages are asked for their token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def announced(cast: Cast) -> OutgoingMail:
    """Nakamura's announcement, written and waiting; the network sends real mail."""
    make_network(is_demo=False)
    series_actions.announce(make_series(announced=False), by=cast.miyake.user)
    return OutgoingMail.objects.get(kind="events.announcement", user_id=cast.nakamura.user_id)


def test_all_kinds_come_until_one_is_unticked(nakamura: Client, cast: Cast) -> None:
    page = nakamura.get("/me/mails/")
    topics = [ANNOUNCEMENTS, REPORTS, REMINDERS, QUESTIONS]
    assert page.context["topics"] == [(topic, True) for topic in topics]
    assert page.context["always"] == [SIGN_UPS]
    answer = nakamura.post("/me/mails/", {"wanted": ["reports", "questions", "sign-ups", "nothing"]})
    assert (answer.status_code, answer["Location"]) == (303, "/me/mails/")
    assert stops(cast.nakamura) == {"announcements", "reminders"}
    assert [wanted for _topic, wanted in nakamura.get("/me/mails/").context["topics"]] == [False, True, False, True]
    assert stops(cast.mori) == set()


def test_what_is_ticked_again_comes_again(nakamura: Client, cast: Cast) -> None:
    nakamura.post("/me/mails/", {})
    assert len(stops(cast.nakamura)) == 4
    nakamura.post("/me/mails/", {"wanted": ["announcements", "reports", "reminders"]})
    assert stops(cast.nakamura) == {"questions"}
    nakamura.post("/me/mails/", {"wanted": ["announcements", "reports", "reminders"]})
    lines = AuditEntry.objects.filter(verb="mails.chosen").order_by("pk")
    assert [line.data["stopped"] for line in lines] == ["announcements,questions,reminders,reports", "questions"]


def test_my_page_leads_there(nakamura: Client) -> None:
    assert 'href="/me/mails/"' in nakamura.get("/me/").content.decode()


def test_one_click_stops_without_cookies_and_without_a_form_of_ours(strict: Client, cast: Cast) -> None:
    answer = strict.post(address(cast.nakamura), ONE_CLICK, content_type=FORM)
    assert answer.status_code == 200  # RFC 8058 allows no redirect
    assert (stops(cast.nakamura), stops(cast.mori)) == ({"reports"}, set())
    assert strict.post(address(cast.nakamura), ONE_CLICK, content_type=FORM).status_code == 200
    assert strict.post(address(cast.nakamura), {"List-Unsubscribe": "One-Click"}).status_code == 200  # as multipart
    assert AuditEntry.objects.filter(verb="mails.stopped").count() == 1


def test_no_other_form_is_open_without_its_token(strict: Client, cast: Cast) -> None:
    strict.post(address(cast.nakamura), ONE_CLICK, content_type=FORM)
    assert strict.post(address(cast.nakamura) + "undo/", ONE_CLICK, content_type=FORM).status_code == 403
    strict.force_login(cast.nakamura.user)
    assert strict.post("/me/mails/", ONE_CLICK, content_type=FORM).status_code == 403
    assert stops(cast.nakamura) == {"reports"}


def test_a_scanner_that_opens_every_link_changes_nothing(cast: Cast, client: Client) -> None:
    for _twice in range(2):
        for topic in (ANNOUNCEMENTS, REPORTS, SIGN_UPS):
            assert client.get(address(cast.nakamura, topic)).status_code == 200
            assert client.head(address(cast.nakamura, topic)).status_code == 200
    assert client.get(address(cast.nakamura) + "undo/").status_code == 405
    assert not MailStop.objects.exists() and not AuditEntry.objects.exists()
    assert client.post(address(cast.nakamura)).status_code == 200  # the person's own press still works
    assert stops(cast.nakamura) == {"reports"}


def test_the_page_says_what_was_stopped_and_offers_to_undo(cast: Cast, client: Client) -> None:
    link = address(cast.nakamura)
    asked = client.get(link).content.decode()
    assert "新しいレポート" in asked and "まだ何も変わっていません。" in asked
    done = client.post(link).content.decode()
    assert "「新しいレポート」のメールは、これから届きません。" in done and "元に戻す" in done
    back = client.post(link + "undo/")
    assert (back.status_code, back["Location"]) == (303, link)
    assert stops(cast.nakamura) == set()
    assert AuditEntry.objects.filter(verb="mails.resumed").count() == 1


def test_the_link_shows_nothing_of_its_owner_and_signs_nobody_in(cast: Cast, client: Client) -> None:
    for page in (client.get(address(cast.nakamura)), client.post(address(cast.nakamura))):
        assert not re.search("中村|ナカムラ|nakamura", page.content.decode())
        assert "enishi_session" not in page.cookies
    assert client.get("/me/").status_code == 302


def test_whoever_is_signed_in_as_somebody_else_is_told_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.mori.user)
    for answer in (client.get(address(cast.nakamura)), client.post(address(cast.nakamura))):
        assert (answer.status_code, "ほかの方に届いたものです" in answer.content.decode()) == (404, True)
    assert not MailStop.objects.exists()
    assert client.post(address(cast.mori)).status_code == 200
    assert stops(cast.mori) == {"reports"}


def forged(member: Member) -> list[str]:
    other = mail_links.token(member, REPORTS)
    return [
        "x",
        other[:-1],
        other[:-2] + ("AA" if other[-2:] != "AA" else "BB"),
        tokens.sign("feedback", [member.pk, "reports", member.user.epoch]),
        tokens.sign("mails", [member.pk, "reports"]),
        tokens.sign("mails", "reports"),
    ]


def test_a_forged_link_opens_nothing(cast: Cast, client: Client) -> None:
    for token in forged(cast.nakamura):
        assert client.post(reverse("members:mail-link", args=[token])).status_code == 404, token
    assert not MailStop.objects.exists()


def test_a_link_that_was_good_once_says_where_to_go(cast: Cast, client: Client) -> None:
    link, unknown = address(cast.nakamura), Topic("nothing", "", "", 1)
    assert client.get(address(cast.nakamura, unknown)).status_code == 410
    with time_machine.travel(datetime.now().astimezone() + timedelta(days=401)):
        late = client.post(link)
    assert late.status_code == 410 and f'href="{reverse("members:mails")}"' in late.content.decode()
    assert client.get(link).status_code == 200
    cast.nakamura.user.end_access()  # another address, or all sessions ended
    assert client.post(link).status_code == 410
    cast.nakamura.refresh_from_db()
    left = address(cast.nakamura)
    leaving.leave(cast.nakamura, by=None)
    assert client.post(left).status_code == 410
    assert not MailStop.objects.exists()


def test_mail_about_ones_own_seat_cannot_be_stopped(cast: Cast, client: Client) -> None:
    page = client.get(address(cast.nakamura, SIGN_UPS))
    assert 'method="post"' not in page.content.decode().partition("<main")[2].partition("</main")[0]
    assert client.post(address(cast.nakamura, SIGN_UPS), ONE_CLICK, content_type=FORM).status_code == 422
    assert not MailStop.objects.exists()


def test_a_mail_that_waits_is_not_sent_once_it_is_stopped(announced: OutgoingMail, cast: Cast) -> None:
    mails.stop(cast.nakamura, ANNOUNCEMENTS, by=cast.nakamura.user)
    mails.stop(cast.mori, REPORTS, by=cast.mori.user)
    sending.send_due()
    assert len(box.outbox) == 8 and "nakamura@mail.example" not in [each.to[0] for each in box.outbox]
    announced.refresh_from_db()
    assert (announced.state, announced.done_at) == (MailState.UNWANTED, NOON)
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == 8


def test_a_seat_is_confirmed_to_whoever_stopped_all_else(cast: Cast) -> None:
    make_network(is_demo=False)
    mails.choose(cast.nakamura, wanted=[], by=cast.nakamura.user)
    signups.sign_up(make_session(), member=cast.nakamura)
    sending.send_due()
    [message] = box.outbox
    assert message.to == ["nakamura@mail.example"]


def test_the_headers_are_those_of_the_standard(announced: OutgoingMail, cast: Cast, strict: Client) -> None:
    sending.send_due()
    sent = next(each for each in box.outbox if each.to == ["nakamura@mail.example"])
    message = sent.message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip()[1:-1]
    assert link.startswith("http://testserver/mails/")
    assert f"<{link}>" in message.as_bytes().decode()  # one piece, in no encoded word
    assert link in sent.body and "「新しいイベントのご案内」のメールを止める" in sent.body
    assert strict.post(link, ONE_CLICK, content_type=FORM).status_code == 200
    assert stops(cast.nakamura) == {"announcements"}


def test_a_confirmation_leads_to_the_page_and_offers_no_one_click(cast: Cast, client: Client) -> None:
    make_network(is_demo=False)
    signups.sign_up(make_session(), member=cast.nakamura)
    sending.send_due()
    message = box.outbox[0].message()
    assert "List-Unsubscribe-Post" not in message
    assert "申し込みについてのメールです" in client.get(message["List-Unsubscribe"].strip()[1:-1]).content.decode()


def test_no_link_lies_in_the_outbox(announced: OutgoingMail) -> None:
    sending.send_due()
    assert not any("/mails/" in str(value) for value in OutgoingMail.objects.values().get(pk=announced.pk).values())


def test_the_wish_is_in_the_download_and_goes_with_the_person(cast: Cast) -> None:
    mails.stop(cast.nakamura, REPORTS, by=cast.nakamura.user)
    mails.stop(cast.mori, REMINDERS, by=cast.mori.user)
    data = json.loads(zipfile.ZipFile(io.BytesIO(download.archive(cast.nakamura.user))).read("data.json"))
    rows = next(each["rows"] for each in data["holdings"] if each["model"] == "members.MailStop")
    assert [row["topic"] for row in rows] == ["reports"]
    leaving.leave(cast.nakamura, by=None)
    assert list(MailStop.objects.values_list("member", "topic")) == [(cast.mori.pk, "reminders")]
