from django.urls import URLPattern, path

from enishi.accounts import urls_join
from enishi.accounts.views import email_change, office_roles, sign_in

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/sent/", sign_in.sent, name="sign-in-sent"),
    path("sign-in/<int:number>/<str:token>/", sign_in.link, name="sign-in-link"),
    path("sign-in/confirm/", sign_in.confirm, name="confirm"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("me/mail/", email_change.email_change, name="email-change"),
    path("me/mail/sent/", email_change.email_change_sent, name="email-change-sent"),
    path("me/mail/<int:number>/<str:token>/", email_change.email_change_link, name="email-change-link"),
    path("language/", sign_in.language, name="language"),
    path("office/roles/", office_roles.office_roles, name="office-roles"),
    path("office/roles/<int:number>/end/", office_roles.office_role_end, name="office-role-end"),
    *urls_join.urlpatterns,
]
