from django.urls import path

from enishi.feedback.views import form, my_voices, office_themes

app_name = "feedback"
urlpatterns = [
    path("feedback/<str:token>/", form.answer_by_link, name="form"),
    path("feedback/<str:token>/thanks/", form.thanks, name="thanks"),
    path("feedback/<str:token>/consent/", form.consent_by_link, name="consent"),
    path("me/feedback/<int:series_id>/", form.answer_signed_in, name="mine"),
    path("me/voices/", my_voices.my_voices, name="my-voices"),
    path("me/voices/<int:answer_id>/consent/", my_voices.my_consent, name="my-consent"),
    path("office/themes/", office_themes.office_themes, name="office-themes"),
    path("office/themes/ready/", office_themes.office_themes_ready, name="office-themes-ready"),
    path("office/themes/<int:pk>/", office_themes.office_theme, name="office-theme"),
    path("office/themes/<int:pk>/place/", office_themes.office_theme_place, name="office-theme-place"),
    path("office/themes/<int:pk>/use/", office_themes.office_theme_use, name="office-theme-use"),
]
