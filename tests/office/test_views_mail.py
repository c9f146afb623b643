"""What the office is told where mail cannot leave."""

from __future__ import annotations

from django.conf import LazySettings
from django.test import Client
from django.utils import translation

from cast import Cast
from enishi.core import sending
from enishi.office.queries import dashboard


def test_without_a_mail_server_the_office_hears_what_to_do_first(
    client: Client, cast: Cast, settings: LazySettings
) -> None:
    cast.network.is_demo = False
    cast.network.save()
    client.force_login(cast.tadokoro.user, backend="enishi.accounts.backends.SignedInBackend")
    assert [task.url for task in dashboard.tasks()] == []

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert not sending.can_deliver()
    assert [(task.url, task.presses) for task in dashboard.tasks()] == [("/office/mail/", True)]
    with translation.override("en"):
        assert dashboard.tasks()[0].words == "No mail server is set, so no mail goes out. See what to do."
