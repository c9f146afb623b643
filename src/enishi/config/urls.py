"""Every address of the house. Each app keeps its own; the second factor's come from django-allauth."""

from django.urls import include, path

urlpatterns = [
    # Asked in this order: what members open most stands first.
    path("", include("enishi.events.urls")),
    path("", include("enishi.office.urls")),
    path("", include("enishi.accounts.urls")),
    path("", include("enishi.members.urls")),
    path("", include("enishi.feedback.urls")),
    path("", include("enishi.publishing.urls")),
    path("", include("enishi.accounts.urls_second_factor")),
]

handler400 = "enishi.core.errors.bad_request"
handler403 = "enishi.core.errors.forbidden"
handler404 = "enishi.core.errors.not_found"
handler500 = "enishi.core.errors.server_error"
