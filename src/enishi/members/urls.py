from django.urls import URLPattern, path

from enishi.members.views import data, invite, mails, office_admissions, office_members, office_requests, profile

app_name = "members"
urlpatterns: list[URLPattern] = [
    path("me/", profile.profile, name="profile"),
    path("me/edit/", profile.profile_edit, name="profile-edit"),
    path("me/data/", data.data, name="data"),
    path("me/data/download/", data.download, name="download"),
    path("me/data/requests/", data.request_create, name="request-create"),
    path("me/leave/", data.leave, name="leave"),
    path("me/mails/", mails.mails, name="mails"),
    path("mails/<str:token>/", mails.mail_link, name="mail-link"),
    path("mails/<str:token>/undo/", mails.mail_link_undo, name="mail-link-undo"),
    path("invite/", invite.invite, name="invite"),
    path("invite/<int:pk>/revoke/", invite.invite_revoke, name="invite-revoke"),
    path("office/registrations/", office_admissions.office_registrations, name="office-registrations"),
    path("office/registrations/<int:pk>/", office_admissions.office_registration, name="office-registration"),
    path(
        "office/registrations/<int:pk>/admit/",
        office_admissions.office_registration_admit,
        name="office-registration-admit",
    ),
    path(
        "office/registrations/<int:pk>/ask/", office_admissions.office_registration_ask, name="office-registration-ask"
    ),
    path(
        "office/registrations/<int:pk>/decline/",
        office_admissions.office_registration_decline,
        name="office-registration-decline",
    ),
    path("office/members/", office_members.office_members, name="office-members"),
    path("office/members/<int:pk>/", office_members.office_member, name="office-member"),
    path("office/requests/", office_requests.office_requests, name="office-requests"),
    path("office/requests/<int:pk>/", office_requests.office_request, name="office-request"),
]
