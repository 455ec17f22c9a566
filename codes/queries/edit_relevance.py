"""Which of a code's bundling edits come first: those with codes that are billed together in practice.

The band (1 billed most) is that of Medicare's volumes where a year is loaded, else that of our names; then come the
codes of the same part of CPT, visits and imaging; anesthesia codes are last, and fold into one row. As SQL, so that a
list of ten thousand edits is ordered where it is stored.
"""

from codes.knowledge.sections import place_of
from codes.parsing.code_shapes import is_code

ANESTHESIA = ("00100", "01999")
ANESTHESIA_RANGE = "-".join(ANESTHESIA)
VISITS, IMAGING = ("99202", "99499"), ("70010", "77092")
LAST = 9
NEAREST_BANDS = (1, 2)


def within(column: str, first: str, last: str) -> str:
    """The SQL condition that a column's code lies in a range: a range of digits alone holds no code like 0200T.
    Both ends are codes.

    >>> within("other", "00100", "01999")
    "(other BETWEEN '00100' AND '01999' AND SUBSTR(other, 5, 1) <= '9')"
    """
    if not (is_code(first) and is_code(last)):
        raise ValueError(f"{first}-{last} is not a range of codes.")
    kind = "<= '9'" if last[-1].isdigit() else f"= '{last[-1]}'"
    return f"({column} BETWEEN '{first}' AND '{last}' AND SUBSTR({column}, 5, 1) {kind})"


def is_anesthesia(code: str) -> bool:
    """Whether a code is of CPT's anesthesia section.

    >>> is_anesthesia("00142"), is_anesthesia("0042T"), is_anesthesia("99214")
    (True, False, False)
    """
    return code.isdigit() and ANESTHESIA[0] <= code <= ANESTHESIA[1]


def nearest(code: str, other: str) -> str:
    """The SQL condition that the code in the column `other` is among those nearest to `code`, unless it is put last. It
    reads the column `band`."""
    return f"(band = 1 OR band = 2 AND {_same_part(code, other)})"


def relevance(code: str, other: str) -> str:
    """The SQL expression of how near the code in the column `other` is to `code`: 0 the nearest, LAST the farthest.
    It reads the column `band`, joined from the left."""
    same_part = _same_part(code, other)
    last = "FALSE" if is_anesthesia(code) else within(other, *ANESTHESIA)
    return f"""CASE WHEN {last} THEN {LAST} WHEN {nearest(code, other)} THEN 0 WHEN band = 2 THEN 1
        WHEN band < 5 AND {same_part} THEN 2 WHEN band < 5 AND {within(other, *VISITS)} THEN 3
        WHEN band < 5 AND {within(other, *IMAGING)} THEN 4 WHEN band = 3 THEN 5 WHEN band = 4 THEN 6
        WHEN {same_part} THEN 7 ELSE 8 END"""


def _same_part(code: str, other: str) -> str:
    position = place_of(code)
    return within(other, position[1].first, position[1].last) if position else "FALSE"
