"""Where a tip contradicts CMS's data: each check tells what the tip says and what the file says.

A check that cannot be made, because its file is not loaded or does not hold the code, says nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from codes import pricing
from codes.knowledge.modifier_words import modifiers_named
from codes.ncci.addon import kind_of
from codes.ncci.in_force import is_active
from codes.parsing.code_shapes import CODE
from codes.rules import LINE_RULES, Claim, ClaimLine, Rule, find
from codes.tips import claims, figures
from codes.tips.words import CmsData, TipWords

Check = Callable[[TipWords, CmsData], Iterator[str]]

# Modifiers that an indicator of the code itself allows or forbids; 25, 59 and their like go by the visit.
BY_INDICATOR = frozenset({"26", "TC", "50", "54", "55", "56", "62", "66", "80", "81", "82", "AS"})
# A clause about a line that is not the tip's own: the visit beside a procedure, its drug, a later operation.
OF_ANOTHER_LINE = re.compile(
    r"\b(?:visit|E/M|office|later|return|reading|anesthes|drug|dose|vial)", re.IGNORECASE
)
DENIED_BY_DESIGN = frozenset({"GY", "GZ"})  # asked for to get a denial
ASKS_FOR = re.compile(r"\b(?:add|append|modifier)s?\b", re.IGNORECASE)
INPATIENT = "21"  # where a shared visit may be billed
CANT_BYPASS = re.compile(r"can(?:'t|not) be bypassed|no modifier|even with a modifier", re.IGNORECASE)
CAN_BYPASS = re.compile(
    r"(?<!not )(?<!no )(?:can be bypassed|unless [^.]*\(?(?:59|X[EPSU]|25)\b)", re.IGNORECASE
)
ANY_CODE = re.compile(rf"\b{CODE}\b")


def contradictions(tip: TipWords, cms: CmsData) -> list[str]:
    """Every contradiction of `tip` with the data of one day, in words; empty for none."""
    return list(dict.fromkeys(contradiction for check in CHECKS for contradiction in check(tip, cms)))


def figures_of_its_own(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """Amounts that are typed, and shares without a source."""
    yield from figures.faults(tip)


def unread_citations(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """A citation of CMS's data must be one that can be looked up."""
    for part in claims.unread(tip.source_title, tip.source_section):
        yield f'the citation "{part}" cannot be looked up in the data'


