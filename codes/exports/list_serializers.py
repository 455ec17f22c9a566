"""The answers of a list of codes for programs: JSON, and the rows of the CSV. Every key and column is written here."""

from collections.abc import Iterator
from typing import Any

from codes.exports.serializers import NOTICE, Json, as_text, serialize_locality
from codes.queries.code_list import CodeList, ListedCode, ListedEdit
from codes.queries.list_changes import ListChanges
from codes.queries.price_query import PriceQuery

COLUMNS = (
    *("code", "name", "place_of_service", "allowed", "allowed_before", "change"),
    *(
        "contract",
        "work_rvu",
        "most_units",
        "mue_adjudication_indicator",
        "new",
        "deleted",
        "source",
        "why_not_priced",
    ),
)


def serialize_list(found: CodeList, query: PriceQuery) -> Json:
    """Each code by itself, the totals of one unit of each, the edits among them, and what changed."""
    former = found.former
    return {
        "date_of_service": query.date_of_service.isoformat(),
        "locality": serialize_locality(query.locality),
        "compared_with": former.release.name if former and former.release else None,
        "compared_on": former.at.isoformat() if former else None,
        "not_priced": found.refusal.text if found.refusal else None,
        "codes": [serialize_listed_code(each) for each in found.codes],
        "unknown": list(found.unknown),
        "contract": found.contract.words if found.contract else None,
        "contract_not_priced": _refusal(found),
        "totals": {
            "priced": found.priced,
            "allowed": as_text(found.allowed),
            "change": as_text(found.difference) if former else None,
            "work_rvu": as_text(found.work_rvus),
            "contract": as_text(found.contract_total) if found.contract else None,
            "contract_less_allowed": as_text(found.contract_difference) if found.contract else None,
        },
        "edits": None if found.edits is None else [serialize_edit(each) for each in found.edits],
        "edits_release": found.edits_release or None,
        "edits_too_old_for": list(found.unedited),
        "limits_release": found.limits_release or None,
        "changes": [serialize_changes(each) for each in found.changes],
        "sources": list(found.sources),
        "notice": NOTICE,
    }


def _refusal(found: CodeList) -> str | None:
    """Why the year that a contract names has no amounts."""
    refusal = found.contracted.refusal if found.contracted else None
    return refusal.text if refusal else None


def serialize_listed_code(each: ListedCode) -> Json:
    """One unit of one code by itself."""
    return {
        "code": each.code,
        "name": each.name or None,
        "place_of_service": each.price.line.place_of_service if each.price else None,
        "allowed": as_text(each.allowed),
        "allowed_before": as_text(each.before),
        "change": as_text(each.difference),
        "contract": as_text(each.contract),
        "work_rvu": as_text(each.row.work_rvu) if each.row else None,
        "most_units": each.limit.value if each.limit else None,
        "units_checked": each.is_limit_checked,
        "new": each.is_new,
        "deleted": each.deleted is not None,
        "why_not_priced": each.why_not or None,
        "source": (each.price.source if each.price else "") or None,
    }


def serialize_edit(each: ListedEdit) -> Json:
    """An edit in force between two codes of the list."""
    return {
        "pays": each.edit.column_one,
        "denied": each.edit.column_two,
        "indicator": each.edit.indicator,
        "at_stake": as_text(each.at_stake),
        "effective": each.edit.effective.isoformat() if each.edit.effective else None,
        "deletion": each.edit.deletion.isoformat() if each.edit.deletion else None,
    }


def serialize_changes(each: ListChanges) -> Json:
    """What one release changed in the list."""
    return {
        "release": each.comparison.release.name,
        "source": each.comparison.release.source,
        "in_force_from": each.comparison.release.effective_from.isoformat(),
        "compared_with": each.comparison.former.name if each.comparison.former else None,
        "changes": [
            {"code": one.change.code, "other": one.change.other or None, "in_words": one.sentence}
            for one in each.changes
        ],
        "more": each.more,
    }


def list_rows(found: CodeList) -> Iterator[tuple[Any, ...]]:
    """A line for each code, the unknown ones last."""
    for each in found.codes:
        yield (
            *(each.code, each.name, each.price.line.place_of_service if each.price else None),
            *(each.allowed, each.before, each.difference, each.contract),
            each.row.work_rvu if each.row else None,
            *(each.limit.value if each.limit else None, each.limit.mai if each.limit else None),
            *("yes" if each.is_new else "no", "yes" if each.deleted else "no"),
            *(each.price.source if each.price else None, each.why_not),
        )
    for code in found.unknown:
        yield (code, *[None] * 12, "unknown code")
