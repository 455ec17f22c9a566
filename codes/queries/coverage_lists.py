"""The diagnoses of an article as they are shown: short lists code by code, long ones by category, with their names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from codes.diagnoses.articles import Article, ListGroup
from codes.models import Diagnosis
from codes.models.release import Source
from codes.queries.releases import Calendar

MOST_ALONE = 40  # diagnoses that are shown one by one
MOST_SPELLED = 6  # codes of a category that are written out


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One diagnosis, or those of a category ("M17.0 to M17.9 (7)"), with its name where it is known."""

    codes: str
    name: str
    is_starred: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of diagnoses by its rows."""

    group: ListGroup
    rows: tuple[ShownRow, ...]

    @property
    def count(self) -> int:
        return len(self.group.codes)


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article or LCD with the groups of its diagnoses that have a list."""

    article: Article
    supports: tuple[ShownGroup, ...]
    excludes: tuple[ShownGroup, ...]


def shown_articles(calendar: Calendar, articles: Sequence[Article], at: date) -> tuple[ShownArticle, ...]:
    """The articles with the names of their diagnoses on a day: one query."""
    groups = [group for article in articles for group in (*article.supports, *article.excludes)]
    names = _names(calendar, {code for group in groups for code in _named(group)}, at)
    return tuple(
        ShownArticle(article, _shown(article.supports, names), _shown(article.excludes, names))
        for article in articles
    )


def _names(calendar: Calendar, codes: Iterable[str], at: date) -> Mapping[str, str]:
    release = calendar.nearest(Source.ICD10, at)
    rows = Diagnosis.objects.filter(release=release, code__in=list(codes)) if release and codes else None
    return dict(rows.values_list("code", "name")) if rows is not None else {}


def _named(group: ListGroup) -> Iterable[str]:
    """The codes whose names are shown."""
    return group.codes if len(group.codes) <= MOST_ALONE else {code[:3] for code in group.codes}


def _shown(groups: Iterable[ListGroup], names: Mapping[str, str]) -> tuple[ShownGroup, ...]:
    return tuple(ShownGroup(group, tuple(_rows(group, names))) for group in groups if group.codes)


def _rows(group: ListGroup, names: Mapping[str, str]) -> Iterable[ShownRow]:
    if len(group.codes) <= MOST_ALONE:
        for code in group.codes:
            yield ShownRow(code.replace("-", " to "), names.get(code, ""), code in group.starred)
        return
    for category, held in groupby(sorted(group.codes), key=lambda code: code[:3]):
        codes = list(held)
        yield ShownRow(_spelled(codes), names.get(category, ""), any(code in group.starred for code in codes))


def _spelled(codes: Sequence[str]) -> str:
    """
    >>> _spelled(["M17.0", "M17.11"])
    'M17.0, M17.11'
    """
    if len(codes) <= MOST_SPELLED:
        return ", ".join(code.replace("-", " to ") for code in codes)
    return f"{codes[0].partition('-')[0]} to {codes[-1].rpartition('-')[2]} ({len(codes)})"
