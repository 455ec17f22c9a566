"""How often Medicare was billed a code in the newest year of volumes, as bands like those of our names."""

from bisect import bisect_right
from datetime import datetime
from functools import lru_cache

from django.db.models import Sum

from codes.models import ServiceVolume
from codes.models.release import Source
from codes.queries.releases import Calendar

LAST_RANKS = (100, 1_000, 4_500, 7_000)  # about as many codes as our names have in the bands 1 to 4
NOT_RANKED = 5


def bands_of(calendar: Calendar) -> dict[str, int]:
    """The codes billed most, each with its band from 1 (billed most) to 4; all others are NOT_RANKED. Empty where no
    year is loaded: then the bands of our names hold."""
    newest = next(iter(calendar.of(Source.PSPS)), None)
    return _bands(newest.pk, newest.loaded_at) if newest else {}


@lru_cache(maxsize=2)
def _bands(release: int, loaded_at: datetime) -> dict[str, int]:
    billed = ServiceVolume.objects.filter(release=release).values("code").annotate(services=Sum("submitted"))
    ranked = billed.order_by("-services", "code").values_list("code", flat=True)[: LAST_RANKS[-1]]
    return {code: bisect_right(LAST_RANKS, rank) + 1 for rank, code in enumerate(ranked)}
