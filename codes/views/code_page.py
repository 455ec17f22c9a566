"""The code page and its JSON twin."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from codes import pricing
from codes.knowledge import indicators
from codes.knowledge.fact import Fact
from codes.knowledge.facts import Amounts, facts
from codes.queries.browse import catalogue
from codes.queries.code import Dossier, is_code
from codes.queries.ncci import limits_of
from codes.queries.releases import content_version
from codes.queries.tips import tips_of
from codes.views.address import code_address, misplaced
from codes.views.asking import Answer, answer
from codes.views.browse import crumbs, filing
from codes.views.not_found import code_not_found
from codes.views.preview import previewed, unkept
from codes.views.structured import breadcrumbs, structured, web_page
from codes.views.twin import as_json


@require_safe
def code_page(request: HttpRequest, system: str, typed: str) -> HttpResponse:
    """One code as asked. htmx takes from the same page the parts that change."""
    if moved := misplaced(system, typed, request.GET):
        return moved
    found = _found(request, typed)
    if found is None:
        return code_not_found(request, typed)
    status = 400 if found.lookup is None else 200
    return unkept(request, render(request, "codes/code.html", _context(request, found), status=status))


@require_safe
def code_json(request: HttpRequest, system: str, typed: str) -> HttpResponse:
    """The same answer with the same steps, for programs."""
    if moved := misplaced(system, typed, request.GET, "_json"):
        return moved
    found = _found(request, typed)
    if found is None:
        return JsonResponse({"error": f"{typed[:20]} is not in any loaded file"}, status=404)
    if found.lookup is None:
        return JsonResponse({"errors": found.form.errors}, status=400)
    return JsonResponse(as_json(found, request.build_absolute_uri(code_address(found.dossier.code))))


def _found(request: HttpRequest, typed: str) -> Answer | None:
    return answer(request, typed) if is_code(typed) else None


KEPT_SECONDS = 24 * 3600
NEUTRAL = {"not_used_for_medicare": "", "na": "", "imaging_family": "99", "physician_supervision": "09"}


def is_neutral(meaning: indicators.Meaning) -> bool:
    """Whether an indicator says only that its rule does not apply."""
    return meaning.value == NEUTRAL.get(meaning.field, "9")


def _titled(row: pricing.FeeScheduleRow | None, *, neutral: bool) -> list[tuple[str, indicators.Meaning]]:
    told = indicators.of_row(row) if row else ()
    return [
        (indicators.FIELDS[meaning.field].title, meaning)
        for meaning in told
        if is_neutral(meaning) == neutral
    ]


def _context(request: HttpRequest, found: Answer) -> dict[str, Any]:
    """What differs from question to question as it is; what is told of a code as functions, which the template calls
    where it has not kept that part under the version, the code and the day."""
    dossier, row = found.dossier, found.dossier.main_row
    today = timezone.localdate()
    limits = cache(lambda: limits_of(found.calendar, dossier.code, found.at))
    version = content_version()
    told: dict[str, Callable[[], Any]] = {
        "facts": lambda: _facts(found),
        "limits": limits,
        "tips": lambda: tips_of(dossier, found.lookup, limits(), today, previewed(request)),
        "crumbs": lambda: crumbs(dossier.code),
        "structured": lambda: _structured(request, dossier),
        "filing": lambda: filing(found.calendar, dossier.category, found.at),
        "neighbours": lambda: catalogue(found.calendar, found.at).neighbours(dossier.code),
        "chips": lambda: indicators.chips(row) if row else (),
        "meanings": lambda: _titled(row, neutral=False),
        "neutral": lambda: _titled(row, neutral=True),
        "modifiers": lambda: pricing.applicable(row) if row else (),
    }
    return {name: cache(tell) for name, tell in told.items()} | {
        "zip_match": found.zip_match,
        "calendar": found.calendar,
        "dossier": dossier,
        "code": dossier.code,
        "row": row,
        "at": found.at,
        "form": found.form,
        "lookup": found.lookup,
        "asked": found.lookup.asked if found.lookup else None,
        "price": found.lookup.price if found.lookup else None,
        "place": found.place,
        "question": f"?{request.GET.urlencode()}" if request.GET else "",
        "today": today,
        "version": version,
        "kept_for": KEPT_SECONDS if version else 0,
    }


def _facts(found: Answer) -> Iterable[Fact]:
    known = found.lookup.known_amounts if found.lookup else Amounts()
    return facts(found.dossier.rows, known) if found.dossier.rows else ()


def _structured(request: HttpRequest, dossier: Dossier) -> SafeString:
    description = dossier.text.summary if dossier.text and dossier.text.summary else dossier.name
    way = [(link.title, link.address) for link in crumbs(dossier.code)]
    return structured(
        request,
        web_page(request, f"{dossier.code} {dossier.name}", description, dossier.release),
        breadcrumbs(request, [*way, (dossier.code, code_address(dossier.code))]),
    )
