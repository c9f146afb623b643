from django.urls import URLPattern, path

from enishi.office.views import public, settings, setup

app_name = "office"
urlpatterns: list[URLPattern] = [
    path("", public.front, name="front"),
    path("about/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("setup/", setup.setup, name="setup"),
    path("setup/you/", setup.setup_owner, name="setup-owner"),
    path("setup/network/", setup.setup_network, name="setup-network"),
    path("office/settings/", settings.settings, name="settings"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
]
