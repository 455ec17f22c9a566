"""The OpenAPI 3.1 document, made from the endpoints, their forms and the schemas."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from codes.api.endpoint import OPEN_TO_ALL, PREFIX, Endpoint
from codes.api.parameters import DESCRIPTIONS
from codes.api.resources import ENDPOINTS
from codes.api.schemas import LINK, SCHEMAS, TEXT, YES_OR_NO, Schema, an_object, of, several
from codes.forms import fields
from codes.forms.shapes import Shape

_IN_PATH = re.compile(r"<str:(\w+)>")
PATH_PARAMETERS = {
    "code": ("a CPT or HCPCS code", "^[0-9A-Za-z]{5}$"),
    "modifier": ("a modifier", "^[0-9A-Za-z]{2}$"),
    "key": ("contractor and number of a locality: 10112-00", r"^\d{5}-\d{2}$"),
}
ERRORS = {
    "400": "A parameter can't be used",
    "404": "Nothing is known of what was asked for",
    "405": "Another method is needed",
    "409": "The parameters contradict each other, or leave the answer open",
    "413": "The body is too large",
    "415": "The body is not JSON",
    "429": "Too many requests: come back after Retry-After seconds",
}
TOO_LONG = "The address is longer than 8,000 characters: POST the same names as JSON where that is offered"


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """`/api/v1/openapi.json`."""
    return JsonResponse(document(), headers=dict(OPEN_TO_ALL))


@cache
def document() -> dict[str, Any]:
    """The whole document; the same for everybody until the site is deployed anew."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "MedPayIQ",
            "version": settings.VERSION,
            "summary": "What Medicare allows for CPT and HCPCS codes, and why",
            "description": "No key, no log-in. Amounts are strings as printed. Estimates, not guarantees of payment.",
            "license": {"name": "Licenses and notices", "url": f"{settings.SITE_URL}/licenses/"},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {_path(each): _operations(each) for each in ENDPOINTS},
        "components": {"schemas": dict(SCHEMAS)},
    }


def _path(endpoint: Endpoint) -> str:
    return PREFIX + _IN_PATH.sub(r"{\1}", endpoint.path)


def _operations(endpoint: Endpoint) -> dict[str, Any]:
    operations = {"get": _operation(endpoint) | {"parameters": list(_parameters(endpoint))}}
    if endpoint.is_posted:
        body = {"required": True, "content": {"application/json": {"schema": _body(endpoint)}}}
        operations["post"] = _operation(endpoint, "_by_body") | {"requestBody": body}
    return operations


def _operation(endpoint: Endpoint, ending: str = "") -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": of("Problem")}}
    return {
        "operationId": endpoint.name + ending,
        "summary": endpoint.summary,
        "responses": {
            "200": {
                "description": "The answer",
                "content": {"application/json": {"schema": envelope(endpoint)}},
            },
            **{status: {"description": words, "content": problem} for status, words in ERRORS.items()},
            "414": {"description": TOO_LONG},
        },
    }


def envelope(endpoint: Endpoint) -> Schema:
    """The schema of a whole answer. The data of some lists are an object with the list and what it is about."""
    is_plain_list = endpoint.is_list and endpoint.schema != "EditsOfCode"
    data = several(of(endpoint.schema)) if is_plain_list else of(endpoint.schema)
    onward = {"next": {"type": ["string", "null"], "format": "uri"}} if endpoint.is_list else {}
    return an_object(
        data=data, sources=several(of("Source")), version=TEXT, notice=TEXT, license=LINK, **onward
    )


def _parameters(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    for name in _IN_PATH.findall(endpoint.path):
        words, pattern = PATH_PARAMETERS[name]
        schema = TEXT | {"pattern": pattern}
        yield {"name": name, "in": "path", "required": True, "description": words, "schema": schema}
    for name, field in endpoint.parameters.items():
        yield {
            "name": name,
            "in": "query",
            "required": field.required,
            "description": DESCRIPTIONS[name],
            "schema": schema_of(field),
        }


def _body(endpoint: Endpoint) -> Schema:
    """The same parameters as keys of an object. A body has numbers, truth and lists where an address has words."""
    return {
        "type": "object",
        "properties": {
            name: _in_body(field) | {"description": DESCRIPTIONS[name]}
            for name, field in endpoint.parameters.items()
        },
        "required": [name for name, field in endpoint.parameters.items() if field.required],
        "additionalProperties": False,
    }


def _in_body(field: forms.Field) -> Schema:
    """What a parameter looks like as a key; null where it may be left out."""
    shape: Shape | None = getattr(field, "shape", None)
    either = [YES_OR_NO if isinstance(field, fields.Flag) else schema_of(field)]
    if shape and shape.item:
        either.append(several(TEXT | {"pattern": shape.item}) | {"minItems": 1, "maxItems": shape.most})
    if shape and shape.bounds:
        least, most = shape.bounds
        either.append({"type": "number", "minimum": least, "maximum": most, "multipleOf": 0.01})
    if not field.required:
        either.append({"type": "null"})
    return {"anyOf": either}


def schema_of(field: forms.Field) -> Schema:
    """What a parameter looks like in an address."""
    if isinstance(field.widget, forms.NumberInput):
        limits = field.widget.attrs
        return {"type": "integer", "minimum": limits["min"], "maximum": limits["max"]}
    if isinstance(field.widget, fields.DateInput):
        return {"type": "string", "format": "date"}
    if isinstance(field, fields.Flag):
        return {"type": "string", "enum": ["0", "1"]}
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    if chosen := [str(key) for key, _ in choices if key]:
        return {"type": "string", "enum": chosen}
    longest = getattr(field, "max_length", None) or getattr(field, "longest", None)
    shape: Shape | None = getattr(field, "shape", None)
    known = {"maxLength": longest, "pattern": shape.pattern if shape else None}
    return TEXT | {"minLength": 1} | {word: value for word, value in known.items() if value}
