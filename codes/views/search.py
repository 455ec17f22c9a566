"""One box for everything: a code, a claim line, several codes, a place, or words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from codes.carried_parameters import CARRIED, PLACE, carried, merge_carried
from codes.knowledge.locality_names import spelled
from codes.knowledge.states import STATES
from codes.links import code_address, split_typed
from codes.parsing import Destination, ParsedCommand, parse_command
from codes.parsing.diagnoses import with_dot
from codes.pricing import NATIONAL, PRACTITIONERS
from codes.queries import geography, releases
from codes.queries import localities as queries
from codes.queries.code import was_loaded
from codes.queries.lexicon import Lexicon, lexicon
from codes.queries.nearest import nearest_codes
from codes.queries.search import find
from codes.views.practice_bar import PracticeBar
from codes.views.search_references import (
    Choice,
    diagnosis_choice,
    modifier_choice,
    reference_of,
    term_choice,
    tool_address,
)

LONGEST = 400
SUGGESTED = 8
KINDS = {"cpt": "CPT", "hcpcs": "HCPCS Level II"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=`: straight to where the line belongs, else a list."""
    query = _query(request)
    calendar = releases.calendar()
    known = lexicon(calendar)
    command = _in_practice(_command(calendar, known, query), request.GET.dict())
    if diagnosis := diagnosis_choice(calendar, query, timezone.localdate()):
        return redirect(diagnosis.address)
    if tool := tool_address(query, known.is_known):
        return redirect(_joined(tool, carried(request.GET.dict())))
    choices = [] if _is_clear(known, command) else _choices(calendar, command, request.GET.dict())
    choices += _bare_modifier(query)
    if command.destination is Destination.SEARCH and (term := term_choice(query)):
        choices.append(term)
    moved = "" if choices else _go(calendar, command, request.GET.dict(), ",".join(with_dot(query)))
    if moved:
        return redirect(moved)
    kind, category = request.GET.get("kind", "")[:10], request.GET.get("category", "")[:60]
    practice = PracticeBar(request.GET)
    locality = practice.locality or NATIONAL
    hits = find(calendar, query[:LONGEST], practice.at, kind=kind, category=category, locality=locality)
    typed = split_typed(query)
    context = {
        "query": query,
        "hits": hits,
        "locality": locality,
        "at": practice.at,
        "localities": queries.meant(calendar, query[:LONGEST], timezone.localdate()),
        "choices": choices,
        "problem": command.problem,
        "is_cut": len(request.GET.get("q", "").strip()) > LONGEST,
        "kind": kind,
        "category": category,
        "kinds": KINDS,
        "categories": known.categories,
        "nearest": nearest_codes(calendar, typed[0]) if typed and not hits else [],
        "words": known.index.nearest_words(query) if query and not hits else [],
        "near_categories": known.index.nearest_categories(query) if query and not hits else [],
        "calendar": calendar,
        "looked_in": len(known.documents),
    }
    return render(request, "codes/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The list below the box while somebody types."""
    query = _query(request)
    calendar = releases.calendar()
    practice = PracticeBar(request.GET)
    locality = practice.locality or NATIONAL
    words = query[:LONGEST] if len(query) > 1 else ""
    hits = find(calendar, words, practice.at, most=SUGGESTED, locality=locality) if words else []
    page_parameters = request.GET.dict()
    command = _in_practice(_command(calendar, lexicon(calendar), query), page_parameters)
    choices = [*_choices(calendar, command, page_parameters), *_bare_modifier(query)]
    if reference := reference_of(command) or diagnosis_choice(calendar, query, timezone.localdate()):
        hits, choices = [], [reference]
    context = {"hits": hits, "choices": choices, "query": query}
    return render(request, "codes/_suggestions.html", context)


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which a browser's address bar asks us."""
    return render(request, "codes/opensearch.xml", content_type="application/opensearchdescription+xml")


def _query(request: HttpRequest) -> str:
    typed = request.GET.get("q", "")[: 2 * LONGEST]
    printable = "".join(c if c.isprintable() or c.isspace() else " " for c in typed)
    return (
        printable.strip().removeprefix("/").strip()
    )  # "/" goes to the box, also for whoever is there already


def _command(calendar: releases.Calendar, known: Lexicon, query: str) -> ParsedCommand:
    """What the line asks for; nothing of one that is too long, whose end would be lost."""
    today = timezone.localdate()
    if len(query) > LONGEST:
        return ParsedCommand(destination=Destination.SEARCH, words=query)
    return parse_command(
        query,
        lambda code: known.is_known(code) or was_loaded(calendar, code),
        lambda digits: geography.zip_match(calendar, digits, today) is not None,
    )


def _in_practice(command: ParsedCommand, page_parameters: dict[str, str]) -> ParsedCommand:
    """What a line means to a practice whose place is known: five digits that are a code are not its ZIP code again."""
    codes = [reading for reading in command.readings if not reading.zip_code]
    return codes[0] if len(codes) == 1 and PLACE & page_parameters.keys() else command


def _is_clear(known: Lexicon, command: ParsedCommand) -> bool:
    """One code of today's files is meant as the code, although a ZIP code has its digits."""
    alone = len(command.lines) == 1 and not command.state
    return not command.readings or (alone and known.is_in_use(command.code))


def _choices(
    calendar: releases.Calendar, command: ParsedCommand, page_parameters: dict[str, str]
) -> list[Choice]:
    """What the line may mean, the likelier first."""
    return [
        Choice(_in_words(calendar, reading), _go(calendar, reading, page_parameters))
        for reading in command.readings
    ]


def _bare_modifier(query: str) -> list[Choice]:
    """Two characters alone may be the beginning of codes, a state or a modifier: the modifier is one of the choices."""
    choice = modifier_choice(query)
    return [choice] if choice else []


def _in_words(calendar: releases.Calendar, command: ParsedCommand) -> str:
    """A reading as its link says it: "99213 in ZIP code 77002 (Houston, TX)"."""
    codes = " and ".join(str(line) for line in command.lines)
    where = _where(calendar, command)
    if command.destination is Destination.PAIR:
        return f"Bundling of {codes}"
    who = f" for a {PRACTITIONERS[command.practitioner].name.lower()}" if command.practitioner else ""
    kind = "A claim with" if command.destination is Destination.CLAIM else "Code"
    return f"{kind} {codes}{' in ' if where else ''}{where}{who}" if codes else where


def _where(calendar: releases.Calendar, command: ParsedCommand) -> str:
    if command.state:
        return STATES[command.state]
    match = (
        geography.zip_match(calendar, command.zip_code, timezone.localdate()) if command.zip_code else None
    )
    if match is None:
        return f"ZIP code {command.zip_code}" if command.zip_code else ""
    locality = geography.localities(calendar, timezone.localdate()).by_key.get(match.key)
    name = f"{spelled(locality.name)}, {match.state}" if locality else match.state
    return f"ZIP code {match.zip_code} ({name})"


def _go(
    calendar: releases.Calendar, command: ParsedCommand, page_parameters: dict[str, str], dx: str = ""
) -> str:
    """The address a command leads to, with what stays of the page it was typed on; empty where it is a search. With
    diagnoses all lines are a claim."""
    if reference := reference_of(command):
        return _joined(reference.address, carried(page_parameters))
    lines = command.lines
    parameters = merge_carried(_placed(calendar, command), page_parameters)
    if dx and lines:
        return _claim(command, [("dx", dx), *parameters])
    if command.destination is Destination.CODE:
        return _with(code_address(command.code), parameters)
    if command.destination is Destination.PAIR:
        pairs = [(name, value) for name, value in parameters if name == "dos" or name in CARRIED]
        return _with(reverse("codes:pairs"), [("codes", " ".join(line.code for line in lines)), *pairs])
    if command.destination is Destination.CLAIM:
        return _claim(command, parameters)
    if command.destination is Destination.PLACE and command.zip_code:
        return _with(reverse("codes:localities"), [("q", command.zip_code)])
    return ""


def _claim(command: ParsedCommand, parameters: list[tuple[str, str]]) -> str:
    words = ",".join(str(line).replace(" x", "x") for line in command.lines)
    return _with(reverse("codes:claim"), [("lines", words), *parameters])


def _placed(calendar: releases.Calendar, command: ParsedCommand) -> list[tuple[str, str]]:
    """The parameters; a state with one locality becomes that locality, one with several stays to be chosen."""
    parameters = list(command.parameters)
    at = command.date_of_service or timezone.localdate()
    inside = [locality for locality in geography.localities(calendar, at) if locality.state == command.state]
    if command.state and len(inside) == 1:
        parameters = [pair for pair in parameters if pair[0] != "state"]
        parameters.append(("locality", geography.key_of(inside[0])))
    return parameters


def _joined(address: str, more: list[tuple[str, str]]) -> str:
    """An address that may have parameters, with more of them."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}" if more else address


def _with(address: str, parameters: list[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(parameters)}" if parameters else address
