"""All claim rules, in the order in which they are looked at."""

from functools import lru_cache

from codes.rules import (
    add_ons,
    amounts,
    asserted,
    better_codes,
    care_management,
    chiropractic,
    complexity,
    considers,
    coverage,
    documented_time,
    global_periods,
    laboratory,
    liability,
    maternity,
    medicare_codes,
    needs,
    ordering,
    places,
    preventive,
    prior_authorization,
    prolonged,
    scope,
    shares,
    sides,
    surgeons,
    telehealth,
    vaccines,
    vials,
    visits,
)
from codes.rules.types import Rule

RULES: tuple[Rule, ...] = (
    *liability.RULES,
    *coverage.RULES,
    *scope.RULES,
    *medicare_codes.RULES,
    *places.RULES,
    *telehealth.RULES,
    *surgeons.RULES,
    *needs.RULES,
    *vials.RULES,
    *ordering.RULES,
    *documented_time.RULES,
    *laboratory.RULES,
    *chiropractic.RULES,
    *global_periods.RULES,
    *visits.RULES,
    *vaccines.RULES,
    *care_management.RULES,
    *maternity.RULES,
    *prolonged.RULES,
    *complexity.RULES,
    *add_ons.RULES,
    *amounts.RULES,
    *asserted.RULES,
    *shares.RULES,
    *preventive.RULES,
    *prior_authorization.RULES,
    *sides.RULES,
    *better_codes.RULES,
    *considers.RULES,
)
LINE_RULES = tuple(rule for rule in RULES if not rule.looks_at_other_lines)
COMPANION_RULES = tuple(rule for rule in RULES if rule.looks_at_other_lines)
BY_NAME = {rule.name: rule for rule in RULES}


@lru_cache(maxsize=4096)
def rules_of(code: str) -> tuple[Rule, ...]:
    """The rules that name a code."""
    return tuple(rule for rule in RULES if rule.speaks_of(code))
