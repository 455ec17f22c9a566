"""The lexicon: what is searched, with the index of the data as they are now.

It is built when the first search after a change of data comes. In production the former one answers meanwhile, so that
no visitor waits for it: what is answered with it is said to be provisional, and is not kept.
"""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone

from codes.caching.versions import answer_is_provisional
from codes.knowledge.code_life import code_ends, ended_name, is_off_every_schedule
from codes.models import CodeText, FeeScheduleRow, HcpcsText, RbcsAssignment
from codes.models.release import Source
from codes.parsing.code_shapes import is_code
from codes.queries import browse
from codes.queries.code import system_of
from codes.queries.code_life import deleted_codes
from codes.queries.releases import Calendar, calendar, data_version
from codes.search import Document, Index


class Contents(NamedTuple):
    """What a lexicon is made of: the version of the data, the newest releases, and whether licensed descriptions are
    among its words."""

    version: tuple[int, datetime] | None
    releases: tuple[int | None, ...]
    with_descriptions: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index and the documents behind it."""

    index: Index
    documents: dict[str, Document]
    categories: list[str]

    def is_known(self, code: str) -> bool:
        """Whether a page exists for this code."""
        return code in self.documents

    def is_in_use(self, code: str) -> bool:
        """Whether the code is known, and was not deleted."""
        return self.is_known(code) and not self.documents[code].is_deleted


class LexiconAtHand:
    """The lexicon of this process. In production the former one answers until the new one is built."""

    def __init__(self) -> None:
        self._made_of: Contents | None = None
        self._lexicon: Lexicon | None = None
        self._building = Lock()

    def of(self, contents: Contents) -> Lexicon:
        """The lexicon of these contents, or the former one while that of these is built."""
        if self._lexicon is not None and self._made_of == contents:
            return self._lexicon
        if self._lexicon is None or not settings.SEARCH_INDEX_IN_BACKGROUND:
            return self._build(contents)
        if self._building.acquire(blocking=False):
            Thread(target=self._build_beside, args=(contents,), daemon=True).start()
        answer_is_provisional.set(True)
        return self._lexicon

    def _build(self, contents: Contents) -> Lexicon:
        built = build(*contents)
        self._lexicon, self._made_of = built, contents
        return built

    def _build_beside(self, contents: Contents) -> None:
        try:
            self._build(contents)
        finally:
            self._building.release()
            connection.close()


_at_hand = LexiconAtHand()


def lexicon(calendar: Calendar) -> Lexicon:
    """The index of the data as they are now, or in production of what they were a moment ago."""
    return _at_hand.of(Contents(data_version(), _newest_releases(calendar), settings.CPT_DESCRIPTIONS))


def _newest_releases(calendar: Calendar) -> tuple[int | None, ...]:
    newest = (next(iter(calendar.of(source)), None) for source in (Source.PPRRVU, Source.HCPCS, Source.RBCS))
    return tuple(release.pk if release else None for release in newest)


def build(
    version: tuple[int, datetime] | None, releases: tuple[int | None, ...], with_descriptions: bool
) -> Lexicon:
    """The lexicon of these releases and of our own texts as they stand now."""
    schedule, hcpcs, rbcs = releases
    rows = FeeScheduleRow.objects.filter(release=schedule, modifier="")
    descriptions = dict(rows.values_list("code", "description"))
    texts = {text.code: text for text in CodeText.objects.all()}
    public = dict(HcpcsText.objects.filter(release=hcpcs).values_list("code", "long_description"))
    families = {each.code: each for each in RbcsAssignment.objects.filter(release=rbcs)}
    today = timezone.localdate()
    listed = browse.catalogue(calendar(), today).codes
    deleted = set(deleted_codes(code_ends(), code_ends() if calendar().is_sample else descriptions, today))
    deleted |= {
        code for code in public if _lists_all(calendar()) and is_off_every_schedule(code, descriptions)
    }
    codes = sorted(code for code in {*descriptions, *texts, *public, *listed, *deleted} if is_code(code))
    documents = {
        code: _document(
            code,
            texts.get(code),
            descriptions.get(code, "") if with_descriptions else "",
            public.get(code, ""),
            families.get(code),
            code in deleted,
        )
        for code in codes
    }
    categories = {document.category for document in documents.values() if document.category}
    return Lexicon(Index(documents.values()), documents, sorted(categories))


def _lists_all(calendar: Calendar) -> bool:
    """Whether the newest fee schedule is whole and no older than CMS's HCPCS text: a code that it lacks has ended."""
    schedule, texts = (next(iter(calendar.of(source)), None) for source in (Source.PPRRVU, Source.HCPCS))
    return bool(
        schedule and texts and not schedule.is_sample and texts.effective_from <= schedule.effective_from
    )


def _document(
    code: str,
    text: CodeText | None,
    description: str,
    public: str,
    family: RbcsAssignment | None,
    is_deleted: bool,
) -> Document:
    return Document(
        code=code,
        name=text.plain_name if text else ended_name(code),
        words=text.words if text else "",
        summary=text.summary if text else "",
        band=text.band if text else 5,
        description=description,
        hcpcs_text=public,
        category=family.category if family else "",
        subcategory=family.subcategory if family else "",
        family=family.family if family else "",
        kind=system_of(code),
        is_deleted=is_deleted,
    )
