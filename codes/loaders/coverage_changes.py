"""What a download of the contractors' articles changed against the one before it, code by code."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from codes.loaders.new_change import NewChange
from codes.models import CoverageDocument, Release
from codes.models.change import ReleaseChangeKind


class ListedCode(NamedTuple):
    """A code in an article."""

    code: str
    article: str


def articles(former: Release, release: Release) -> Iterator[NewChange]:
    """The codes that an article lists or drops, and those whose diagnoses changed."""
    then, now = _listed_in(former), _listed_in(release)
    for listed in sorted(then.keys() | now.keys()):
        code, number = listed
        if listed not in then or listed not in now:
            gone = listed in then
            yield NewChange(
                ReleaseChangeKind.ARTICLE_DROPS if gone else ReleaseChangeKind.ARTICLE_LISTS, code, "", number
            )
        elif then[listed] != now[listed]:
            added, removed = len(now[listed] - then[listed]), len(then[listed] - now[listed])
            words = f"{added:,} added, {removed:,} removed"
            yield NewChange(ReleaseChangeKind.ARTICLE_DIAGNOSES, code, "", number, words)


def _listed_in(release: Release) -> Mapping[ListedCode, frozenset[str]]:
    """The codes of each article with its supporting and excluded diagnoses; those are held once an article."""
    fields = ("number", "codes", "supports", "excludes")
    rows = CoverageDocument.objects.filter(release=release).values_list(*fields)
    return dict(pair for row in rows.iterator() for pair in _of_article(*row))


def _of_article(
    number: str, codes: Iterable[Any], supports: Iterable[Any], excludes: Iterable[Any]
) -> Iterator[tuple[ListedCode, frozenset[str]]]:
    diagnoses = frozenset(_codes(supports)) | {f"not {code}" for code in _codes(excludes)}
    for code in dict.fromkeys(_codes(codes)):
        if "-" not in code:
            yield ListedCode(code, number), diagnoses


def _codes(groups: Iterable[Mapping[str, str]]) -> list[str]:
    return [code for group in groups for code in group["codes"].split()]
