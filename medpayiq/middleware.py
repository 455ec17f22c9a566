"""Middlewares for every response: security headers, limits on what is sent, HEAD without a body."""

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

# The features of a browser that a page of text and numbers has no use for.
UNUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
SECURITY_HEADERS = {
    # The same for every answer of every process: django-csp would order it anew in each.
    "Content-Security-Policy": "; ".join(sorted(build_policy().split("; "))),
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
    "X-Permitted-Cross-Domain-Policies": "none",
    "Origin-Agent-Cluster": "?1",
}
# JSON and tables may be fetched by any program, and are in no search engine.
FOR_PROGRAMS = (".json", ".csv", ".xlsx")


def security_headers(get_response: GetResponse) -> GetResponse:
    """Headers beside Django's own, on every answer: pages, JSON, static files, errors."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if getattr(response, "xframe_options_exempt", False):
            del response.headers["X-Frame-Options"]  # its own policy says who may frame it
        if request.path.endswith(FOR_PROGRAMS):
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """413 before a byte of a body over MOST_BYTES_SENT is read.

    A body without a length (chunked) is not read at all by Django, so that it cannot pass this limit.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and int(length[:20]) <= settings.MOST_BYTES_SENT:
            return get_response(request)
        response = HttpResponse("That is more than this site takes.\n", content_type="text/plain", status=413)
        response["Connection"] = "close"
        return response

    return answer


def refuse_null_characters(get_response: GetResponse) -> GetResponse:
    """400 for an address with a null character in it: no text has one, and PostgreSQL takes none."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse("An address has no null characters.\n", content_type="text/plain", status=400)
        return get_response(request)

    return answer


def no_body_for_head(get_response: GetResponse) -> GetResponse:
    """HEAD has the headers of GET and no body; gunicorn would drop the body too, with a warning each time."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "HEAD" or response.streaming:
            return response
        length = response.headers.get("Content-Length", str(len(response.content)))
        response.content = b""
        response["Content-Length"] = length
        return response

    return answer
