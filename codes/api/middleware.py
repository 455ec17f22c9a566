"""Outermost for `/api/v1/`: every error has one shape, and what a network has left is serialized afresh.

A kept answer holds neither: its headers are those of the first time.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from codes.api.endpoint import OPEN_TO_ALL, PREFIX
from codes.api.problems import CONTENT_TYPE, Problem

Respond = Callable[[HttpRequest], HttpResponse]


def api_middleware(get_response: Respond) -> Respond:
    """Middleware: problems in place of error pages, and the RateLimit headers of this request."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if response.status_code >= 400 and response.get("Content-Type") != CONTENT_TYPE:
            response = _as_problem(response)
        for name, value in getattr(request, "rate_limit_headers", {}).items():
            response.headers[name] = value
        return response

    return answer


def _as_problem(response: HttpResponse) -> HttpResponse:
    """An error that another middleware or Django itself answered, as a problem with the same status and headers."""
    kept = {name: value for name, value in response.items() if not name.startswith("Content-")}
    if response.status_code >= 500:
        problem = Problem(response.status_code, "unavailable", "Something broke here. Try again later.")
    else:
        problem = Problem(response.status_code, "refused", _words_of(response))
    return problem.response({**kept, **OPEN_TO_ALL})


def _words_of(response: HttpResponse) -> str:
    is_text = response.get("Content-Type", "").startswith("text/plain") and not response.streaming
    return response.content.decode().strip() if is_text else response.reason_phrase
