"""The project's own tips: `fixtures/texts/tips.csv`, written and reviewed before they came here.

Columns: code, order, text, impact, payer, source_title, source_section, source_link. Code and order are the key
of a tip. A tip that staff has changed, retired or is changing is theirs and is left alone.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from codes.loaders.errors import LoadRefused
from codes.models import Tip, TipState, Version
from codes.queries.code import is_code
from codes.tips.placeholders import mistakes

FILE = "tips.csv"
COLUMNS = ["code", "order", "text", "impact", "payer", "source_title", "source_section", "source_link"]
REVIEWED_ON = date(2026, 11, 23)
REVIEW_AGAIN_BY = date(2027, 11, 23)


def load_tips(folder: Path) -> int:
    """Bring the project's tips to what the file says; the number of its tips. Nothing changes on refusal."""
    wanted = {str(tip.key): tip for tip in _tips(folder / FILE)}
    with transaction.atomic():
        held = {str(tip.key): tip for tip in Tip.objects.filter(key__isnull=False)}
        ours = Tip.objects.filter(from_project=True, change__isnull=True).values_list("key", flat=True)
        new = [tip for key, tip in wanted.items() if key not in held]
        changed = [held[str(key)] for key in ours if _takes(held[str(key)], wanted.get(str(key)))]
        if new or changed:
            Version.bump("tips")
        bulk_create_with_history(
            new, Tip, batch_size=500, default_change_reason="As it came with the project"
        )
        for tip in changed:
            tip.reviewer, tip.reviewed_on, tip.review_again_by = None, REVIEWED_ON, REVIEW_AGAIN_BY
            tip.save()
    return len(wanted)


def _takes(tip: Tip, wanted: Tip | None) -> bool:
    """Put the words of the file into a tip, or retire one that has gone from it; whether that changed anything."""
    before = [getattr(tip, name) for name in (*COLUMNS, "state")]
    if wanted is None:
        tip.state = TipState.RETIRED
    else:
        for name in (*COLUMNS, "state"):
            setattr(tip, name, getattr(wanted, name))
    return before != [getattr(tip, name) for name in (*COLUMNS, "state")]


def _tips(path: Path) -> Iterator[Tip]:
    seen: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            if reader.fieldnames != COLUMNS:
                raise LoadRefused(f"{path.name} line 1: the columns must be {', '.join(COLUMNS)}")
            for row in reader:
                yield _tip(row, f"{path.name} line {reader.line_num}", seen)
    except FileNotFoundError:
        raise LoadRefused(f"{path.name} is missing in {path.parent}") from None
    except (UnicodeDecodeError, csv.Error) as fault:
        raise LoadRefused(f"{path.name} is not a csv in UTF-8 ({fault})") from None


def _tip(row: dict[str, str], place: str, seen: dict[str, str]) -> Tip:
    if None in row or None in row.values():
        raise LoadRefused(f"{place}: has not {len(COLUMNS)} cells; is a comma not quoted?")
    if not is_code(row["code"]):
        raise LoadRefused(f'{place}, code: "{row["code"]}" is not five characters of a code')
    if not row["order"].isdecimal():
        raise LoadRefused(f'{place}, order: "{row["order"]}" is not a number')
    key = f"{row['code']}:{row['order']}"
    if key in seen:
        raise LoadRefused(f"{place}: {key} stands in {seen[key]} already")
    seen[key] = place
    for name in ("text", "impact"):
        if wrong := mistakes(row[name]):
            raise LoadRefused(f"{place}, {name}: {wrong[0]}")
    return _checked(Tip(**{**row, "order": int(row["order"])}, key=key), place)


def _checked(tip: Tip, place: str) -> Tip:
    tip.from_project, tip.state = True, TipState.PUBLISHED
    tip.reviewed_on, tip.review_again_by = REVIEWED_ON, REVIEW_AGAIN_BY
    try:
        tip.clean_fields(exclude=["author", "reviewer", "replaces"])
        tip.validate_constraints(exclude=["key"])
    except ValidationError as fault:
        told = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in fault.message_dict.items())
        raise LoadRefused(f"{place}: {told}") from None
    return tip
