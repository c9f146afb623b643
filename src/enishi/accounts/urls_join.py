"""Addresses of asking to join, of invitations and of routes."""

from __future__ import annotations

from django.urls import path

from enishi.accounts.views import (
    invited,
    join_mail,
    join_waiting,
    join_work,
    office_invitations,
    office_routes,
)

urlpatterns = [
    path("join/", join_mail.join, name="join"),
    path("join/mail/", join_mail.join_prove, name="join-prove"),
    path("join/mail/again/", join_mail.join_prove_again, name="join-prove-again"),
    path("join/mail/<int:pk>/<str:token>/", join_mail.join_link, name="join-link"),
    path("join/work/", join_work.join_work, name="join-work"),
    path("join/visibility/", join_work.join_visibility, name="join-visibility"),
    path("join/waiting/", join_waiting.join_waiting, name="join-waiting"),
    path("join/take-back/", join_waiting.join_take_back, name="join-take-back"),
    path("join/withdraw/", join_waiting.join_withdraw, name="join-withdraw"),
    path("join/invited/<str:token>/", invited.join_invited, name="join-invited"),
    path("office/invitations/", office_invitations.office_invitations, name="office-invitations"),
    path(
        "office/invitations/<int:pk>/revoke/",
        office_invitations.office_invitation_revoke,
        name="office-invitation-revoke",
    ),
    path("office/invitations/stop/", office_invitations.office_invitations_stop, name="office-invitations-stop"),
    path("office/routes/", office_routes.office_routes, name="office-routes"),
    path("office/routes/<int:pk>/", office_routes.office_route, name="office-route"),
    path("office/routes/<int:pk>/qr.svg", office_routes.office_route_qr, name="office-route-qr"),
    path("office/routes/<int:pk>/close/", office_routes.office_route_close, name="office-route-close"),
]
