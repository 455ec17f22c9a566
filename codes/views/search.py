"""One box for everything: a code, a claim line, several codes, a place, or words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from codes.parsing import Command, Destination, parse_command
from codes.queries import places, releases
from codes.queries.nearest import nearest_codes
from codes.queries.search import find, lexicon
from codes.views.address import code_address, split_typed
from codes.views.sticky import STICKY, sticky, stuck_to

LONGEST = 400
SUGGESTED = 8
KINDS = {"cpt": "CPT", "hcpcs": "HCPCS Level II"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=`: straight to where the line belongs, else a list."""
    query = _query(request)
    calendar = releases.calendar()
    known = lexicon(calendar)
    moved = _go(calendar, parse_command(query, known.is_known), request.GET.dict())
    if moved:
        return redirect(moved)
    kind, category = request.GET.get("kind", "")[:10], request.GET.get("category", "")[:60]
    hits = find(calendar, query, timezone.localdate(), kind=kind, category=category)
    typed = split_typed(query)
    context = {
        "query": query,
        "hits": hits,
        "kind": kind,
        "category": category,
        "kinds": KINDS,
        "categories": known.categories,
        "nearest": nearest_codes(calendar, typed[0]) if typed and not hits else [],
        "words": known.index.nearest_words(query) if query and not hits else [],
        "near_categories": known.index.nearest_categories(query) if query and not hits else [],
        "calendar": calendar,
        "looked_in": len(known.documents),
        "stays": urlencode(sticky(request.GET.dict())),
    }
    return render(request, "codes/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The list below the box while somebody types."""
    query = _query(request)
    calendar = releases.calendar()
    hits = find(calendar, query, timezone.localdate(), most=SUGGESTED) if len(query) > 1 else []
    stays = urlencode(sticky(request.GET.dict()))
    return render(request, "codes/_suggestions.html", {"hits": hits, "query": query, "stays": stays})


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which a browser's address bar asks us."""
    return render(request, "codes/opensearch.xml", content_type="application/opensearchdescription+xml")


def _query(request: HttpRequest) -> str:
    given = request.GET.get("q", "")[:LONGEST]
    return "".join(c if c.isprintable() or c.isspace() else " " for c in given).strip()


def _go(calendar: releases.Calendar, command: Command, asked_from: dict[str, str]) -> str:
    """The address a command leads to, with what stays of the page it was typed on; empty where it is a search."""
    lines = command.lines
    parameters = stuck_to(_placed(calendar, command), asked_from)
    if command.destination is Destination.CODE:
        return _with(code_address(command.code), parameters)
    if command.destination is Destination.PAIR:
        pairs = [(name, value) for name, value in parameters if name == "dos" or name in STICKY]
        return _with(reverse("codes:pairs"), [("codes", " ".join(line.code for line in lines)), *pairs])
    if command.destination is Destination.CLAIM:
        words = ",".join(str(line).replace(" x", "x") for line in lines)
        return _with(reverse("codes:claim"), [("lines", words), *parameters])
    if command.destination is Destination.PLACE and command.zip_code:
        return _with(reverse("codes:localities"), [("q", command.zip_code)])
    return ""


def _placed(calendar: releases.Calendar, command: Command) -> list[tuple[str, str]]:
    """The parameters; a state with one locality becomes that locality, one with several stays to be chosen."""
    parameters = list(command.parameters)
    at = command.date_of_service or timezone.localdate()
    inside = [place for place in places.localities(calendar, at) if place.state == command.state]
    if command.state and len(inside) == 1:
        parameters = [pair for pair in parameters if pair[0] != "state"]
        parameters.append(("locality", places.key_of(inside[0])))
    return parameters


def _with(address: str, parameters: list[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(parameters)}" if parameters else address
