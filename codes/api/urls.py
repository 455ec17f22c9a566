"""Addresses of `/api/v1/`."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from codes.api.endpoint import OPEN_TO_ALL
from codes.api.openapi import openapi
from codes.api.problems import Problem
from codes.api.resources import ENDPOINTS


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 for whatever is no address."""
    words = "There is no such address. /api/v1/openapi.json lists those that there are."
    return Problem(404, "not-found", words).response(OPEN_TO_ALL)


app_name = "v1"
urlpatterns = [
    *(path(endpoint.path, endpoint.view(), name=endpoint.name) for endpoint in ENDPOINTS),
    path("openapi.json", openapi, name="openapi"),
    re_path(r"", nothing_here),
]
