"""Modifiers: all of them in groups, one by one, and both for programs."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.api.successors import name_successor
from codes.code_request import accepted_parameters, sanitized
from codes.denials.naming import reasons_naming, remarks_naming
from codes.exports.csv_response import csv_response
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.exports.modifier_serializers import HEADINGS, as_row, serialize_modifier, serialize_modifiers
from codes.exports.serializers import Json
from codes.forms.modifiers import ModifiersForm
from codes.knowledge.modifier_texts import KINDS, ModifierText, find, modifier_texts, text_of
from codes.ncci.ptp import PTP_MODIFIERS, VISIT_ONLY
from codes.queries import modifiers as queries
from codes.queries import releases
from codes.queries.rules_naming import rules_naming

SHOWN_RULES = 8


@require_safe
def modifiers(request: HttpRequest) -> HttpResponse:
    """`/modifiers/?q=&kind=`: a table a kind."""
    form = ModifiersForm(sanitized(request.GET))
    found = _found(form)
    query = accepted_parameters(request, ModifiersForm).urlencode()
    context = {
        "twin_query": f"?{query}" if query else "",
        "calendar": releases.calendar(),
        "form": form,
        "groups": _grouped(found),
        "count": len(found),
        "all": len(modifier_texts()),
        "ncci": PTP_MODIFIERS,
        "today": timezone.localdate(),
        "is_variant": bool(request.GET),
    }
    return render(request, "codes/modifiers.html", context, status=200 if form.is_valid() else 400)


@require_safe
def modifiers_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    form = ModifiersForm(sanitized(request.GET))
    if wrong := unknown(request, ModifiersForm) | errors_of([form]):
        return refused(request, wrong)
    return csv_response("modifiers.csv", HEADINGS, map(as_row, _found(form)), has_notice=False)


@require_safe
def modifiers_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    form = ModifiersForm(sanitized(request.GET))
    if wrong := unknown(request, ModifiersForm) | errors_of([form]):
        return refused(request, wrong)
    return name_successor(JsonResponse(serialize_modifiers(_found(form))), "modifiers")


@require_safe
def modifier(request: HttpRequest, typed: str) -> HttpResponse:
    """`/modifiers/25/`: what it asserts, when it is right, what it does, and what turns on it."""
    text = text_of(typed)
    if text is None:
        raise Http404
    if typed != text.modifier:
        return HttpResponsePermanentRedirect(reverse("codes:modifier", args=[text.modifier]))
    return render(request, "codes/modifier.html", _context(text))


@require_safe
def modifier_json(request: HttpRequest, typed: str) -> HttpResponse:
    """The same for programs."""
    text = text_of(typed)
    if text is None:
        return not_found(request, f"{typed.upper()} is not a modifier of CMS's list or of CPT.")
    if wrong := unknown(request):
        return refused(request, wrong)
    return name_successor(JsonResponse(_as_json(text)), "modifier", text.modifier)


def _found(form: ModifiersForm) -> list[ModifierText]:
    cleaned = form.cleaned_data if form.is_valid() else {}
    return find(cleaned.get("q", ""), cleaned.get("kind", ""))


def _grouped(texts: Iterable[ModifierText]) -> list[tuple[str, str, list[ModifierText]]]:
    """Key, title and modifiers of each kind that has any, in the order of the kinds."""
    by_kind: dict[str, list[ModifierText]] = {kind: [] for kind in KINDS}
    for text in texts:
        by_kind[text.kind].append(text)
    return [(kind, KINDS[kind], members) for kind, members in by_kind.items() if members]


def _context(text: ModifierText) -> dict[str, Any]:
    calendar, today = releases.calendar(), timezone.localdate()
    rules = [rule for rule in rules_naming(text.modifier) if rule.holds_on(today)]
    return {
        "calendar": calendar,
        "text": text,
        "has_ended": text.has_ended(today),
        "is_ncci": text.modifier in PTP_MODIFIERS,
        "is_visit_only": text.modifier in VISIT_ONLY,
        "takers": queries.takers(calendar, text.modifier, today),
        "example": queries.example(calendar, text.modifier, today),
        "rules": rules[:SHOWN_RULES],
        "more_rules": rules[SHOWN_RULES:],
        "reasons": reasons_naming(text.modifier),
        "remarks": remarks_naming(text.modifier),
        "neighbours": [other for other in find("", text.kind) if other is not text],
    }


def _as_json(text: ModifierText) -> Json:
    context = _context(text)
    return serialize_modifier(
        text,
        bypasses_edits=context["is_ncci"],
        takers=context["takers"],
        example=context["example"],
        rules=[*context["rules"], *context["more_rules"]],
        reasons=[entry.number for entry in context["reasons"]],
        remarks=[entry.number for entry in context["remarks"]],
    )
