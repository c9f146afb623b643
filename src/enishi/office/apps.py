from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "enishi.office"
    verbose_name = _("Office")

    def ready(self) -> None:
        from enishi.office import menu_settings

        menu_settings.register()
