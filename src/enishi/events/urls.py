from django.urls import path

from enishi.events.views import office_day, office_series, places, series, sessions

app_name = "events"
urlpatterns = [
    path("events/", series.series_list, name="list"),
    path("events/<int:pk>/", series.series_detail, name="series-detail"),
    path("events/<int:pk>/sign-up/", series.signup_create, name="signup-create"),
    path("events/<int:pk>/signed-up/", series.signup_result, name="signup-result"),
    path("events/sign-ups/<int:pk>/", places.signup_change, name="signup-change"),
    path("events/sign-ups/<int:pk>/withdraw/", places.signup_withdraw, name="signup-withdraw"),
    path("events/sign-ups/<int:pk>/undo/", places.signup_undo, name="signup-undo"),
    path("events/offers/<str:token>/", places.offer, name="offer"),
    path("events/sessions/<int:pk>/", sessions.session_detail, name="session-detail"),
    path("events/sessions/<int:pk>/session.ics", sessions.session_calendar, name="session-calendar"),
    path("events/sessions/<int:pk>/attendance/", sessions.session_attendance, name="session-attendance"),
    path("office/events/", office_series.series_list, name="office-list"),
    path("office/events/new/", office_series.series_create, name="office-series-create"),
    path("office/events/<int:pk>/", office_series.series_edit, name="office-series-edit"),
    path("office/events/<int:pk>/announce/", office_series.series_announce, name="office-series-announce"),
    path("office/events/<int:pk>/discard/", office_series.series_discard, name="office-series-discard"),
    path("office/events/sessions/<int:pk>/", office_day.session_detail, name="office-session"),
    path("office/events/sessions/<int:pk>/cancel/", office_day.session_cancel, name="office-session-cancel"),
    path("office/events/sessions/<int:pk>/extend/", office_day.session_extend, name="office-session-extend"),
    path("office/events/sessions/<int:pk>/move/", office_day.session_move, name="office-session-move"),
    path(
        "office/events/sessions/<int:pk>/attendance/", office_day.session_attendance, name="office-session-attendance"
    ),
    path("office/events/sessions/<int:pk>/print/", office_day.session_print, name="office-session-print"),
]
