"""What is wrong with a request: one shape, `application/problem+json` (RFC 9457), for every error of `/api/v1/`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse

from codes.api.parameters import DESCRIPTIONS
from codes.forms.fields import CONFLICT, NOT_FOUND
from codes.links import absolute

CONTENT_TYPE = "application/problem+json"
LONGEST_VALUE = 60  # characters of a value that an error repeats
PERSONAL = "personal"  # the code of an error whose value is not repeated: it may speak of a patient
TITLES: Mapping[str, str] = {
    "invalid-parameter": "A parameter can't be used",
    "invalid-body": "The body can't be read",
    "not-found": "Nothing is known of what was asked for",
    "conflict": "The parameters contradict each other, or leave the answer open",
    "not-loaded": "The data that this needs aren't loaded",
    "method-not-allowed": "This address doesn't take that method",
    "too-many-requests": "Too many requests",
    "refused": "The request was refused",
    "unavailable": "The site can't answer right now",
}
Wrong = dict[str, str | None]


class Problem(Exception):
    """A request that has no answer. `kind` is a key of TITLES, `errors` name each field that is wrong."""

    def __init__(self, status: int, kind: str, detail: str, errors: Iterable[Wrong] = ()) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.errors = status, kind, detail, list(errors)

    def response(self, headers: Mapping[str, str] | None = None) -> HttpResponse:
        """The problem as it is sent."""
        body: dict[str, Any] = {
            "type": absolute(f"/api/#{self.kind}"),
            "title": TITLES[self.kind],
            "status": self.status,
            "detail": self.detail,
            "errors": self.errors,
        }
        return JsonResponse(body, status=self.status, content_type=CONTENT_TYPE, headers=headers)


def wrong(field: str, value: str | None, detail: str) -> Wrong:
    """One field that is wrong: its name, what was given, why that can't be used, and what is expected."""
    shown = None if value is None else value[:LONGEST_VALUE]
    return {"field": field[:20], "value": shown, "detail": detail, "expected": DESCRIPTIONS.get(field)}


def invalid(errors: Iterable[Wrong], status: int = 400, kind: str = "invalid-parameter") -> Problem:
    """400 for parameters that cannot be read, or another status and kind of them."""
    errors = list(errors)
    return Problem(status, kind, " ".join(f"{each['field']}: {each['detail']}" for each in errors), errors)


def refused(form: forms.Form) -> Problem:
    """400 where a value of the form cannot be read. Else 404 where something that one names is not in the data, and 409
    where values contradict each other."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    if not codes <= {NOT_FOUND, CONFLICT}:
        return invalid(errors_of(form))
    return invalid(errors_of(form), *((404, "not-found") if NOT_FOUND in codes else (409, "conflict")))


def errors_of(form: forms.Form) -> list[Wrong]:
    """What is wrong with a form, field by field."""
    return [
        wrong(name, None if error.code == PERSONAL else _value(form, name), message)
        for name, errors in form.errors.as_data().items()
        for error in errors
        for message in error.messages
    ]


def _value(form: forms.Form, name: str) -> str | None:
    value: str | None = form.data.get(name)
    return value
