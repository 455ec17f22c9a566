"""What the contractor of a locality publishes on the coverage of a code: its articles and LCDs, and their diagnoses.

CMS publishes its coverage database each week. The release in force on the date of service is read; before the first
one, the first: a document says itself since when it is in force and when it was revised.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from codes.caching.versions import versioned_cache
from codes.diagnoses.articles import Article, ListedDrug, ListGroup
from codes.diagnoses.support import ArticleAnswer, Support, answer_of
from codes.knowledge.contractors import contractor_of
from codes.models import CoverageDocument, Release
from codes.models.release import Source
from codes.parsing.diagnoses import pointed
from codes.pricing.types import Locality
from codes.queries.releases import Calendar
from codes.rules import Doubt

NO_LOCALITY = "no locality is set, and each MAC has its own articles"


@dataclass(frozen=True, slots=True)
class LocalCoverage:
    """The documents of a locality's contractor that list a code, articles before LCDs; `related` are the titles of
    other documents that they name. `missing` says why there are none, "" where there are."""

    code: str
    release: Release
    documents: tuple[Article, ...] = ()
    related: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""


Billed = tuple[str, str]  # a code, and the letters of the diagnoses that its line points to


@dataclass(frozen=True, slots=True)
class CheckedSupport:
    """What the articles of a contractor say of the diagnoses of a claim for one code. `words` say it in a sentence or
    several; `release` is where it was read."""

    code: str
    support: Support
    words: str
    release: str
    answers: tuple[ArticleAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Listed:
    """A document by its key, and whose it is."""

    key: int
    contractors: frozenset[str]
    equipment_states: frozenset[str]

    def is_of(self, locality: Locality) -> bool:
        return locality.mac in self.contractors or locality.state in self.equipment_states


class _Index:
    """Which documents list which codes, and of which contractors there are any."""

    def __init__(self, release: Release) -> None:
        self._codes: dict[str, list[_Listed]] = {}
        self._ranges: list[tuple[ListGroup, _Listed]] = []
        self.contractors: set[str] = set()
        fields = ("pk", "contractors", "equipment_states", "codes", "drugs")
        rows = CoverageDocument.objects.filter(release=release).order_by("number").values_list(*fields)
        for key, contractors, states, groups, drugs in rows:
            document = _Listed(key, frozenset(contractors.split()), frozenset(states.split()))
            self.contractors |= document.contractors
            named = [code for group in groups for code in group["codes"].split()]
            self._add(document, [*named, *(drug["code"] for drug in drugs)])

    def of(self, code: str) -> Iterator[_Listed]:
        """The documents that list a code, each once."""
        found = [*self._codes.get(code, ()), *(each for group, each in self._ranges if group.lists(code))]
        yield from {each.key: each for each in found}.values()

    def _add(self, document: _Listed, codes: Iterable[str]) -> None:
        for code in dict.fromkeys(codes):
            if "-" in code:
                self._ranges.append((ListGroup(0, "", (code,)), document))
            else:
                self._codes.setdefault(code, []).append(document)


def local_coverage(calendar: Calendar, code: str, locality: Locality, at: date) -> LocalCoverage | None:
    """What the contractor of a locality publishes on a code: at most five queries. None where no coverage download is
    loaded."""
    found = _local_coverages(calendar, [code], locality, at).get(code)
    if found is None or found.missing:
        return found
    return replace(found, related=_titles(calendar, found.documents, at))


def check_support(
    calendar: Calendar, billed: Sequence[Billed], diagnoses: Sequence[str], locality: Locality, at: date
) -> Mapping[Billed, CheckedSupport]:
    """What the articles say of the diagnoses of a claim, for each code those that its line points to: at most four
    queries, however many codes there are. Empty where no coverage download is loaded, or no diagnosis was given."""
    found = _local_coverages(calendar, [code for code, _ in billed], locality, at) if diagnoses else {}
    return {
        (code, pointers): supported(found[code], pointed(diagnoses, pointers), at)
        for code, pointers in billed
        if code in found
    }


def doubts_of(checked: Mapping[Billed, CheckedSupport]) -> Mapping[Billed, tuple[Doubt, str]]:
    """What the rules of claims read: the codes whose diagnoses an article does not support."""
    return {
        billed: (_DOUBTS[each.support], each.words)
        for billed, each in checked.items()
        if each.support in _DOUBTS
    }


_DOUBTS = {
    Support.EXCLUDED: Doubt.EXCLUDED,
    Support.NOT_LISTED: Doubt.NOT_LISTED,
    Support.SELF_ADMINISTERED: Doubt.SELF_ADMINISTERED,
}


def supported(found: LocalCoverage, diagnoses: Sequence[str], at: date) -> CheckedSupport:
    """The worst that an article says for sure, else the best that one says; "not checked" where none lists the code."""
    name = found.release.name
    articles = [each for each in found.documents if not each.is_lcd]
    if not articles:
        why = found.missing or "only an LCD lists it, and LCDs hold no diagnoses"
        return CheckedSupport(found.code, Support.NOT_CHECKED, f"Not checked, because {why}.", name)
    answers = sorted(
        (answer_of(article, found.code, diagnoses, at) for article in articles),
        key=lambda answer: list(Support).index(answer.support),
    )
    words = " ".join(answer.words for answer in answers)
    return CheckedSupport(found.code, answers[0].support, words, name, tuple(answers))


@versioned_cache(4)
def _index(release: Release) -> _Index:
    return _Index(release)


def _local_coverages(
    calendar: Calendar, codes: Iterable[str], locality: Locality, at: date
) -> dict[str, LocalCoverage]:
    articles = calendar.nearest(Source.COVERAGE_ARTICLES, at)
    if articles is None:
        return {}
    if not locality.mac:
        return {code: LocalCoverage(code, articles, missing=NO_LOCALITY) for code in codes}
    lcds = calendar.nearest(Source.COVERAGE_LCDS, at)
    wanted = list(dict.fromkeys(codes))
    listing = [_documents(release, wanted, locality) for release in (articles, lcds) if release]
    found = {code: tuple(document for each in listing for document in each[code]) for code in wanted}
    return {
        code: LocalCoverage(code, articles, documents)
        if documents
        else LocalCoverage(code, articles, missing=_why_none(articles, code, locality))
        for code, documents in found.items()
    }


def _documents(release: Release, codes: Iterable[str], locality: Locality) -> dict[str, list[Article]]:
    """The documents of a release that list each of these codes, by code."""
    listed = {code: [each for each in _index(release).of(code) if each.is_of(locality)] for code in codes}
    keys = {each.key for found in listed.values() for each in found}
    rows = CoverageDocument.objects.filter(pk__in=keys).order_by("number") if keys else ()
    articles = {row.pk: _article(row, locality.mac not in row.contractors.split()) for row in rows}
    return {
        code: [article for key, article in articles.items() if key in {each.key for each in found}]
        for code, found in listed.items()
    }


def _why_none(release: Release, code: str, locality: Locality) -> str:
    contractor = contractor_of(locality.mac)
    name = f"{contractor.short} ({locality.mac})" if contractor else f"MAC {locality.mac}"
    if locality.mac not in _index(release).contractors:
        return f"the download of {release.name} has nothing of {name}"
    return f"no article of {name} lists {code}"


def _titles(calendar: Calendar, found: Sequence[Article], at: date) -> Mapping[str, str]:
    """The titles of the documents that those found name, "" where they are not loaded."""
    numbers = dict.fromkeys(number for each in found for number in each.related)
    releases = [calendar.nearest(source, at) for source in (Source.COVERAGE_ARTICLES, Source.COVERAGE_LCDS)]
    rows = CoverageDocument.objects.filter(release__in=filter(None, releases), number__in=numbers)
    return dict.fromkeys(numbers, "") | dict(rows.values_list("number", "title") if numbers else ())


def _article(row: CoverageDocument, for_equipment: bool) -> Article:
    return Article(
        number=row.number,
        title=row.title,
        begins=row.begins,
        revised=row.revised,
        ends=row.ends,
        related=tuple(row.related.split()),
        codes=_groups(row.codes),
        supports=_groups(row.supports),
        excludes=_groups(row.excludes),
        drugs=tuple(_drug(each) for each in row.drugs),
        for_equipment=for_equipment,
    )


def _groups(groups: Iterable[Mapping[str, Any]]) -> tuple[ListGroup, ...]:
    return tuple(
        ListGroup(
            each["number"],
            each["words"],
            tuple(each["codes"].split()),
            frozenset(each.get("starred", "").split()),
            each.get("note", ""),
        )
        for each in groups
    )


def _drug(drug: Mapping[str, str]) -> ListedDrug:
    begins, ends = (date.fromisoformat(day) if (day := drug[name]) else None for name in ("begins", "ends"))
    return ListedDrug(code=drug["code"], brand=drug["brand"], begins=begins, ends=ends)
