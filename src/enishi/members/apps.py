from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MembersConfig(AppConfig):
    name = "enishi.members"
    verbose_name = pgettext_lazy("app", "Members")

    def ready(self) -> None:
        from enishi.accounts import policies as accounts
        from enishi.core import mail_topics, menu
        from enishi.members import notices, policies, receivers
        from enishi.members.queries import admissions, holdings, mail_links, mails, office

        notices.register()
        holdings.register()
        mail_topics.keep(mail_topics.Wishes(unwanted=mails.unwanted, page=mail_links.page))
        receivers.connect()
        menu.register(menu.Item("member", 90, _("My page"), "members:profile", "me", allowed=policies.is_member))
        for order, title, name, icon, waiting in (
            (20, _("Registrations"), "members:office-registrations", "hand", admissions.waiting_count),
            (26, _("Members list"), "members:office-members", "people", None),
            (80, _("Requests about data"), "members:office-requests", "lock", office.open_requests),
        ):
            menu.register(menu.Item("office", order, title, name, icon, allowed=accounts.is_office, waiting=waiting))
