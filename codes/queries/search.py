"""Finding a code by its beginning or by words in its names."""

from dataclasses import dataclass

from django.db.models import Q

from codes.models import CodeText, FeeScheduleRow, HcpcsText
from codes.models.release import Source
from codes.queries.releases import Calendar

MOST = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a result list."""

    code: str
    name: str


def find(calendar: Calendar, query: str) -> list[Hit]:
    """Codes that begin with `query`, then codes in whose names all its words stand; at most 30."""
    words = query.split()
    if not words:
        return []
    by_code = _beginning_with(calendar, query.upper()) if len(words) == 1 and query[:5].isalnum() else []
    found = {hit.code: hit for hit in [*by_code, *_with_words(words)]}
    return list(found.values())[:MOST]


def _beginning_with(calendar: Calendar, beginning: str) -> list[Hit]:
    newest = next(iter(calendar.of(Source.PPRRVU)), None)
    if newest is None or not any(character.isdigit() for character in beginning):
        return []
    rows = FeeScheduleRow.objects.filter(release=newest, modifier="", code__startswith=beginning[:5])
    codes = list(rows.order_by("code").values_list("code", flat=True)[:MOST])
    names = dict(CodeText.objects.filter(pk__in=codes).values_list("code", "plain_name"))
    return [Hit(code, names.get(code, "")) for code in codes]


def _with_words(words: list[str]) -> list[Hit]:
    ours, theirs = Q(), Q()
    for word in words:
        ours &= Q(plain_name__icontains=word) | Q(words__icontains=word)
        theirs &= Q(long_description__icontains=word)
    texts = CodeText.objects.filter(ours).order_by("band", "code")[:MOST]
    hits = [Hit(text.code, text.plain_name) for text in texts]
    hcpcs = HcpcsText.objects.filter(theirs).order_by("code").distinct()[: MOST - len(hits)]
    return hits + [Hit(text.code, text.long_description) for text in hcpcs]
