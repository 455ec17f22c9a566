"""Lazy presenter of a code's facts, tips, limits and breadcrumbs."""

from collections.abc import Iterable
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from codes import pricing
from codes.code_request import CodeRequest, sanitized
from codes.knowledge import indicators
from codes.knowledge.fact import Fact
from codes.knowledge.facts import Amounts, facts
from codes.knowledge.modifier_texts import modifier_texts
from codes.pricing.schedules.kinds import DRUG
from codes.queries.browse import catalogue, family_of
from codes.queries.code_life import CodeLife, life_of
from codes.queries.drug_panel import DrugPanel, drug_panel
from codes.queries.equipment_fees import EquipmentFees, equipment_fees
from codes.queries.last_price import LastPrice, last_price
from codes.queries.manual import ManualReference, references_to
from codes.queries.modifier_amounts import WithModifier, modifier_amounts
from codes.queries.names import names_of
from codes.queries.ncci_tables import limits_of
from codes.queries.site_of_service import SiteOfService, site_of_service
from codes.queries.tips import Limits, ShownTip, tips_of
from codes.queries.volumes import CodeVolumes, volumes_of
from codes.rules.offered import modifiers_offered
from codes.shown_outlook import ShownOutlook, outlook_of
from codes.views.browse import Link, crumbs, filing
from codes.views.doors import Doors, doors_of
from codes.views.preview import preview_tip

NEUTRAL = {"not_used_for_medicare": "", "na": "", "imaging_family": "99", "physician_supervision": "09"}


def is_neutral(meaning: indicators.Meaning) -> bool:
    """Whether an indicator says only that its rule does not apply."""
    return meaning.value == NEUTRAL.get(meaning.field, "9")


class CodePagePresenter:
    """What the code page shows beside the price. Each part is worked out when a template reads it, because most are in
    cached fragments."""

    def __init__(self, request: HttpRequest, found: CodeRequest) -> None:
        self._request, self._found = request, found
        self._record, self._row = found.record, found.record.main_row

    @cached_property
    def life(self) -> CodeLife:
        """Since when the code is valid, and until when."""
        return life_of(self._found.calendar, self._found.record, self._found.at)

    @cached_property
    def successors(self) -> list[tuple[str, str]]:
        """What is reported instead of a deleted code, with names."""
        codes = self.life.successors
        names = names_of(self._found.calendar, codes, self._found.at)
        return [(code, names.get(code, "")) for code in codes]

    @cached_property
    def last_price(self) -> LastPrice | None:
        """What a deleted code was paid at last."""
        return last_price(self._found.calendar, self._found.record.code, self.life)

    @cached_property
    def facts(self) -> Iterable[Fact]:
        """What CMS's own fields say that is worth dollars in this locality."""
        result, rows = self._found.result, self._record.rows
        return facts(rows, result.known_amounts if result else Amounts()) if rows else ()

    @cached_property
    def outlook(self) -> ShownOutlook | None:
        """Whether the code is paid as typed, and what it needs."""
        return outlook_of(self._found)

    @cached_property
    def sites(self) -> SiteOfService:
        """Where the code is done, with what practitioner and facility are paid there."""
        return site_of_service(self._found.calendar, self._record.code, self._found.at, self._found.result)

    @property
    def whose_money(self) -> str:
        """To whom the amount goes in a facility, and what the facility is paid."""
        result = self._found.result
        return self.sites.whose_money(result.query.place_of_service) if result else ""

    @cached_property
    def limits(self) -> Limits:
        """The unit limit of each table."""
        return limits_of(self._found.calendar, self._record.code, self._found.at)

    @cached_property
    def manual(self) -> list[ManualReference]:
        """Where the NCCI Policy Manual names the code."""
        return references_to(self._found.calendar, self._record.code, self._found.at)

    @cached_property
    def drug(self) -> DrugPanel | None:
        """The drug's limits by quarter; None for whatever the drug lists do not name."""
        listed = self._found.result.listed if self._found.result else None
        if listed is None or listed.schedule is not DRUG:
            return None
        return drug_panel(self._found.calendar, self._record.code, self._found.at)

    @cached_property
    def tips(self) -> list[ShownTip]:
        """The published tips; a preview among them for staff who ask for one."""
        found, preview = self._found, preview_tip(self._request)
        family = family_of(found.calendar, self._record.code, found.at)
        return tips_of(self._record, family, found.result, self.limits, timezone.localdate(), preview)

    @cached_property
    def equipment(self) -> EquipmentFees | None:
        """What the DMEPOS fee schedule says of the code."""
        found = self._found
        return equipment_fees(found.calendar, self._record.code, found.at, found.locality)

    @cached_property
    def volumes(self) -> CodeVolumes | None:
        """What Medicare denied of the code; None where no year is loaded."""
        return volumes_of(self._found.calendar, self._record.code)

    @cached_property
    def crumbs(self) -> list[Link]:
        """The way to the code."""
        return crumbs(self._record.code)

    @cached_property
    def filing(self) -> list[Link]:
        """Where CMS files the code."""
        return filing(self._found.calendar, self._record.code, self._found.at)

    @cached_property
    def neighbours(self) -> tuple[str, str]:
        """The codes before and after."""
        return catalogue(self._found.calendar, self._found.at).neighbours(self._record.code)

    @cached_property
    def doors(self) -> Doors:
        """The ways on from the answer."""
        return doors_of(self._found, self.neighbours, self.outlook, sanitized(self._request.GET))

    @cached_property
    def meanings(self) -> list[tuple[str, indicators.Meaning]]:
        """The indicators whose rule applies."""
        return [pair for pair in self._titled if not is_neutral(pair[1])]

    @cached_property
    def neutral(self) -> list[tuple[str, indicators.Meaning]]:
        """The indicators that change nothing for this code."""
        return [pair for pair in self._titled if is_neutral(pair[1])]

    @cached_property
    def offered_modifiers(self) -> Iterable[str]:
        """The modifiers that are really billed with the code."""
        reference = self._found.result.reference if self._found.result else None
        offered = modifiers_offered(
            self._record.code, self._row, reference.waived_tests if reference else None
        )
        fees = self.equipment.fees if self.equipment else ()
        return dict.fromkeys((*(each for fee in fees for each in fee.modifiers[:1]), *offered))

    @cached_property
    def modifier_amounts(self) -> list[tuple[WithModifier, str]]:
        """What each modifier offered does to the amount, with the modifier's name."""
        result, texts = self._found.result, modifier_texts()
        found = modifier_amounts(result, self.offered_modifiers) if result else ()
        return [(each, texts[each.modifier].name) for each in found]

    @cached_property
    def refused_modifiers(self) -> list[tuple[str, str]]:
        """Why the code cannot take some modifiers: each reason with its modifiers, "54 55"."""
        reasons: dict[str, list[str]] = {}
        for each in pricing.applicable(self._row) if self._row else ():
            if not each.applies:
                reasons.setdefault(each.why, []).append(each.modifier)
        return [(why, " ".join(modifiers)) for why, modifiers in reasons.items()]

    @property
    def _titled(self) -> list[tuple[str, indicators.Meaning]]:
        meanings = indicators.of_row(self._row) if self._row else ()
        return [(indicators.FIELDS[meaning.field].title, meaning) for meaning in meanings]
