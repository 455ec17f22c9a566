"""Our own words for codes: `fixtures/texts/names_*.csv` with the columns code, band, plain_name, summary, words."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from django.db import transaction

from codes.loaders import bulk
from codes.loaders.errors import LoadRefused
from codes.models import CodeText, Version
from codes.parsing.code_shapes import is_code

COLUMNS = ["code", "band", "plain_name", "summary", "words"]


def load_texts(folder: Path) -> int:
    """Replace all our names and summaries by those in `folder`; the number of codes. Nothing changes on refusal."""
    texts = {text.code: text for text in _texts(folder)}
    if not texts:
        raise LoadRefused(f"{folder} holds no names: names_*.csv with rows are expected there")
    if _same(texts):
        return len(texts)
    with transaction.atomic():
        Version.bump("data")  # first, as in every load: one after the other
        Version.bump("texts")
        CodeText.objects.all().delete()
        CodeText.objects.bulk_create(texts.values(), batch_size=500)
        bulk.analyze(CodeText)  # so that SQLite reads the band of a code from its index
    return len(texts)


def _same(texts: dict[str, CodeText]) -> bool:
    held = {tuple(row) for row in CodeText.objects.values_list(*COLUMNS)}
    return held == {(t.code, t.band, t.plain_name, t.summary, t.words) for t in texts.values()}


def _texts(folder: Path) -> Iterator[CodeText]:
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("names_*.csv")):
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                yield from _texts_of(stream, path.name, seen)
        except (UnicodeDecodeError, csv.Error) as fault:
            raise LoadRefused(f"{path.name} is not a csv in UTF-8 ({fault})") from None


def _texts_of(stream: TextIO, name: str, seen: dict[str, str]) -> Iterator[CodeText]:
    reader = csv.reader(stream, strict=True)
    if next(reader, None) != COLUMNS:
        raise LoadRefused(f"{name} line 1: the columns must be {', '.join(COLUMNS)}")
    for cells in reader:
        where = f"{name} line {reader.line_num}"
        if len(cells) != len(COLUMNS):
            raise LoadRefused(f"{where}: has {len(cells)} cells, not {len(COLUMNS)}; is a comma not quoted?")
        yield _text(dict(zip(COLUMNS, cells, strict=True)), where, seen)


def _text(row: dict[str, str], where: str, seen: dict[str, str]) -> CodeText:
    code = row["code"]
    if not is_code(code):
        raise LoadRefused(f'{where}, code: "{code}" is not five characters of a code')
    if code in seen:
        raise LoadRefused(f"{where}, code: {code} is in {seen[code]} already")
    if row["band"] not in {"1", "2", "3", "4", "5"}:
        raise LoadRefused(f'{where}, band: "{row["band"]}" is not 1 to 5')
    if not row["plain_name"] or len(row["plain_name"]) > 100:
        raise LoadRefused(f"{where}, plain_name: 1 to 100 characters are expected")
    seen[code] = where
    return CodeText(**{**row, "band": int(row["band"])})
