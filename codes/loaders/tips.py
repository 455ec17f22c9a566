"""The project's own tips: `fixtures/texts/tips_*.csv`, a table per section, written and reviewed before they came here.

Columns: code, order, text, impact, payer, source_title, source_section, source_link, reviewed_on, review_again_by.
Code and order are the key of a tip. `reviewed_on` is the day on which somebody last read its words against their
source; whoever changes the words changes it, and `review_again_by`, with them. A tip that staff has changed, retired or
is changing is theirs and is left alone.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history

from codes.loaders.errors import LoadRefused
from codes.models import Tip, TipState, Version
from codes.parsing.code_shapes import is_code
from codes.tips.figures import faults
from codes.tips.placeholders import mistakes
from codes.tips.words import TipWords

TABLES = "tips_*.csv"
DAYS = ["reviewed_on", "review_again_by"]
COLUMNS = [
    *("code", "order", "text", "impact", "payer", "source_title", "source_section", "source_link"),
    *DAYS,
]


def load_tips(folder: Path) -> int:
    """Bring the project's tips to what the tables in `folder` say; how many they hold. Nothing changes on refusal."""
    lines: dict[str, str] = {}
    wanted = {str(tip.key): tip for tip in _tips(folder, lines)}
    if not wanted:
        raise LoadRefused(f"{folder} holds no tips: {TABLES} with rows are expected there")
    try:
        with transaction.atomic():
            _bring(wanted)
    except IntegrityError:
        for key, tip in wanted.items():
            with _refusing(lines[key]):
                tip.validate_constraints(exclude=["key"])
        raise
    return len(wanted)


def _bring(wanted: Mapping[str, Tip]) -> None:
    """Store the tips that are new and those that changed; the database holds each to its constraints."""
    held = {str(tip.key): tip for tip in Tip.objects.filter(key__isnull=False)}
    ours = Tip.objects.filter(from_project=True, change__isnull=True).values_list("key", flat=True)
    new = [tip for key, tip in wanted.items() if key not in held]
    changed = [held[str(key)] for key in ours if _takes(held[str(key)], wanted.get(str(key)))]
    if new or changed:
        Version.bump("tips")
    bulk_create_with_history(new, Tip, batch_size=500, default_change_reason="As it came with the project")
    for tip in changed:
        tip.reviewer = None
        tip.save()


def _takes(tip: Tip, wanted: Tip | None) -> bool:
    """Put the words of the file into a tip, or retire one that has gone from it; whether that changed anything. The
    same words that staff has read again since stay as read."""
    if wanted is None:
        gone, tip.state = tip.state != TipState.RETIRED, TipState.RETIRED
        return gone
    names = (*COLUMNS, "state")
    same = all(getattr(tip, name) == getattr(wanted, name) for name in names if name not in DAYS)
    if same and tip.reviewed_on and wanted.reviewed_on and tip.reviewed_on >= wanted.reviewed_on:
        return False
    for name in names:
        setattr(tip, name, getattr(wanted, name))
    return True


def _tips(folder: Path, lines: dict[str, str]) -> Iterator[Tip]:
    """The tips of all tables; the line of each goes into `lines`, by key."""
    for path in sorted(folder.glob(TABLES)):
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                yield from _tips_of(stream, path.name, lines)
        except (UnicodeDecodeError, csv.Error) as fault:
            raise LoadRefused(f"{path.name} is not a csv in UTF-8 ({fault})") from None


def _tips_of(stream: TextIO, name: str, seen: dict[str, str]) -> Iterator[Tip]:
    reader = csv.DictReader(stream, strict=True)
    if reader.fieldnames != COLUMNS:
        raise LoadRefused(f"{name} line 1: the columns must be {', '.join(COLUMNS)}")
    for row in reader:
        yield _tip(row, f"{name} line {reader.line_num}", seen)


def _tip(row: dict[str, str], where: str, seen: dict[str, str]) -> Tip:
    if None in row or None in row.values():
        raise LoadRefused(f"{where}: has not {len(COLUMNS)} cells; is a comma not quoted?")
    if not is_code(row["code"]):
        raise LoadRefused(f'{where}, code: "{row["code"]}" is not five characters of a code')
    if not row["order"].isdecimal():
        raise LoadRefused(f'{where}, order: "{row["order"]}" is not a number')
    key = f"{row['code']}:{row['order']}"
    if key in seen:
        raise LoadRefused(f"{where}: {key} is in {seen[key]} already")
    seen[key] = where
    for name in ("text", "impact"):
        if wrong := mistakes(row[name]):
            raise LoadRefused(f"{where}, {name}: {wrong[0]}")
    words = TipWords(
        codes=(row["code"],), text=row["text"], impact=row["impact"], source_title=row["source_title"]
    )
    if fault := next(faults(words), None):
        raise LoadRefused(f"{where}: {fault}")
    days = {name: _day(row[name], f"{where}, {name}") for name in DAYS}
    if days["review_again_by"] <= days["reviewed_on"]:
        raise LoadRefused(f"{where}, review_again_by: it must be after reviewed_on ({row['reviewed_on']})")
    return _checked(Tip(**{**row, **days, "order": int(row["order"])}, key=key), where)


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LoadRefused(f'{where}: "{text}" is not a day such as 2026-11-23') from None


def _checked(tip: Tip, where: str) -> Tip:
    tip.from_project, tip.state = True, TipState.PUBLISHED
    with _refusing(where):
        tip.clean_fields(exclude=["author", "reviewer", "replaces"])
    return tip


@contextmanager
def _refusing(where: str) -> Iterator[None]:
    """Say of what is not valid on which line it stands."""
    try:
        yield
    except ValidationError as fault:
        problems = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in fault.message_dict.items())
        raise LoadRefused(f"{where}: {problems}") from None
