from django.urls import path

from enishi.publishing.views import office_reports, reports

app_name = "publishing"
urlpatterns = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/<int:pk>/", reports.report_page, name="report"),
    path("reports/<int:pk>/report.pdf", reports.report_pdf, name="report-pdf"),
    path("office/reports/", office_reports.office_reports, name="office-reports"),
    path("office/reports/of/<int:series_id>/", office_reports.office_report_create, name="office-report-create"),
    path("office/reports/<int:pk>/", office_reports.office_report, name="office-report"),
    path("office/reports/<int:pk>/voices/", office_reports.office_report_voices, name="office-report-voices"),
    path(
        "office/reports/<int:pk>/answers/<int:answer_id>/themes/",
        office_reports.office_report_themes,
        name="office-report-themes",
    ),
    path("office/reports/<int:pk>/preview/", office_reports.office_report_preview, name="office-report-preview"),
    path("office/reports/<int:pk>/publish/", office_reports.office_report_publish, name="office-report-publish"),
    path("office/reports/<int:pk>/take-back/", office_reports.office_report_take_back, name="office-report-take-back"),
]
