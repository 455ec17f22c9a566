"""An address of `/api/v1/`: from a request to validated parameters, and from a reply to JSON with its sources."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from codes.api.limits import admit
from codes.api.parameters import DESCRIPTIONS
from codes.api.problems import Problem, invalid, refused, wrong
from codes.code_request import sanitized
from codes.exports.serializers import NOTICE, Json
from codes.links import absolute
from codes.models.release import Release

PREFIX = "/api/v1/"
EMPTY = "This has no value. Leave the parameter out, or give it one."
MOST_DIGITS = 12
OPEN_TO_ALL: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
PREFLIGHT: Mapping[str, str] = {
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answers: its data, the releases that they were read from, and for a list that goes on the
    `cursor` of its next page."""

    data: Any
    sources: Iterable[Release] = ()
    cursor: str = ""


Respond = Callable[..., Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address. `takes` are the forms that its parameters go through, `schema` the name of what its `data` is,
    `example` an address that a test asks for; `is_posted` where the parameters may come as a JSON body."""

    path: str
    name: str
    summary: str
    answer: Respond
    schema: str
    example: str
    takes: tuple[type[forms.Form], ...] = ()
    is_list: bool = False
    is_posted: bool = False

    @property
    def parameters(self) -> dict[str, forms.Field]:
        """The fields of its forms, by name."""
        return {name: each for form in self.takes for name, each in form.base_fields.items()}

    @property
    def described_parameters(self) -> list[tuple[str, str, bool]]:
        """Each parameter with its words, and whether it must be given."""
        return [(name, DESCRIPTIONS[name], each.required) for name, each in self.parameters.items()]

    @property
    def methods(self) -> tuple[str, ...]:
        return ("GET", "HEAD", "OPTIONS", *(("POST",) if self.is_posted else ()))

    def view(self) -> Callable[..., HttpResponse]:
        """The Django view. Nothing is changed by a POST, and no cookie is read: there is nothing to forge."""

        @csrf_exempt
        def handle(request: HttpRequest, **path: str) -> HttpResponse:
            try:
                response = self._respond(request, path)
            except Problem as problem:
                response = problem.response()
            for name, value in OPEN_TO_ALL.items():
                response.headers[name] = value
            return response

        return handle

    def _respond(self, request: HttpRequest, path: Mapping[str, str]) -> HttpResponse:
        allowed = ", ".join(self.methods)
        if request.method == "OPTIONS":
            return HttpResponse(
                status=204, headers={"Allow": allowed, "Access-Control-Allow-Methods": allowed, **PREFLIGHT}
            )
        if request.method not in self.methods:
            return Problem(405, "method-not-allowed", f"Use {allowed}.").response({"Allow": allowed})
        parameters = read_body(request) if request.method == "POST" else sanitized(request.GET)
        admit(request, parameters)
        self._refuse_unknown_and_empty(parameters)
        response = JsonResponse(self._enveloped(request, parameters, self.answer(parameters, **path)))
        if request.method == "POST":
            response["Cache-Control"] = "no-store"
        return response

    def _refuse_unknown_and_empty(self, parameters: QueryDict) -> None:
        """A form of a page leaves a field empty; a program that does has lost a value, and would be answered as if it
        had not asked: for today, or the whole country."""
        known = self.parameters
        words = f"There is no such parameter here. This address takes {', '.join(known) or 'none'}."
        errors = [wrong(name, parameters.get(name), words) for name in parameters if name not in known]
        for name, values in parameters.lists():
            if name in known and not all(value.strip() for value in values):
                errors.append(wrong(name, "", EMPTY))
        if errors:
            raise invalid(errors)

    def _enveloped(self, request: HttpRequest, parameters: QueryDict, reply: Reply) -> Json:
        body: Json = {"data": reply.data}
        if self.is_list:
            body["next"] = _next(request, parameters, reply.cursor) if reply.cursor else None
        sources = {release.pk: release for release in reply.sources}
        return body | {
            "sources": [serialize_source(release) for release in sources.values()],
            "version": settings.VERSION,
            "notice": NOTICE,
            "license": absolute("/licenses/"),
        }


def valid(form: forms.Form) -> Mapping[str, Any]:
    """The cleaned parameters of a form. Raises a Problem that names each that is wrong."""
    if form.errors:
        raise refused(form)
    return form.cleaned_data


def serialize_source(release: Release) -> Json:
    """A release as every answer names it."""
    return {
        "source": release.source,
        "title": release.get_source_display(),
        "release": release.name,
        "in_force_from": release.effective_from.isoformat(),
        "is_sample": release.is_sample,
    }


def read_body(request: HttpRequest) -> QueryDict:
    """The parameters of a JSON body: an object of the same names as in an address; a list is its values parted by
    commas, and null stands for a parameter that is left out. Raises Problem."""
    if request.content_type != "application/json":
        raise Problem(
            415, "invalid-body", "Send the parameters as an object with Content-Type: application/json."
        )
    try:
        body = json.loads(request.body, parse_float=_as_typed, parse_int=str)
    except (ValueError, RecursionError):
        raise Problem(400, "invalid-body", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Problem(400, "invalid-body", 'The body must be an object, such as {"codes": ["99213"]}.')
    parameters = QueryDict(mutable=True)
    for name, value in body.items():
        if value is not None:
            parameters[name] = _as_word(name, value)
    return sanitized(parameters)


def _as_typed(number: str) -> str:
    """A number of a body as it would stand in an address: 10.5, and 5 where JSON says 5.0."""
    value = Decimal(number)
    return f"{value.normalize():f}" if abs(value.adjusted()) < MOST_DIGITS else number


def _as_word(name: str, value: Any) -> str:
    """A value of a body as it would stand in an address."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    if isinstance(value, str):
        return value
    raise invalid([wrong(name, None, "Give a text, a number, true or false, or a list of texts.")])


def _next(request: HttpRequest, parameters: QueryDict, cursor: str) -> str:
    onward = parameters.copy()
    onward["cursor"] = cursor
    return absolute(f"{request.path}?{onward.urlencode(safe=',@~')}")
