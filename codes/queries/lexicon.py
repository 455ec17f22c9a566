"""The lexicon: what is searched, with the index of the data as they are now.

Whoever loads a release that the search reads builds it and stores it (`store`), and each process takes it from there.
In production the former one answers meanwhile, so that no visitor waits for it: what is answered with it is said to be
provisional, and is not kept.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from sys import intern
from threading import Lock, Thread
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from codes.caching.turns import turn
from codes.caching.versions import answer_is_provisional, versions
from codes.knowledge.code_life import code_ends, ended_name, is_off_every_schedule
from codes.models import CodeText, FeeScheduleRow, HcpcsText, RbcsAssignment
from codes.models.release import Source
from codes.parsing.code_shapes import is_code
from codes.queries import browse, lexicon_file
from codes.queries.code import system_of
from codes.queries.code_life import deleted_codes
from codes.queries.releases import Calendar, calendar, quarter_index
from codes.queries.volume_bands import NOT_RANKED, bands_of
from codes.search import Document, Index

READ = (Source.PPRRVU, Source.HCPCS, Source.RBCS, Source.PSPS)
SECONDS_BETWEEN_LOOKS = 2.0
# A load that broke off stores nothing: after so long a process builds the lexicon itself, beside its requests.
SECONDS_TO_WAIT = 300.0


class Contents(NamedTuple):
    """All that a lexicon is made of: the newest releases, which codes are listed, our texts, the quarter (codes end
    with one), and whether licensed descriptions are among its words. A load of anything else leaves it as it is."""

    releases: tuple[tuple[int, str] | None, ...]
    listed: str
    texts: tuple[int, str] | None
    quarter: int
    is_sample: bool
    lists_all: bool
    with_descriptions: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index and the documents behind it."""

    index: Index
    documents: dict[str, Document]
    categories: list[str]

    @classmethod
    def of(cls, index: Index) -> "Lexicon":
        documents = {document.code: document for document in index.documents}
        return cls(index, documents, sorted({each.category for each in documents.values()} - {""}))

    def is_known(self, code: str) -> bool:
        """Whether a page exists for this code."""
        return code in self.documents

    def is_in_use(self, code: str) -> bool:
        """Whether the code is known, and was not deleted."""
        return self.is_known(code) and not self.documents[code].is_deleted


class LexiconAtHand:
    """The lexicon of this process. In production the former one answers until the new one is there."""

    def __init__(self) -> None:
        self._made_of: Contents | None = None
        self._lexicon: Lexicon | None = None
        self._taking = Lock()
        self._awaited: Contents | None = None
        self._awaited_since = self._next_look = 0.0

    def of(self, contents: Contents) -> Lexicon:
        """The lexicon of these contents, or the former one until that of these is there."""
        if self._lexicon is not None and self._made_of == contents:
            return self._lexicon
        if self._lexicon is None or not settings.SEARCH_INDEX_IN_BACKGROUND:
            return self._take(contents)
        if self._is_due(contents) and self._taking.acquire(blocking=False):
            Thread(target=self._take_beside, args=(contents,), daemon=True).start()
        answer_is_provisional.set(True)
        return self._lexicon

    def _is_due(self, contents: Contents) -> bool:
        """Whether the lexicon is stored by now, or was awaited for so long that this process must build it."""
        now = monotonic()
        if contents != self._awaited:
            self._awaited, self._awaited_since, self._next_look = contents, now, now
        if now < self._next_look:
            return False
        self._next_look = now + SECONDS_BETWEEN_LOOKS
        return now - self._awaited_since > SECONDS_TO_WAIT or lexicon_file.is_stored(contents)

    def _take(self, contents: Contents) -> Lexicon:
        taken = _stored_or_built(contents)
        self._lexicon, self._made_of = taken, contents
        return taken

    def _take_beside(self, contents: Contents) -> None:
        try:
            with turn("turn:lexicon") as is_mine:  # it holds up the requests of its process
                if is_mine:
                    self._take(contents)
        finally:
            self._taking.release()
            connection.close()


_at_hand = LexiconAtHand()


def lexicon(calendar: Calendar) -> Lexicon:
    """The index of the data as they are now, or in production of what they were a moment ago."""
    return _at_hand.of(contents_of(calendar, timezone.localdate()))


