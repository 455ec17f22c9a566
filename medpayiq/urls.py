"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("codes.urls")),
    path("", include("contributions.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler404 = "codes.views.not_found.page_not_found"
handler500 = "medpayiq.errors.server_error"
