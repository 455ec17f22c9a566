"""The pair checker: two to twenty-five codes, a date, a setting; every pair's verdict."""

import re
from itertools import combinations
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes import editing, pricing
from codes.editing.types import Setting
from codes.forms import PairForm
from codes.models import CodeText
from codes.queries import ncci, releases
from codes.views.asking import printable

SIGNS = {
    editing.Outcome.DENIED: "×",
    editing.Outcome.MAY_PASS: "?",
    editing.Outcome.PASSES: "✓",
    editing.Outcome.NO_EDIT: "·",
    editing.Outcome.NOT_CHECKED: "–",
}


@require_safe
def pair_checker(request: HttpRequest) -> HttpResponse:
    """`/ncci/?codes=45385+45380&dos=&setting=`: a matrix, and a list of the verdicts."""
    calendar = releases.calendar()
    form = PairForm(printable(request.GET))
    context: dict[str, Any] = {"calendar": calendar, "form": form, "is_variant": bool(request.GET)}
    if not request.GET.get("codes", "").strip():
        return render(request, "codes/pair_checker.html", context)
    if not form.is_valid():
        return render(request, "codes/pair_checker.html", context, status=400)
    lines = [_line(number, word) for number, word in enumerate(form.cleaned_data["codes"], 1)]
    setting: Setting = "hospital" if form.cleaned_data["setting"] == "hospital" else "practitioner"
    at = form.cleaned_data["dos"]
    return render(request, "codes/pair_checker.html", context | _judged(calendar, lines, at, setting))


def _line(number: int, word: str) -> editing.NumberedLine:
    code, *modifiers = re.split(r"-", word)
    return editing.NumberedLine(number, pricing.Line(code, tuple(modifiers)))


def _judged(calendar: Any, lines: list[editing.NumberedLine], at: Any, setting: Setting) -> dict[str, Any]:
    codes = {line.code for line in lines}
    table = ncci.edits_among(calendar, codes, at, setting)
    findings = [(one, two, editing.judge_pair(one, two, table, at)) for one, two in combinations(lines, 2)]
    by_pair = {(one.number, two.number): finding for one, two, finding in findings}
    matrix = [
        (
            row,
            [
                _cell(by_pair.get((min(row.number, column.number), max(row.number, column.number))))
                for column in lines
            ],
        )
        for row in lines
    ]
    return {
        "lines": lines,
        "findings": sorted(findings, key=lambda each: each[2].outcome is editing.Outcome.NO_EDIT),
        "matrix": matrix,
        "at": at,
        "setting": setting,
        "table": table,
        "names": dict(CodeText.objects.filter(pk__in=codes).values_list("code", "plain_name")),
    }


def _pair(row: editing.NumberedLine, column: editing.NumberedLine) -> tuple[int, int]:
    return min(row.number, column.number), max(row.number, column.number)


def _cell(finding: editing.Finding | None) -> tuple[str, str]:
    """A sign and the word for it; the diagonal is empty."""
    return (SIGNS.get(finding.outcome, "?"), finding.outcome.value) if finding else ("", "")
