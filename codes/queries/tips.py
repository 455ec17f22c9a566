"""The tips of one code as its page shows them: figures worked out, changes in review put in their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from codes.caching.versions import versioned_cache
from codes.knowledge.fact import Amounts
from codes.models import Tip, TipState
from codes.queries.browse import Family
from codes.queries.code import CodeRecord
from codes.queries.ncci_tables import UnitLimit
from codes.queries.price_result import PriceResult
from codes.tips.placeholders import Values, fill, values

Limits = Iterable[UnitLimit]


@dataclass(frozen=True, slots=True)
class ShownTip:
    """One tip with its figures. `impact` is '' where one of them has no value on that day."""

    tip: Tip
    text: str
    impact: str
    is_past_review: bool
    is_preview: bool = False


def tips_of(
    record: CodeRecord,
    family: Family | None,
    result: PriceResult | None,
    limits: Limits,
    today: date,
    preview: Tip | None = None,
) -> list[ShownTip]:
    """The published tips of a code and of its RBCS family in order (a query a version); `preview` is shown too, for
    what it replaces."""
    known = known_values(record, result, limits)
    hidden = (preview.pk, preview.replaces_id) if preview else ()
    tips = [tip for tip in _about(record.code, family.family if family else "") if tip.pk not in hidden]
    if preview is not None:
        tips = sorted([*tips, preview], key=lambda tip: tip.order)
    shown = (_shown(tip, known, today, tip is preview) for tip in tips)
    return [tip for tip in shown if tip is not None]


def known_values(record: CodeRecord, result: PriceResult | None, limits: Limits) -> Values:
    """What the placeholders stand for on the day and in the locality of a price query."""
    limit = next((each.limit for each in limits if each.setting == "practitioner"), None)
    row = record.main_row
    amounts = result.known_amounts if result else Amounts()
    return values(amounts, limit.value if limit else None, row.global_days if row else "")


def _about(code: str, family: str) -> list[Tip]:
    """The published tips of a code, of a range that holds it, and of its family."""
    held = _published()
    of_many = (
        tip
        for tip in held.get("", ())
        if (tip.first_code and tip.first_code <= code <= tip.last_code) or (family and tip.family == family)
    )
    return sorted([*held.get(code, ()), *of_many], key=lambda tip: (tip.order, tip.pk))


@versioned_cache(1, "tips")
def _published() -> dict[str, list[Tip]]:
    """Every published tip by its code, "" where it is of several: read once a process and version of the tips."""
    found: dict[str, list[Tip]] = {}
    for tip in Tip.objects.filter(state=TipState.PUBLISHED).select_related("author", "reviewer"):
        found.setdefault(tip.code, []).append(tip)
    return found


def _shown(tip: Tip, known: Values, today: date, is_preview: bool) -> ShownTip | None:
    text = fill(tip.text, known)
    if text is None:
        return None
    return ShownTip(tip, text, fill(tip.impact, known) or "", tip.is_past_review(today), is_preview)


def tip_with_people(key: int) -> Tip | None:
    """The tip of this primary key, published or not, with its author and reviewer; None where there is none."""
    return Tip.objects.select_related("author", "reviewer").filter(pk=key).first()
