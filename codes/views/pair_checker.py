"""The pair checker: two to twenty-five codes, a date, a setting; every pair's verdict."""

import re
from datetime import date
from itertools import combinations
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes import ncci, pricing
from codes.code_request import sanitized
from codes.forms.address import DayForm
from codes.forms.pairs import PairForm
from codes.ncci import Finding, LineStatus, NumberedLine, Outcome
from codes.ncci.types import PtpTable, Setting
from codes.queries import ncci_tables, releases
from codes.queries.code import whole_codes
from codes.queries.code_life import deleted_codes
from codes.queries.manual import references_to_pair
from codes.queries.names import names_of
from codes.queries.releases import Calendar

SIGNS = {
    Outcome.DENIED: "×",
    Outcome.MAY_PASS: "?",
    Outcome.PASSES: "✓",
    Outcome.WARNING: "!",
    Outcome.NOTE: "✓",
    Outcome.NO_EDIT: "·",
    Outcome.NOT_CHECKED: "–",
}
STATUSES = {
    Outcome.DENIED: LineStatus.DENIED,
    Outcome.MAY_PASS: LineStatus.DENIED,
    Outcome.PASSES: LineStatus.CONDITIONAL,
    Outcome.WARNING: LineStatus.AT_RISK,
    Outcome.NOTE: LineStatus.PAID,
    Outcome.NOT_CHECKED: LineStatus.NOT_CHECKED,
}
BYPASSED = frozenset({Outcome.MAY_PASS, Outcome.PASSES, Outcome.WARNING})
Judged = tuple[NumberedLine, NumberedLine, Finding]


@require_safe
def pair_checker(request: HttpRequest) -> HttpResponse:
    """`/ncci/?codes=45385+45380&dos=&setting=`: a matrix, each edit with the modifiers that fit its two codes, and one
    sentence for pairs without an edit."""
    calendar = releases.calendar()
    parameters = sanitized(request.GET)
    is_filled = bool(parameters.get("codes", "").strip())
    form = PairForm(parameters) if is_filled else PairForm(initial=parameters.dict())
    at = DayForm(parameters).at
    context: dict[str, Any] = {"calendar": calendar, "form": form, "at": at, "is_variant": bool(request.GET)}
    if not is_filled:
        return render(request, "codes/pair_checker.html", context)
    if not form.is_valid():
        return render(request, "codes/pair_checker.html", context, status=400)
    lines = [_line(number, word) for number, word in enumerate(form.cleaned_data["codes"], 1)]
    setting: Setting = "hospital" if form.cleaned_data["setting"] == "hospital" else "practitioner"
    return render(request, "codes/pair_checker.html", context | _judged(calendar, lines, at, setting))


def _line(number: int, word: str) -> NumberedLine:
    code, *modifiers = re.split(r"-", word)
    return NumberedLine(number, pricing.Line(code, tuple(modifiers)))


def _judged(calendar: Calendar, lines: list[NumberedLine], at: date, setting: Setting) -> dict[str, Any]:
    codes = {line.code for line in lines}
    table = ncci_tables.edits_among(calendar, codes, at, setting)
    rows = whole_codes(calendar, codes, at)
    pairs = [(one, two) for one, two in combinations(lines, 2) if one.code != two.code]
    judged = [(one, two, ncci.check_pair(one, two, table, at, rows, lines)) for one, two in pairs]
    free = [(one, two) for one, two, finding in judged if _is_free(one, two, finding, table)]
    reported = [each for each in judged if each[:2] not in free]
    names = names_of(calendar, codes, at)
    return {
        "lines": lines,
        "matrix": _matrix(lines, judged),
        "free": free,
        "where": table.provenance.words(at) if table else "",
        "unchecked": "" if table else judged[0][2].words,
        "findings": [
            (
                (one, names.get(one.code)),
                (two, names.get(two.code)),
                finding,
                STATUSES.get(finding.outcome),
                _in_codes(finding.words, one, two),
                references_to_pair(calendar, one.code, two.code, at),
            )
            for one, two, finding in reported
        ],
        "can_pass": any(finding.outcome in BYPASSED for _, _, finding in judged),
        "citations": sorted({finding.citation for _, _, finding in judged}),
        "deleted": deleted_codes(sorted(codes), codes, at).values(),
        "at": at,
        "setting": setting,
    }


def _in_codes(words: str, *lines: NumberedLine) -> str:
    """What is said of two lines, by their codes: codes that were typed have no numbers."""
    for line in lines:
        words = line.alone(words).replace(f"line {line.number}", line.code)
    return words


def _is_free(one: NumberedLine, two: NumberedLine, finding: Finding, table: PtpTable | None) -> bool:
    """No edit, and none that ended or will begin: such pairs share one sentence, as do pairs without a table."""
    if table is None or finding.outcome is not Outcome.NO_EDIT:
        return table is None
    known = [
        edit for pair in ((one.code, two.code), (two.code, one.code)) for edit in table.edits.get(pair, ())
    ]
    return all(edit.indicator == "9" for edit in known)


def _matrix(
    lines: list[NumberedLine], judged: list[Judged]
) -> list[tuple[NumberedLine, list[tuple[str, str]]]]:
    """A row a line, of signs with the word for each; the diagonal is empty."""
    outcomes = {frozenset((one.number, two.number)): finding.outcome for one, two, finding in judged}
    return [
        (row, [_cell(outcomes.get(frozenset((row.number, each.number)))) for each in lines]) for row in lines
    ]


def _cell(outcome: Outcome | None) -> tuple[str, str]:
    return (SIGNS.get(outcome, "?"), outcome.value) if outcome else ("", "")
