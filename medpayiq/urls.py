"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import include, path


def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for on pages that name no icon, such as the admin's: the way to ours."""
    return HttpResponsePermanentRedirect(static("img/icon.svg"))


urlpatterns = [
    path("", include("codes.urls")),
    path("", include("contributions.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("favicon.ico", favicon),
]

handler404 = "codes.views.not_found.page_not_found"
handler500 = "medpayiq.errors.server_error"
