"""More than one surgeon: co-surgeons (62), teams (66), assistants (80, 81, 82, AS).

Claims Processing Manual, ch. 12, §20.4.3 and §40.8; assistants by Social Security Act §1848(i)(2); physician
assistants, nurse practitioners and nurse specialists by ch. 12, §110 and §120 (85 percent of 16 percent).
"""

from decimal import Decimal

from codes.pricing.applicability import applicability
from codes.pricing.arithmetic import times
from codes.pricing.modifiers import ASSISTANTS
from codes.pricing.rounding import to_cents
from codes.pricing.types import Refusal
from codes.pricing.working import UnitGroup, Working

CITATION = "Claims Processing Manual, ch. 12"
CO_SURGEON = Decimal("0.625")
ASSISTANT = Decimal("0.16")
NON_PHYSICIAN_ASSISTANT = Decimal("0.136")


def refuse_team(working: Working) -> Refusal | None:
    """A team is paid by report: the MAC sets each surgeon's amount from the records."""
    if "66" not in working.modifiers:
        return None
    working.lower_confidence("Low", "team surgery is paid by report")
    why = applicability("66", working.row).why
    text = f"The MAC sets the amount of team surgery (66) by report: {why}."
    return Refusal("by_report", text, f"{CITATION}, §40.8", "Your MAC, by report")


def apply_co_surgeons(working: Working) -> None:
    """S6: each of two surgeons has 62.5 percent, before the procedures are ranked."""
    if "62" not in working.modifiers:
        return
    result = to_cents(working.amount * CO_SURGEON)
    formula = times(working.amount, CO_SURGEON, result)
    working.step("co_surgeons", "Two surgeons (62): 62.5 percent each", CITATION, "§40.8", formula, result)
    working.amount = result
    working.scale(CO_SURGEON)
    working.scaled_by *= CO_SURGEON
    if working.row.co_surgeons == "2":
        working.lower_confidence("Day", "two surgeons (62)")
    else:
        working.lower_confidence("Medium", applicability("62", working.row).why)


def is_assistant(working: Working) -> bool:
    return not working.modifiers.isdisjoint(ASSISTANTS)


def apply_assistant(working: Working) -> None:
    """S10: the assistant's percentage of what the surgeon would be paid after all surgical rules."""
    if not is_assistant(working):
        return
    factor = NON_PHYSICIAN_ASSISTANT if "AS" in working.modifiers else ASSISTANT
    title = "Assistant at surgery (AS): 85 percent of 16 percent"
    if factor == ASSISTANT:
        title = "Assistant surgeon: 16 percent of the surgeon's amount"
    scale_parts(working, factor, "assistant", title, CITATION, "§20.4.3")
    _lower_for_assistant(working)


def _lower_for_assistant(working: Working) -> None:
    if working.modifiers & {"80", "81", "82"} and "AS" in working.modifiers:
        working.note("AS already names the assistant: the other assistant modifier is ignored.")
    if "81" in working.modifiers:
        working.lower_confidence("Low", "a minimum assistant (81) is rarely recognized; the MAC decides")
    if working.row.assistant_surgery == "0":
        working.note("An assistant is paid for this code only with documentation that one was needed.")
        working.lower_confidence("Medium", applicability("80", working.row).why)
    else:
        working.lower_confidence("Day", "assistant at surgery")


def scale_parts(
    working: Working, factor: Decimal, rule: str, title: str, citation: str, section: str
) -> None:
    """Multiplies each unit by a factor, rounds it, and shows the multiplication once for each amount."""
    scaled = []
    for part in working.parts:
        result = to_cents(part.amount * factor)
        working.step(rule, title, citation, section, times(part.amount, factor, result), result)
        scaled.append(UnitGroup(part.units, result, part.technical))
    working.parts = scaled