def indicators(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """Indicators that the text or the citation of the fee schedule gives for the tip's own codes."""
    said = f"{claims.spoken_of(tip.sentences, tip.codes)} {tip.source_section}"
    for code in tip.codes:
        if (row := cms.row(code)) is None:
            continue
        for indicator in claims.INDICATORS:
            held = indicator.value(row)
            for value in set(indicator.pattern.findall(said)):
                if value.upper() != held:
                    yield f"says {indicator.name} {value}; {code} has {held or 'none'} in {cms.release}"


def not_applicable(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """The NA indicator on any row of the code: tips speak of the whole and of its technical part alike."""
    for code in tip.codes:
        rows = cms.rows[code].rows.values() if code in cms.rows else ()
        for outside in {bool(found) for found in claims.NA.findall(f"{tip.text} {tip.source_section}")}:
            flagged = any(row.nonfacility_na if outside else row.facility_na for row in rows)
            if rows and not flagged:
                setting = "non-facility" if outside else "facility"
                yield f"says {setting} NA; no row of {code} has it in {cms.release}"


def package_days(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """The length of the global period in words."""
    for code in tip.codes:
        row = cms.row(code)
        for days in filter(None, (one or two for one, two in claims.PACKAGE.findall(tip.sentences))):
            if row is not None and row.global_days != f"{int(days):03}":
                yield f"says a package of {days} days; {code} has global days {row.global_days} in {cms.release}"


def edits(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """Bundling edits cited by column and indicator, or worded as "B is denied with A"."""
    if cms.ptp is None:
        return
    cited: list[tuple[str, str, str]] = claims.EDIT.findall(tip.source_section)
    named = [(one, two, "") for one, two in claims.denials(tip.text)]
    known = {(one, two) for one, two, _ in cited}
    for one, two, indicator in [*cited, *(each for each in named if each[:2] not in known)]:
        active = [edit for edit in cms.ptp.edits.get((one, two), ()) if is_active(edit, cms.at)]
        if not active and not cms.may_lack(one, two):
            yield f"says that {two} is denied with {one}; no such edit is in force ({cms.ptp.provenance.release})"
        elif active and indicator and active[0].indicator != indicator:
            yield f"says modifier indicator {indicator} for {one} / {two}; it is {active[0].indicator}"


def unit_limits(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """Adjudication indicators, and limits that the impact asks for."""
    if cms.units is None:
        return
    for code, mai in claims.LIMIT.findall(tip.source_section):
        limit = cms.units.limits.get(code)
        if limit is None or limit.mai != mai:
            yield f"says adjudication indicator {mai} for {code}; it is {limit.mai if limit else 'not published'}"
    missing = [code for code in tip.codes if "{mue}" in tip.sentences and code not in cms.units.limits]
    yield from (f"asks for {{mue}}; no limit of {code} is published" for code in missing)


def add_on_types(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """CMS's type of an add-on code, as cited."""
    if cms.add_ons is None:
        return
    for code, kind in claims.ADD_ON_TYPE.findall(tip.source_section):
        held = kind_of(code, cms.add_ons) if code in cms.add_ons.primaries else ""
        if held != kind:
            yield f"says add-on type {kind} for {code}; it is {held or 'not in the add-on file'}"


def add_ons(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """ "Add-on" is CMS's word for codes in its add-on file or with global ZZZ, and for nothing else."""
    for sentence in re.split(r"(?<=[.;:]) ", tip.text):
        if not re.search(r"\badd-ons?\b", sentence, re.IGNORECASE):
            continue
        named = set(re.findall(rf"\badd-ons? ({CODE})\b", sentence))
        if re.search(r"\b(?:it|this|which) is an add-on\b|\bthis add-on\b", sentence, re.IGNORECASE):
            named |= set(tip.codes)
        for code in sorted(named):
            if cms.is_add_on(code) is False:
                yield f"calls {code} an add-on; CMS lists no add-on edit for it and no global ZZZ"
        if not named and not claims.NEGATION.search(sentence) and not _near_an_add_on(tip, sentence, cms):
            yield f'says "add-on", and no code of the tip is one or has one: "{sentence[:80]}"'


def _near_an_add_on(tip: TipWords, sentence: str, cms: CmsData) -> bool:
    """Whether any code of the sentence or of the tip is an add-on, may have one, or cannot be known."""
    codes = {*tip.codes, *ANY_CODE.findall(sentence)}
    return any(cms.is_add_on(code) is not False or cms.has_add_ons(code) for code in codes)


def modifiers(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """Modifiers that an indicator of the code forbids, unless the tip says no to them."""
    named = claims.positive_modifiers(tip.sentences) & BY_INDICATOR
    for code in tip.codes:
        row = cms.row(code)
        for entry in pricing.applicable(row) if row and named else ():
            if entry.modifier in named and not entry.applies:
                yield f"names modifier {entry.modifier}; {code} does not take it in {cms.release} ({entry.why})"


def refused_by_rules(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """Modifiers that the tip asks for on its own code and a claim rule refuses there."""
    said = claims.spoken_of(tip.text, tip.codes)
    named = {
        modifier
        for part in claims.clauses(said)
        if not claims.NEGATION.search(part) and ASKS_FOR.search(part) and not OF_ANOTHER_LINE.search(part)
        for modifier in modifiers_named(part) - DENIED_BY_DESIGN
    }
    for code in tip.codes:
        row = cms.row(code)
        for modifier in sorted(named) if row else ():
            line = pricing.Line(code, (modifier,), place_of_service=INPATIENT)
            for rule in _refusing(ClaimLine(1, line, row), cms.at):
                yield f"names modifier {modifier}; the rule {rule.name} refuses it on {code}: {rule.sentence}"


def _refusing(line: ClaimLine, at: date) -> list[Rule]:
    """The rules that deny or return a line for its modifier, and not the line without it."""
    rules = [rule for rule in LINE_RULES if rule.denies]
    plain = replace(line, line=replace(line.line, modifiers=()))
    found = [
        {finding.rule for finding in find(Claim(lines=(each,), date_of_service=at), rules)}
        for each in (line, plain)
    ]
    return [rule for rule in rules if rule in found[0] - found[1]]


def bypass(tip: TipWords, cms: CmsData) -> Iterator[str]:
    """Whether the text says of an edit that it can or can't be bypassed, against the indicator that it cites."""
    indicators_cited = {indicator for _, _, indicator in claims.EDIT.findall(tip.source_section)}
    if indicators_cited == {"1"} and CANT_BYPASS.search(tip.text):
        yield "says that the edit can't be bypassed; its modifier indicator is 1"
    if indicators_cited == {"0"} and CAN_BYPASS.search(tip.text):
        yield "says that a modifier bypasses the edit; its modifier indicator is 0"


CHECKS: tuple[Check, ...] = (
    figures_of_its_own,
    unread_citations,
    indicators,
    not_applicable,
    package_days,
    edits,
    unit_limits,
    add_on_types,
    add_ons,
    modifiers,
    refused_by_rules,
    bypass,
)
