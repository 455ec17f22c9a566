"""The modifiers that fit the two codes of a bundling edit, on which of them, and what each asserts.

CMS's systems let any NCCI modifier bypass an edit with indicator 1 (`ptp.modifiers_for`); a biller may use only the
one that says what happened. Of those this names the few that fit the two codes: NCCI Policy Manual, ch. I, §D (visits
with procedures) and §E (modifiers); ch. II, §B (nerve blocks); ch. X, §C (laboratory tests). Conditions are the
manual's in our words; where nothing more exact fits, XS, XE or 59 on column two remains.
"""

from collections.abc import Iterator, Mapping

from codes.ncci.anatomy import BOTH_SIDES_PAID, SIDES, shared_sites
from codes.ncci.families import is_laboratory, is_visit
from codes.ncci.named_ways import named_way
from codes.ncci.types import PtpEdit, Setting
from codes.ncci.way import Way
from codes.pricing.code_sets import code_set
from codes.pricing.types import FeeScheduleRow

Rows = Mapping[str, FeeScheduleRow]
NO_ROWS: Rows = {}

MAJOR, SURGICAL = "090", frozenset({"010", "090"})
ANESTHESIA = code_set("00100-01999")
NERVE_BLOCKS = code_set("62320-62327 64400-64530")
HAS_A_SITE = code_set("10004-69990 70010-79999 93880-93998")
ANATOMIC_PATHOLOGY = code_set("88000-88399")
TIMED_THERAPY = code_set(
    "97032-97036 97110-97124 97129 97130 97140 97530-97537 97542 97750 97755 97760-97763"
)
PROBLEM_VISITS = code_set("99202-99205 99211-99215")
PREVENTIVE_VISITS = code_set("99381-99397 G0402 G0438 G0439")
REMOTE_MONITORING = code_set("99445 99453 99454 99457 99458 99470 99473 99474")  # nobody is seen
NEVER_59 = frozenset({"77427"})  # NCCI Policy Manual, ch. I, §E: radiation treatment management


def ways_through(edit: PtpEdit, rows: Rows, setting: Setting) -> tuple[Way, ...]:
    """The ways through an edit that fit its two codes, the most exact first; none for indicator 0.

    `rows` are the fee schedule rows of whole codes, for their global days and bilateral indicator; what a code
    without a row would need them for is not offered.
    """
    if edit.indicator != "1":
        return ()
    one, two = edit.column_one, edit.column_two
    if named := named_way(one, two):
        others = _ways(one, two, rows, setting)
        return (named, *(way for way in others if way.modifiers[0] not in (*named.modifiers, "XS")))
    return tuple(_ways(one, two, rows, setting))


def _ways(one: str, two: str, rows: Rows, setting: Setting) -> Iterator[Way]:
    """The ways that fit by what the two codes are."""
    if _is_seen(one) and _is_seen(two):
        return _two_visits(one, two, setting)
    if _is_seen(one) or _is_seen(two):
        visit, other = (one, two) if _is_seen(one) else (two, one)
        return _visit(visit, other, _global_days(other, rows))
    return _procedures(one, two, rows)


def _is_seen(code: str) -> bool:
    """Whether the code is a visit at which a patient is seen, so that 25 may say what was separate about it."""
    return is_visit(code) and code not in REMOTE_MONITORING


def _two_visits(one: str, two: str, setting: Setting) -> Iterator[Way]:
    """25 belongs on the visit for the problem where the other is preventive, else on column two."""
    separate = one if one in PROBLEM_VISITS and two in PREVENTIVE_VISITS else two
    yield Way(("25",), (separate,), "it was significant and separate from the other visit")
    if setting == "hospital":
        yield Way(("27",), (two,), "it was another outpatient encounter of the day")


def _visit(visit: str, other: str, global_days: str) -> Iterator[Way]:
    if global_days == MAJOR:
        yield Way(("57",), (visit,), f"that visit led to the decision for {other}")
    else:
        yield Way(("25",), (visit,), "the visit was significant and separate")
    if global_days in SURGICAL:
        yield Way(("24",), (visit,), "the visit came after the surgery, for an unrelated problem")


def _procedures(one: str, two: str, rows: Rows) -> Iterator[Way]:
    sites = shared_sites(one, two)
    for site, modifiers in sites:
        yield Way(modifiers, (one, two), f"the {site} differ")
    if not sites and _has_sides(one, rows) and _has_sides(two, rows):
        yield Way(SIDES, (one, two), "the record shows opposite sides")
    yield from _distinct(one, one if two in NEVER_59 else two)
    if _global_days(one, rows) in SURGICAL and _global_days(two, rows) in SURGICAL:
        yield Way(
            ("58", "78", "79"), (two,), "it was a later operation: planned, for a complication, or unrelated"
        )


def _distinct(one: str, two: str) -> Iterator[Way]:
    """What says that column two was separate, by the kind of service."""
    if one in TIMED_THERAPY and two in TIMED_THERAPY:
        yield Way(("59",), (two,), "the two took separate blocks of time")
    elif is_laboratory(one) and is_laboratory(two) and two not in ANATOMIC_PATHOLOGY:
        yield Way(("91",), (two,), "the test was repeated that day for a later result")
        yield Way(("59",), (two,), "it was run on another specimen")
    elif two in ANATOMIC_PATHOLOGY:
        yield Way(("59", "XS"), (two,), "it was on another specimen or lesion")
    elif one in ANESTHESIA and two in NERVE_BLOCKS:
        yield Way(("59", "XU"), (two,), "the block was for pain after surgery, not the anesthetic")
    elif one in HAS_A_SITE and two in HAS_A_SITE:
        yield Way(("XS",), (two,), "the record shows another site or lesion")
        yield Way(("XE",), (two,), "the record shows another session that day")
    else:
        yield Way(("XE", "59"), (two,), "the record shows another session that day")


def _has_sides(code: str, rows: Rows) -> bool:
    return code in rows and rows[code].bilateral_surgery in BOTH_SIDES_PAID


def _global_days(code: str, rows: Rows) -> str:
    return rows[code].global_days if code in rows else ""
