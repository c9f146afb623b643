from django.urls import URLPattern, path

from enishi.office.views import dashboard, demo, office_invite, office_roster, public, settings, setup

app_name = "office"
urlpatterns: list[URLPattern] = [
    path("", public.front, name="front"),
    path("about/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("setup/", setup.setup, name="setup"),
    path("setup/you/", setup.setup_owner, name="setup-owner"),
    path("setup/network/", setup.setup_network, name="setup-network"),
    path("office/settings/", settings.settings, name="settings"),
    path("office/", dashboard.dashboard, name="dashboard"),
    path("office/mail/", dashboard.mail, name="mail"),
    path("office/roster/", office_roster.office_roster, name="roster"),
    path("office/roster/people/", office_invite.office_roster_people, name="roster-people"),
    path("office/roster/people/<int:pk>/mail/", office_invite.office_roster_mail, name="roster-mail"),
    path("office/roster/invite/", office_invite.office_roster_invite, name="roster-invite"),
    path("office/roster/imports/<int:pk>/", office_roster.office_roster_import, name="roster-import"),
    path("office/roster/imports/<int:pk>/read/", office_roster.office_roster_read, name="roster-read"),
    path("office/roster/imports/<int:pk>/carry-out/", office_roster.office_roster_carry_out, name="roster-carry-out"),
    path("office/roster/imports/<int:pk>/undo/", office_roster.office_roster_undo, name="roster-undo"),
    path("office/roster/imports/<int:pk>/rows.csv", office_roster.office_roster_faults, name="roster-faults"),
    path("demo/enter/<slug:key>/", demo.door, name="demo-door"),
    path("demo/mail/", demo.mail, name="demo-mail"),
    path("demo/mail/<int:number>/", demo.letter, name="demo-letter"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
]
