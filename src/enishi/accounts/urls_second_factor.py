"""Names that django-allauth reverses, without a namespace. Its sign-in, sign-up and password pages are not among them."""

from allauth.account import views as allauth_views
from django.urls import path
from django.views.generic import RedirectView

to_sign_in = RedirectView.as_view(pattern_name="accounts:sign-in", query_string=True)

urlpatterns = [
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("sign-in/", to_sign_in, name="account_login"),
    path("sign-in/closed/", to_sign_in, name="account_inactive"),
]
