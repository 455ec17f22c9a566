"""What the site says is what a US biller would say: no phrase of the list is in a text, page, mail or
toolkit sheet. Each pattern has the phrase that it is to catch and the one that replaces it."""

import ast
import csv
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

# pattern, a phrase that it catches, the phrase to use
FORBIDDEN = (
    (
        r"\bpays?,? and (?:the )?\w+ (?:is|was) denied\b|\bpays, (?:the )?\w+ is denied\b",
        "20610 pays and 99213 is denied",
        "99213 is denied with 20610",
    ),
    (
        r"\bmodifiers? (?:may |can )?pass(?:es)?\b|\bnone passes\b|\bmay pass\b|\bno modifier changes\b",
        "no modifier passes",
        "can't be bypassed",
    ),
    (
        r"(?:^|[.;:>\"] ?)(?-i:Write) (?:what|which|why|how|when|who|down|each|the (?:date|count|number|level))\b",
        "Write what was talked over",
        "Document the discussion",
    ),
    (r"\btaken back\b", "can be taken back", "can be recouped"),
    (r"\bby scope it is\b", "By scope it is 29828", "Report 29828 for the arthroscopic approach"),
    (r"\bon (?:its|their) own merits\b", "is billed on its own merits", "separately billable"),
    (
        r"(?<!as it )\bst(?:ands?|ood) (?:in|beside|behind|alone|side by side|on the)\b",
        "stands in 88 edits",
        "is in 88 edits",
    ),
    (r"\bof (?:its|their|his|her) own\b", "a code of its own", "a separate code"),
    (r"\bbeside\b", "billed beside the other", "billed with the other"),
    (r"\bthe day itself\b", "the day itself", "the same day"),
    (
        r"\bone (?:twentieth|tenth|fifth)\b|\bthree quarters of\b|\bloses (?:half|one|a (?:third|quarter))\b",
        "loses one twentieth",
        "is cut 5 %",
    ),
    (r"\bas a habit\b", "A test before every operation as a habit", "Routine preoperative testing"),
    (r"\bthe one who\b", "the one who does the colonoscopy", "the endoscopist"),
    (
        r"\b(?:provider|practice|patient)(?:'s|s') to bear\b",
        "the provider's to bear",
        "provider liability (CO)",
    ),
    (r"\bpays, once the deductible\b", "Patient pays, once the deductible is met", "Patient owes (20 %)"),
    (r"(?-i:\bWork it out\b|\bStart again\b|\bGo ahead\b|\bNot told\b)", "Work it out", "Calculate"),
    (r"\b(?:is|are) not held\b|\bNothing can be said of\b", "is not held", "we don't have"),
    (
        r"\bnot valued (?:for|in|outside) (?:the|a)\b",
        "Not valued for the office",
        "Medicare has no office price",
    ),
    (r"\bWhy not the others\b", "Why not the others?", "Modifiers that do not apply"),
    (r"\bcodes? (?:gone|new),", "454 codes new, 1 codes gone", "454 added, 1 deleted"),
    (
        r"\blives at this address\b|\bheld against the one\b",
        "Nothing lives at this address.",
        "Page not found",
    ),
)
PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern, _, _ in FORBIDDEN)


def found_in(text: str) -> list[str]:
    """What a text says as it should not, with the words around it."""
    text = " ".join(html.unescape(text).split())
    return [
        text[max(0, found.start() - 40) : found.end() + 40]
        for pattern in PATTERNS
        for found in pattern.finditer(text)
    ]


def strings_of(path: Path) -> Iterator[str]:
    """The strings of a module that somebody may read: all but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize(("pattern", "caught", "instead"), FORBIDDEN)
def test_each_pattern_catches_its_phrase_and_not_the_better_one(
    pattern: str, caught: str, instead: str
) -> None:
    assert re.search(pattern, caught, re.IGNORECASE)
    assert found_in(caught)
    assert found_in(instead) == []


def test_no_text_of_ours_says_it_as_it_should_not() -> None:
    tables = sorted((ROOT / "fixtures" / "texts").glob("*.csv"))
    said = {
        f"{table.name} line {number}": found
        for table in tables
        for number, row in enumerate(csv.reader(table.read_text(encoding="utf-8").splitlines()), 1)
        if (found := found_in(" | ".join(row)))
    }
    assert len(tables) > 30
    assert said == {}


def test_no_page_and_no_mail_says_it_as_it_should_not() -> None:
    comments = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
    templates = [path for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()]
    said = {
        str(path.relative_to(ROOT)): found
        for path in templates
        if (found := found_in(comments.sub("", path.read_text(encoding="utf-8"))))
    }
    assert len(templates) > 50
    assert said == {}


def test_no_sentence_of_the_code_and_the_toolkit_says_it_as_it_should_not() -> None:
    modules = [
        path
        for room in ("codes", "contributions")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    said = {
        f"{path.relative_to(ROOT)}: {text[:60]}": found
        for path in modules
        for text in strings_of(path)
        if (found := found_in(text))
    }
    assert len(modules) > 200
    assert said == {}
