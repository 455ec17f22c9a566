"""Answers that leave no line in the log: a refused report a moment before a kept one would tell its time."""

from django.http import HttpResponse


def unlogged(response: HttpResponse) -> HttpResponse:
    """The response, marked so that Django writes no warning about its status, and kept by no cache."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response
