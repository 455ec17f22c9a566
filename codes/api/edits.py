"""`/api/v1/codes/45385/edits` and `/api/v1/edits`: all bundling edits of a code, and those among some codes."""

from datetime import date
from itertools import combinations

from django.http import QueryDict

from codes import ncci, pricing
from codes.api import sources
from codes.api.codes import known_code
from codes.api.endpoint import Reply, valid
from codes.api.forms import EditsForm
from codes.api.problems import Problem
from codes.exports.serializers import Json
from codes.forms.pairs import PairForm
from codes.models.release import Release
from codes.ncci import NumberedLine
from codes.ncci.types import PtpTable, Setting
from codes.queries import ncci_tables, releases
from codes.queries.bundling import EditFilter
from codes.queries.bundling_file import edits_by_code
from codes.queries.code import whole_codes
from codes.queries.known_codes import is_known
from codes.queries.ncci_tables import edits_too_old, ptp_release
from codes.queries.releases import Calendar

SIDES = {"": "", "1": "denied-by", "2": "denies"}  # the column in which the code stands


def edits_of_code(parameters: QueryDict, code: str) -> Reply:
    """The edits in which a code stands in either column, by the other code, a page at a time."""
    code, form, calendar = known_code(code), EditsForm(parameters), releases.calendar()
    cleaned = valid(form)
    if not is_known(calendar, code):
        raise Problem(404, "not-found", f"{code} is not in any file that is loaded.")
    setting = _setting(cleaned["setting"])
    release = ptp_release(calendar, setting, form.at)
    if release is None:
        raise Problem(404, "not-loaded", f"No file of {setting} edits is loaded for {form.at}.")
    wanted = EditFilter(
        code=code,
        at=form.at,
        group="ended" if cleaned["status"] == "ended" else cleaned["indicator"],
        side=SIDES[cleaned["column"]],
        sort="code",
        after=cleaned["cursor"],
    )
    unchecked = edits_too_old(calendar, code, release, setting)
    rows, cursor = ([], "") if unchecked else edits_by_code(release, wanted, cleaned["limit"])
    data = _heading(form.at, setting, release) | {
        "code": code,
        "status": cleaned["status"] or "active",
        "not_checked": unchecked or None,
        "edits": [serialize_edit(row) for row in rows],
    }
    return Reply(data, sources.of_edits(calendar, form.at, setting), cursor)


def edits_among(parameters: QueryDict) -> Reply:
    """What NCCI says of every pair among two to twenty-five codes."""
    form, calendar = PairForm(parameters), releases.calendar()
    cleaned = valid(form)
    at, setting = cleaned["dos"], _setting(cleaned["setting"])
    lines = [_line(number, word) for number, word in enumerate(cleaned["codes"], 1)]
    table = ncci_tables.edits_among(calendar, {line.code for line in lines}, at, setting)
    release = ptp_release(calendar, setting, at)
    data = _heading(at, setting, release) | {"pairs": _pairs(calendar, lines, table, at)}
    return Reply(data, sources.of_edits(calendar, at, setting))


def serialize_edit(row: ncci.PtpEdit) -> Json:
    """One edit as CMS publishes it: column 1 is paid, column 2 is denied."""
    return {
        "column_one": row.column_one,
        "column_two": row.column_two,
        "indicator": row.indicator,
        "effective": row.effective.isoformat() if row.effective else None,
        "deletion": row.deletion.isoformat() if row.deletion else None,
        "rationale": row.rationale,
    }


def _setting(chosen: str) -> Setting:
    return "hospital" if chosen == "hospital" else "practitioner"


def _heading(at: date, setting: Setting, release: Release | None) -> Json:
    return {
        "date_of_service": at.isoformat(),
        "setting": setting,
        "release": release.name if release else None,
    }


def _line(number: int, word: str) -> NumberedLine:
    code, *modifiers = word.split("-")
    return NumberedLine(number, pricing.Line(code, tuple(modifiers)))


def _pairs(calendar: Calendar, lines: list[NumberedLine], table: PtpTable | None, at: date) -> list[Json]:
    rows = whole_codes(calendar, {line.code for line in lines}, at)
    return [
        _pair(one, two, ncci.check_pair(one, two, table, at, rows, lines), table, at)
        for one, two in combinations(lines, 2)
    ]


def _pair(
    one: NumberedLine, two: NumberedLine, finding: ncci.Finding, table: PtpTable | None, at: date
) -> Json:
    edit = _active(table, one.code, two.code, at) or _active(table, two.code, one.code, at)
    words = finding.words
    for line in (one, two):
        words = line.alone(words).replace(f"line {line.number}", line.code)
    return {
        "codes": [one.code, two.code],
        "outcome": finding.outcome.value,
        "words": words,
        "citation": finding.citation,
        "column_one": edit.column_one if edit else None,
        "column_two": edit.column_two if edit else None,
        "indicator": edit.indicator if edit else None,
    }


def _active(table: PtpTable | None, paid: str, denied: str, at: date) -> ncci.PtpEdit | None:
    return ncci.active_edit(table.edits.get((paid, denied), ()), at) if table else None
