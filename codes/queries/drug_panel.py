"""What the page of a drug shows of CMS's lists: its limit quarter by quarter, and whether it needs JW or JZ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes.models import DrugKind, Release, UnclassifiedDrug
from codes.models.release import Source
from codes.queries.drug_limits import Limit, limits_of
from codes.queries.releases import Calendar, last_day_of_quarter, quarter_index
from codes.queries.single_dose import single_dose_drugs

MOST_QUARTERS = 4
UNCLASSIFIED = frozenset({"J3490", "J3590", "J7999", "J9999", "C9399"})


@dataclass(frozen=True, slots=True)
class Quarter:
    """The limit of one quarter. `change` is the difference to the limit of the quarter before, a fraction; None where
    either has none or the billing unit has changed."""

    release: Release
    limit: Limit
    change: Decimal | None

    @property
    def last(self) -> date:
        """The last day on which the list prices."""
        return last_day_of_quarter(self.release.effective_from)


@dataclass(frozen=True, slots=True)
class DrugPanel:
    """A drug by quarters, latest first. `shown` is the quarter of the day, None where its list is not loaded.

    `is_single_dose` is None where CMS's list of single-dose drugs is not loaded. `unclassified` are drugs without a
    code that CMS publishes a limit for, on the pages of the codes that they are billed with.
    """

    code: str
    quarters: tuple[Quarter, ...]
    shown: Quarter | None
    is_single_dose: bool | None
    single_dose_list: str
    unclassified: tuple[UnclassifiedDrug, ...] = ()

    @property
    def is_vaccine(self) -> bool:
        """Whether the latest list marks it as a vaccine, which takes neither JW nor JZ."""
        return bool(self.quarters) and self.quarters[0].limit.kind == DrugKind.VACCINE

    @property
    def recent(self) -> tuple[Quarter, ...]:
        """The latest quarters, and that of the day."""
        latest = self.quarters[:MOST_QUARTERS]
        return latest if self.shown is None or self.shown in latest else (*latest, self.shown)

    @property
    def unit(self) -> str:
        """What a billing unit is, by the latest list; '' where no list names the drug."""
        latest = self.shown or next(iter(self.quarters), None)
        return latest.limit.unit if latest else ""


def drug_panel(calendar: Calendar, code: str, at: date) -> DrugPanel | None:
    """The panel of a code (one query for unclassified drugs, else from memory); None where no list names it."""
    lists = ((release, limits_of(release.pk, release.loaded_at)) for release in calendar.of(Source.ASP))
    quarters = tuple(_quarters((release, limits[code]) for release, limits in lists if code in limits))
    unclassified = tuple(_unclassified(calendar, at)) if code in UNCLASSIFIED else ()
    if not quarters and not unclassified:
        return None
    shown = next((each for each in quarters if _is_of(each.release, at)), None)
    listed = single_dose_drugs(calendar, at)
    return DrugPanel(
        code=code,
        quarters=quarters,
        shown=shown,
        is_single_dose=None if listed is None else code in listed.codes,
        single_dose_list=listed.name if listed else "",
        unclassified=unclassified,
    )


def _quarters(limits: Iterable[tuple[Release, Limit]]) -> Iterable[Quarter]:
    """Latest first, each with its change."""
    ordered = sorted(limits, key=lambda each: each[0].effective_from, reverse=True)
    former: list[tuple[Release, Limit] | None] = [*ordered[1:], None]
    for (release, limit), before in zip(ordered, former, strict=False):
        yield Quarter(release, limit, _change(release, limit, before))


def _change(release: Release, limit: Limit, before: tuple[Release, Limit] | None) -> Decimal | None:
    if before is None or limit.amount is None or before[1].amount is None:
        return None
    follows = quarter_index(release.effective_from) - quarter_index(before[0].effective_from) == 1
    same_unit = limit.unit.upper().split() == before[1].unit.upper().split()
    return limit.amount / before[1].amount - 1 if follows and same_unit else None


def _is_of(release: Release, at: date) -> bool:
    return quarter_index(release.effective_from) == quarter_index(at)


def _unclassified(calendar: Calendar, at: date) -> Iterable[UnclassifiedDrug]:
    release = calendar.in_force(Source.ASP_NOC, at)
    if release is None or not _is_of(release, at):
        return []
    return UnclassifiedDrug.objects.filter(release=release).order_by("name")
