from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "enishi.events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from enishi.core import menu
        from enishi.events import notices, personal_data, policies
        from enishi.events import receivers as _receivers  # noqa: F401 - imported so that it hears
        from enishi.events.queries import arrivals

        notices.register()
        personal_data.register()
        arrivals.register()
        menu.register(
            menu.Item(
                "member",
                20,
                _("Events"),
                "events:list",
                "cal",
                allowed=lambda user: policies.member_of(user) is not None,
            )
        )
        menu.register(
            menu.Item("office", 30, _("Events"), "events:office-list", "cal", allowed=policies.can_run_events)
        )
