from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "enishi.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from enishi.accounts import menu_join, menu_roles, receivers
        from enishi.accounts.notices import email_change as email_notices
        from enishi.accounts.notices import registration as join_notices
        from enishi.accounts.notices import role as role_notices
        from enishi.accounts.notices import sign_in as sign_in_notices
        from enishi.accounts.queries import holdings_join, holdings_sign_in

        sign_in_notices.register()
        email_notices.register()
        role_notices.register()
        join_notices.register_kinds()
        holdings_sign_in.register()
        holdings_join.register()
        menu_join.register()
        menu_roles.register()
        receivers.connect()
