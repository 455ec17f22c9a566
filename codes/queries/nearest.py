"""Codes near one that is not there: one slip of the finger away, or its neighbours in the list."""

import string

from codes.models import FeeScheduleRow
from codes.models.release import Source
from codes.parsing.code_shapes import is_code
from codes.queries.names import names_of
from codes.queries.releases import Calendar

ALPHABET = string.digits + string.ascii_uppercase


def nearest_codes(calendar: Calendar, wrong: str, most: int = 6) -> list[tuple[str, str]]:
    """Up to `most` (code, best name) pairs: one character changed or two swapped first, then the neighbours."""
    newest = next(iter(calendar.of(Source.PPRRVU)), None)
    if newest is None:
        return []
    known = FeeScheduleRow.objects.filter(release=newest, modifier="").order_by("code")
    slips = list(known.filter(code__in=_slips(wrong)).values_list("code", flat=True)[:most])
    after = list(known.filter(code__gt=wrong).values_list("code", flat=True)[:3])
    before = list(known.filter(code__lt=wrong).order_by("-code").values_list("code", flat=True)[:3])
    codes = list(dict.fromkeys([*slips, *sorted(before), *after]))[:most]
    names = names_of(calendar, codes, newest.effective_from)
    return [(code, names.get(code, "")) for code in codes]


def _slips(wrong: str) -> list[str]:
    """Every code that is one changed character or one swap of neighbours away from `wrong`."""
    if not is_code(wrong):
        return []
    changed = {wrong[:i] + c + wrong[i + 1 :] for i in range(5) for c in ALPHABET}
    swapped = {wrong[:i] + wrong[i + 1] + wrong[i] + wrong[i + 2 :] for i in range(4)}
    return sorted((changed | swapped) - {wrong})
