from django.urls import URLPattern, path

from enishi.office.views import public

app_name = "office"
urlpatterns: list[URLPattern] = [
    path("", public.front, name="front"),
    path("about/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
]
