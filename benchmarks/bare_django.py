"""The baseline of pages: a Django with one view, no middleware and no database. It answers with BYTES bytes."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

BODY = b"x" * int(os.environ["BYTES"])


def empty(request: HttpRequest) -> HttpResponse:
    """The same bytes whatever is asked."""
    return HttpResponse(BODY)


urlpatterns = [re_path("", empty)]
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], ROOT_URLCONF=__name__, USE_I18N=False
)
application = get_wsgi_application()