def to_store(calendar: Calendar, today: date) -> dict[Contents, date]:
    """The lexicons that there should be, each with a day that it holds on: today's, and tomorrow's where another list
    or another quarter begins, so that it is there at midnight."""
    tomorrow = today + timedelta(days=1)
    return {contents_of(calendar, at): at for at in (tomorrow, today)}


def store(calendar: Calendar, today: date) -> bool:
    """Build the lexicons and store them for every process, those that are not there; whether one was built."""
    missing = {
        contents: at
        for contents, at in to_store(calendar, today).items()
        if not lexicon_file.is_stored(contents)
    }
    for contents, at in missing.items():
        lexicon_file.save(contents, build(contents, at).index.parts())
    return bool(missing)


def contents_of(calendar: Calendar, today: date) -> Contents:
    """What the lexicon of a day is made of."""
    newest = (next(iter(calendar.of(source)), None) for source in READ)
    texts = next(((number, at.isoformat()) for name, number, at in versions() if name == "texts"), None)
    return Contents(
        tuple((each.pk, each.loaded_at.isoformat()) if each else None for each in newest),
        browse.catalogue(calendar, today).digest,
        texts,
        quarter_index(today),
        calendar.is_sample,
        _lists_all(calendar),
        settings.CPT_DESCRIPTIONS,
    )


def _stored_or_built(contents: Contents) -> Lexicon:
    if parts := lexicon_file.load(contents):
        return Lexicon.of(Index.of_parts(parts))
    built = build(contents, timezone.localdate())
    with suppress(OSError):
        lexicon_file.save(contents, built.index.parts())
    return built


def build(contents: Contents, today: date) -> Lexicon:
    """The lexicon of these releases and of our own texts as they stand now, with the lists of a day."""
    return Lexicon.of(Index(_documents(contents, today)))


def _documents(contents: Contents, today: date) -> Iterator[Document]:
    """What the search reads of each code."""
    schedule, hcpcs, rbcs, _ = (each[0] if each else None for each in contents.releases)
    rows = FeeScheduleRow.objects.filter(release=schedule, modifier="")
    descriptions = dict(rows.values_list("code", "description"))
    texts = _by_code(CodeText.objects.all(), "plain_name", "words", "summary", "band")
    bands = bands_of(calendar()) or {code: text.band for code, text in texts.items()}
    public = dict(HcpcsText.objects.filter(release=hcpcs).values_list("code", "long_description"))
    families = _by_code(RbcsAssignment.objects.filter(release=rbcs), "category", "subcategory", "family")
    listed = browse.catalogue(calendar(), today).codes
    deleted = set(deleted_codes(code_ends(), code_ends() if calendar().is_sample else descriptions, today))
    ended = HcpcsText.objects.filter(release=hcpcs, terminated__lt=today)
    deleted |= set(ended.values_list("code", flat=True))
    deleted |= {
        code for code in public if _lists_all(calendar()) and is_off_every_schedule(code, descriptions)
    }
    codes = sorted(code for code in {*descriptions, *texts, *public, *listed, *deleted} if is_code(code))
    for code in codes:
        yield _document(
            code,
            texts.get(code),
            descriptions.get(code, "") if contents.with_descriptions else "",
            public.get(code, ""),
            families.get(code),
            code in deleted,
            bands.get(code, NOT_RANKED),
        )


def _by_code(stored: QuerySet[Any], *fields: str) -> dict[str, Any]:
    """These fields of each row, by code: whole instances of the models would take 20 MB."""
    return {row.code: row for row in stored.values_list("code", *fields, named=True)}


def _lists_all(calendar: Calendar) -> bool:
    """Whether the newest fee schedule is whole and no older than CMS's HCPCS text: a code that it lacks has ended."""
    schedule, texts = (next(iter(calendar.of(source)), None) for source in (Source.PPRRVU, Source.HCPCS))
    return bool(
        schedule and texts and not schedule.is_sample and texts.effective_from <= schedule.effective_from
    )


def _document(
    code: str,
    text: Any,
    description: str,
    public: str,
    family: Any,
    is_deleted: bool,
    band: int,
) -> Document:
    return Document(
        code=code,
        name=text.plain_name if text else ended_name(code),
        words=text.words if text else "",
        summary=text.summary if text else "",
        band=band,
        description=description,
        hcpcs_text=public,
        category=intern(family.category) if family else "",
        subcategory=intern(family.subcategory) if family else "",
        family=intern(family.family) if family else "",
        kind=system_of(code),
        is_deleted=is_deleted,
    )
