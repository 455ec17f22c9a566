"""Every bundling edit of a code, for files and programs: in the order of the list, without names and ways through."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from codes.models import Rationale, Release
from codes.ncci.types import PtpEdit
from codes.queries import at_stake
from codes.queries.at_stake import FeeContext
from codes.queries.bundling_order import EditFilter, first_edits, whole_list
from codes.queries.ncci_tables import edits_by_key


class FiledEdit(NamedTuple):
    """An edit as a line of a file; `at_stake` is the allowed amount of the code that is denied, in dollars."""

    pays: str
    denied: str
    indicator: str
    at_stake: Decimal | None
    effective: Any  # a day, or its ISO text: as the database gives it
    deletion: Any
    rationale: str


def every_edit(
    release: Release, fee_context: FeeContext | None, edit_filter: EditFilter
) -> Iterator[FiledEdit]:
    """The whole list of a group (three queries)."""
    texts = dict(Rationale.objects.values_list("pk", "text"))
    rows = whole_list(release, fee_context, edit_filter)
    dollars = at_stake.fees({denied for _, denied, *_ in rows}, fee_context) if fee_context else {}
    for pays, denied, indicator, effective, deletion, rationale in rows:
        yield FiledEdit(pays, denied, indicator, dollars.get(denied), effective, deletion, texts[rationale])


def edits_by_code(release: Release, edit_filter: EditFilter, size: int) -> tuple[list[PtpEdit], str]:
    """One page of the list by code, and the keyset of the next page, "" at the end (at most three queries)."""
    found = first_edits(release, None, edit_filter, size + 1)
    edits = edits_by_key([each.key for each in found[:size]])
    return [edits[each.key] for each in found[:size]], found[size - 1].keyset if len(found) > size else ""
