"""Families of codes that NCCI's rules name: visits (evaluation and management) and laboratory tests.

NCCI Policy Manual, ch. I, §D and ch. XI: evaluation and management services are CPT 92002-92014 and
99202-99499; Medicare's own visits have G codes. Laboratory tests are CPT 80047-89398, the U and M codes of
proprietary tests, and a few G and P codes.
"""

import re

from codes.ncci.words import each
from codes.pricing import applicability

# Medicare's own visits besides those that the payment engine knows: examinations, hospital and telehealth
# visits, and the visits of CPT's telemedicine section.
_MORE_VISITS = frozenset(
    each(
        "G0101 G0245 G0246 G0380 G0381 G0382 G0383 G0384 G0406 G0407 G0408 G0425 G0426 G0427 G0463 G0508 G0509 "
        "S0610 S0612"
    )
)
_TELEMEDICINE = ("98000", "98016")
_LABORATORY = re.compile(
    r"8\d{4}|\d{4}U|\d{4}M|P[23]\d{3}|G0(103|123|143|144|145|147|148|327|328|432|433|435)|G048[0-3]|G0659"
)


def is_visit(code: str) -> bool:
    """True for an evaluation and management service.

    >>> is_visit("99213"), is_visit("20610")
    (True, False)
    """
    first, last = _TELEMEDICINE
    return applicability.is_visit(code) or code in _MORE_VISITS or first <= code <= last


def is_laboratory(code: str) -> bool:
    """True for a clinical laboratory test, the only kind of service that takes modifier 91.

    >>> is_laboratory("80053"), is_laboratory("76376")
    (True, False)
    """
    return _LABORATORY.fullmatch(code) is not None
