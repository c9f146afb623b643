from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "enishi.feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        from enishi.core import menu, outbox
        from enishi.events.queries import afterwards
        from enishi.feedback import notices, personal_data, policies
        from enishi.feedback import receivers as _receivers  # noqa: F401 - imported so that it hears
        from enishi.feedback.queries import links

        for kind in notices.KINDS:
            outbox.register(kind)
        personal_data.register()
        afterwards.register(afterwards.Deed(_("Write impressions"), links.own_form))
        menu.register(
            menu.Item(
                "member",
                60,
                _("My voices"),
                "feedback:my-voices",
                "voice",
                allowed=lambda user: getattr(user, "member", None) is not None,
                on_phone=False,
            )
        )
        menu.register(
            menu.Item("office", 60, _("Themes"), "feedback:office-themes", "gear", allowed=policies.can_change_themes)
        )
