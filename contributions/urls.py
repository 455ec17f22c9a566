"""Addresses of what visitors send, and of what is shown of it."""

from django.urls import path, re_path

from codes.views.denials import denial, denial_json, denial_letter
from contributions.views.patterns import patterns, patterns_csv, patterns_json
from contributions.views.privacy import privacy
from contributions.views.receipt import receipt
from contributions.views.report import report
from contributions.views.thanks import thanks
from contributions.views.toolkit import toolkit
from contributions.views.toolkit_files import toolkit_file, toolkit_thanks
from contributions.views.toolkit_list import toolkit_confirm, toolkit_leave

app_name = "contributions"
urlpatterns = [
    re_path(r"^reports/(?P<typed>[^/.]{1,20})/$", patterns, name="patterns"),
    re_path(r"^reports/(?P<typed>[^/.]{1,20})\.json$", patterns_json, name="patterns_json"),
    re_path(r"^reports/(?P<typed>[^/.]{1,20})\.csv$", patterns_csv, name="patterns_csv"),
    re_path(r"^reports/(?P<typed>[^/.]{1,20})/new/$", report, name="report"),
    re_path(r"^reports/(?P<typed>[^/.]{1,20})/thanks/$", thanks, name="thanks"),
    path("denials/", denial, name="denial"),
    path("denials.json", denial_json, name="denial_json"),
    path("denials/letter.txt", denial_letter, name="denial_letter"),
    path("receipt/", receipt, name="receipt"),
    path("privacy/", privacy, name="privacy"),
    path("toolkit/", toolkit, name="toolkit"),
    path("toolkit/thanks/<str:signed>/", toolkit_thanks, name="toolkit_thanks"),
    re_path(
        r"^toolkit/files/(?P<signed>[^/]+)/toolkit\.(?P<kind>pdf|xlsx)$", toolkit_file, name="toolkit_file"
    ),
    path("toolkit/confirm/<str:signed>/", toolkit_confirm, name="toolkit_confirm"),
    path("toolkit/leave/<str:signed>/", toolkit_leave, name="toolkit_leave"),
]
