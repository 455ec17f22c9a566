"""What the rules on single lines say of a code with other modifiers than those typed: one trial for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from codes import ncci, pricing
from codes.ncci import claim_rules
from codes.ncci.types import NumberedLine
from codes.pricing.applicability import refuse_inapplicable
from codes.queries.price_result import PriceResult
from codes.rules.types import adds_only_modifiers
from codes.rules.visits import VISITS

# Modifiers that are often put where they do not belong, the commonest mistakes first; and those of surgeons, which are
# worth a word on visits and on operations only.
OFTEN_MISPLACED = ("25", "57", "24", "95", "PT", "AT", "QW", "GP")
COMPONENTS = ("26", "TC")
# PC/TC indicators of codes that are a component, or a test with parts.
PARTS_OF_TESTS = frozenset({"2", "3", "4"})
# First letters of what is handed over and not done: drugs, equipment, supplies. Nobody bills telehealth for these.
ITEMS = frozenset("ABEJKLV")
OF_SURGEONS = ("80", "AS", "50")
OPERATIONS = frozenset({"000", "010", "090"})


def against_bare(result: PriceResult) -> list[ncci.Finding]:
    """What the rules have against the code without any modifier: the check of the line says so where none was typed,
    unless something else denies it before they are asked."""
    checked = result.check.checked if result.check else None
    if checked and checked.line == _line(result, ()) and not any(map(_denies_without_rule, checked.findings)):
        return [each for each in checked.findings if each.rule and _unpaid(each)]
    return _findings_with(result, ())


def missing_modifiers(bare: Iterable[ncci.Finding]) -> Mapping[str, ncci.Finding]:
    """The modifiers without which the bare code is denied or returned, each with the rule that says so."""
    found = [each for each in bare if each.fix and _unpaid(each) and adds_only_modifiers(each.fix)]
    return {change.value: each for each in found if each.fix for change in each.fix.changes}


def refused_modifiers(result: PriceResult, bare: Sequence[ncci.Finding]) -> Iterator[tuple[str, str]]:
    """Modifiers of those often misplaced that Medicare refuses on the code, each with the reason, the commonest mistake
    first; none of a code that it refuses whatever the modifier. Each is tried when it is asked for."""
    needed = missing_modifiers(bare)
    if any(map(_refuses, _findings_with(result, tuple(needed)) if needed else bare)):
        return
    for modifier in _worth_trying(result):
        if modifier not in needed and (words := _refusal(result, modifier, tuple(needed))):
            yield modifier, words


def _worth_trying(result: PriceResult) -> Sequence[str]:
    row = result.rows.rows.get("") if result.rows else None
    if result.rows and result.rows.code[0] in ITEMS:
        return tuple(modifier for modifier in OFTEN_MISPLACED if modifier != "95")
    if row is None:
        return OFTEN_MISPLACED
    of_tests = COMPONENTS if row.pctc in PARTS_OF_TESTS else ()
    of_surgeons = OF_SURGEONS if row.code in VISITS or row.global_days in OPERATIONS else ()
    return (*of_tests, *OFTEN_MISPLACED[:3], *of_surgeons, *OFTEN_MISPLACED[3:])


def _refusal(result: PriceResult, modifier: str, needed: Sequence[str]) -> str:
    """Why Medicare does not pay the code with this modifier, '' where it may."""
    found = _findings_with(result, (*needed, modifier), modifier)
    if refusing := next(filter(_refuses, found), None):
        return refusing.words
    row = result.rows.rows.get("") if result.rows else None
    refusal = refuse_inapplicable(row, frozenset({modifier})) if row else None
    return refusal.text.split(": ", 1)[-1] if refusal else ""


def _refuses(finding: ncci.Finding) -> bool:
    """Whether the line is not paid, and not for want of a modifier."""
    return _unpaid(finding) and not (finding.fix and adds_only_modifiers(finding.fix))


def _denies_without_rule(finding: ncci.Finding) -> bool:
    return bool(finding.denies) and not finding.rule


def _unpaid(finding: ncci.Finding) -> bool:
    return finding.outcome in ncci.UNPAID


def _findings_with(
    result: PriceResult, modifiers: Sequence[str], of_modifier: str = ""
) -> list[ncci.Finding]:
    if result.rows is None or result.reference is None:
        return []
    lines = [NumberedLine(1, _line(result, modifiers))]
    return claim_rules.check_denials(lines, result.reference, result.query.date_of_service, of_modifier)


def _line(result: PriceResult, modifiers: Sequence[str]) -> pricing.Line:
    """One unit of the code in the place asked for."""
    assert result.rows
    code, pos = result.rows.code, result.query.place_of_service
    return pricing.Line(code, tuple(modifiers), place_of_service=pos)
