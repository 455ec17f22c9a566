"""Keeps submissions out of the logs: a logged refusal next to an accepted report would reveal when it was sent."""

import logging

from django.http import HttpResponse

PATHS = ("/reports/", "/receipt/", "/toolkit/")
# Django's words on what it refuses before a view is asked: a form without its cookie, and one that is too large.
REFUSALS = ("csrf", "RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")


class NoLineOfReports(logging.Filter):
    """Drops records of requests for what visitors send."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not getattr(getattr(record, "request", None), "path", "").startswith(PATHS)


def keep_refusals_unlogged() -> None:
    """Called once, when the app is ready."""
    for name in REFUSALS:
        logging.getLogger(f"django.security.{name}").addFilter(NoLineOfReports())


def no_log_no_store(response: HttpResponse) -> HttpResponse:
    """The response, marked so that Django writes no warning about its status, and kept by no cache."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response
