from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PublishingConfig(AppConfig):
    name = "enishi.publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from enishi.core import menu
        from enishi.publishing import notices, policies
        from enishi.publishing import receivers as _receivers  # noqa: F401 - imported so that it hears

        notices.register()
        menu.register(
            menu.Item(
                "member", 40, pgettext_lazy("menu", "Reports"), "publishing:reports", "doc", allowed=policies.is_member
            )
        )
        menu.register(
            menu.Item(
                "office",
                50,
                pgettext_lazy("menu", "Reports"),
                "publishing:office-reports",
                "doc",
                allowed=policies.can_edit_reports,
            )
        )
