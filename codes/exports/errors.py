"""What is wrong with a request, for programs: one shape in JSON, and one in place of a CSV or a workbook."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse

PROGRAMS = (".json", ".csv", ".xlsx", ".atom", ".ics")
Errors = Mapping[str, list[str]]


def errors_of(forms_: Iterable[forms.Form]) -> dict[str, list[str]]:
    """What is wrong with forms, by parameter."""
    return {name: [str(error) for error in errors] for form in forms_ for name, errors in form.errors.items()}


def unknown(request: HttpRequest, *takes: type[forms.Form], also: Iterable[str] = ()) -> dict[str, list[str]]:
    """The parameters that an address for programs does not take: a misspelled one would be read as not given."""
    known = {*also, *(name for form in takes for name in form.base_fields)}
    return {
        name[:20]: ["This address does not take it; /api/ lists what it takes."]
        for name in request.GET
        if name not in known
    }


def refused(request: HttpRequest, errors: Errors, status: int = 400) -> HttpResponse:
    """What is wrong, by parameter: `{"error": ..., "errors": {...}}` in JSON, else a line of text for each."""
    said = [f"{name}: {error}" if name else error for name, each in errors.items() for error in each]
    if request.path.endswith(".json"):
        by_parameter = {name: each for name, each in errors.items() if name}
        return JsonResponse({"error": " ".join(said), "errors": by_parameter}, status=status)
    return HttpResponse("\n".join(said) + "\n", content_type="text/plain; charset=utf-8", status=status)


def not_found(request: HttpRequest, words: str) -> HttpResponse:
    """A 404 in the same shape: nothing is known under this address."""
    return refused(request, {"": [words]}, status=404)


def is_for_programs(request: HttpRequest) -> bool:
    """Whether an address is one of JSON, CSV, Excel, Atom or a calendar, where an error is not a page."""
    return request.path.endswith(PROGRAMS)
