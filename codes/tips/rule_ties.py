"""The claim rule that says the same as a tip, or why there is none.

A tip is tied by what survives a rewording: its code, the modifiers and other codes that it names, the section that it
cites. Where that finds the wrong rule or none, `fixtures/texts/tip_rules.csv` says so: code, section (as the tip cites
it), rule ("" for none) and why.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from codes.knowledge.modifier_words import modifiers_named
from codes.parsing.code_shapes import CODE
from codes.rules import BY_NAME, RULES, Rule
from codes.rules.engine import STRENGTH
from codes.tips.words import TipWords

FILE = Path(__file__).parents[2] / "fixtures" / "texts" / "tip_rules.csv"
FEWEST_SHARED_WORDS, LEAST_SCORE = 2, 4
_SECTION = re.compile(r"§+ ?(\d[\d.]*\d)|CFR (\d+\.\d+)|FR (\d{5})")
_ANY_CODE = re.compile(rf"\b{CODE}\b")
_WORD = re.compile(r"[a-z]{4,}")
_COMMON_WORDS = (
    "with that this your only code codes bill billed from unless medicare paid pays same line denied when "
    "other each must document record modifier"
)
_COMMON = frozenset(_COMMON_WORDS.split())
# Why a tip of such a source has no rule of its own, by the beginning of the source's title.
WITHOUT_RULE: Mapping[str, str] = {
    "NCCI procedure-to-procedure edits": "the edit itself is checked",
    "NCCI medically unlikely edits": "the unit limit itself is checked",
    "NCCI add-on code edits": "the add-on list itself is checked",
    "CMS physician fee schedule, relative value file": "the indicator itself is checked or priced",
    "NCCI Policy Manual": "coding policy that the edits carry or that only the record shows",
    "CPT code set": "which code describes the service: only the record shows it",
    "Medicare National Coverage Determinations": "coverage that turns on the record",
    "Medicare local coverage": "coverage that the MAC decides",
    "Medicare Benefit Policy Manual": "coverage that turns on the record",
}
ELSE_WITHOUT = "no field of a claim shows it"


class Tie(NamedTuple):
    """The rule that a tip belongs to, or why it has none."""

    rule: Rule | None
    why: str = ""


def tie_of(tip: TipWords) -> Tie:
    """The tie of a tip: the one that is listed, else the rule that shares the most with it."""
    listed = next(
        (_listed()[key] for code in tip.codes if (key := (code, tip.source_section)) in _listed()), None
    )
    if listed is not None:
        return listed
    scored = [(score, rule) for rule in RULES if (score := _score(tip, rule)) >= LEAST_SCORE]
    if scored:
        return Tie(max(scored, key=lambda pair: (pair[0], -STRENGTH.index(pair[1].effect)))[1])
    why = (words for title, words in WITHOUT_RULE.items() if tip.source_title.startswith(title))
    return Tie(None, next(why, ELSE_WITHOUT))


def _score(tip: TipWords, rule: Rule) -> int:
    """What a tip and a rule have in common; 0 where they speak of different codes or in different words."""
    said = f"{rule.sentence} {rule.fix}"
    modifiers = modifiers_named(tip.text) & (rule.modifiers | modifiers_named(said))
    names_code = any(rule.speaks_of(code) for code in tip.codes)
    if not (names_code or (rule.codes is None and modifiers)):
        return 0
    if len(_words(tip.text) & _words(f"{said} {rule.name.replace('-', ' ')}")) < FEWEST_SHARED_WORDS:
        return 0
    codes = set(_ANY_CODE.findall(tip.text)) & set(_ANY_CODE.findall(said))
    sections = _sections(f"{tip.source_title} {tip.source_section}") & _sections(rule.citation)
    return names_code + 2 * (bool(modifiers) + bool(codes) + bool(sections))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) - _COMMON


def _sections(text: str) -> set[str]:
    return {next(filter(None, found)) for found in _SECTION.findall(text)}


@cache
def _listed() -> Mapping[tuple[str, str], Tie]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        (row["code"], row["section"]): Tie(BY_NAME[row["rule"]] if row["rule"] else None, row["why"])
        for row in rows
    }
