"""Where a modifier, a diagnosis, a denial, a term or the name of a tool in the search box leads, and how the list under
the box says it."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from codes.denials.reasons import reasons, remarks
from codes.knowledge.modifier_texts import text_of
from codes.links import code_address
from codes.parsing import Destination, ParsedCommand
from codes.parsing.diagnoses import is_diagnosis
from codes.parsing.plain import plain
from codes.parsing.references import DenialWords
from codes.queries.diagnoses import load_diagnosis
from codes.queries.releases import Calendar
from codes.tips.glossary import glossary

_TOOL = re.compile(r"(compare|ncci|edits?|bundling)\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,+]+")


class Choice(NamedTuple):
    """One reading of what was typed, in words, and where it leads."""

    words: str
    address: str


def reference_of(command: ParsedCommand) -> Choice | None:
    """The modifier or the denial that a command asks for; None where it asks for neither, or for a remark that nobody
    knows."""
    if command.destination is Destination.MODIFIER:
        return modifier_choice(command.modifier)
    if command.denial is None or not _is_known(command.denial):
        return None
    return Choice(_denial_in_words(command.denial), denial_address(command.denial))


def modifier_choice(typed: str) -> Choice | None:
    """The page of a modifier; None where what was typed is not its two characters."""
    text = text_of(typed)
    if text is None:
        return None
    return Choice(f"Modifier {text.modifier}: {text.name}", reverse("codes:modifier", args=[text.modifier]))


def diagnosis_choice(calendar: Calendar, typed: str, at: date) -> Choice | None:
    """The page of a diagnosis with its dot; None where what was typed is none that is known."""
    code = plain(typed)
    if "." not in code or not is_diagnosis(code):
        return None
    record = load_diagnosis(calendar, code, at)
    if record is None:
        return None
    return Choice(f"Diagnosis {code}: {record.entry.name}", reverse("codes:diagnosis", args=[code]))


def term_choice(typed: str) -> Choice | None:
    """The line of the glossary that a term stands in; None where it is no term."""
    wanted = {typed.casefold(), typed.casefold().removesuffix("s")}
    term = next((each for each in glossary().values() if each.name.casefold() in wanted), None)
    return Choice(f"Glossary: {term.name}", f"{reverse('codes:glossary')}#{term.slug}") if term else None


def tool_address(typed: str, is_known: Callable[[str], bool]) -> str:
    """Where `compare 99213 99214`, `NCCI 20610 76942` or `edits 45385` leads; "" where no tool stands before codes."""
    found = _TOOL.fullmatch(typed)
    codes = [plain(each) for each in _BETWEEN.split(found[2].strip())] if found else []
    if found is None or not all(map(is_known, codes)):
        return ""
    if found[1].lower() == "compare":
        return f"{reverse('codes:compare')}?codes={','.join(codes)}"
    if len(codes) == 1:
        return code_address(codes[0], "_edits")
    return f"{reverse('codes:pairs')}?{urlencode({'codes': ' '.join(codes)})}"


def denial_address(denial: DenialWords) -> str:
    """The denial page with its fields filled: "/denials/?reason=CO-97&remark=N362&code=97010"."""
    reason = "-".join(filter(None, (denial.group, denial.reason)))
    fields = {"reason": reason, "remark": denial.remark, "code": denial.code}
    filled = {name: value for name, value in fields.items() if value}
    return f"{reverse('contributions:denial')}?{urlencode(filled)}"


def _is_known(denial: DenialWords) -> bool:
    return bool(denial.reason) or denial.remark in remarks()


def _denial_in_words(denial: DenialWords) -> str:
    """ "Denial CO-97, remark N362, on 97010: already included in the payment for another service"."""
    named = "-".join(filter(None, (denial.group, denial.reason)))
    parts = [
        f"Denial {named}" if named else "",
        f"remark {denial.remark}" if denial.remark else "",
        f"on {denial.code}" if denial.code else "",
    ]
    entry = reasons().get(denial.reason) or remarks().get(denial.remark)
    words = ", ".join(filter(None, parts))
    return f"{words[:1].upper()}{words[1:]}{f': {entry.meaning}' if entry else ''}"
