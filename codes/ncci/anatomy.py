"""Which codes name a site that a site modifier can tell apart: eyelids, fingers, toes, coronary arteries.

Only codes whose service is always on such a site: a skin code that may be on a finger is not one of them, because a
modifier that doesn't fit is worse than none. NCCI Policy Manual, ch. I, §E (anatomic modifiers); ch. XI, §I (coronary
arteries).
"""

from codes.ncci.words import each
from codes.pricing.code_sets import CodeSet, code_set

EYELIDS = each("E1 E2 E3 E4")
FINGERS = each("FA F1 F2 F3 F4 F5 F6 F7 F8 F9")
TOES = each("TA T1 T2 T3 T4 T5 T6 T7 T8 T9")
ARTERIES = each("LC LD LM RC RI")
SIDES = each("LT RT")
SPANS = {EYELIDS: "E1-E4", FINGERS: "FA or F1-F9", TOES: "TA or T1-T9"}
BOTH_SIDES_PAID = frozenset("13")  # bilateral indicators of codes that are done on one side or on both

_NAILS = "11730 11732 11740 11750 11755 11760-11765"
SITES: tuple[tuple[str, tuple[str, ...], CodeSet], ...] = (
    ("eyelids", EYELIDS, code_set("15820-15823 67700-67850 67875-67882 67901-67975 68760 68761")),
    ("arteries", ARTERIES, code_set("92920-92945 C9600-C9608")),
    (
        "fingers",
        FINGERS,
        code_set(
            f"{_NAILS} 20816-20827 26010 26011 26055 26060 26075 26080 26105 26110 26123 26135 26140 26185 "
            "26210 26215 26235 26236 26260 26262 26340 26356-26358 26418-26434 26455 26471 26474 26516 "
            "26520-26536 26540-26545 26548 26567 26590 26641-26665 26700-26785 26820-26842 26850-26863 "
            "26910-26952 29086 29130 29131 73140"
        ),
    ),
    (
        "toes",
        TOES,
        code_set(
            f"{_NAILS} 28010 28011 28022 28024 28052 28054 28072 28092 28108 28124 28126 28150-28160 28175 "
            "28232 28270-28272 28285-28299 28310-28313 28490-28525 28630-28675 28750-28760 28810-28825 73660"
        ),
    ),
)


def site_modifiers(code: str) -> tuple[str, ...]:
    """The modifiers that name the eyelid, artery, finger or toe of a code; empty where it names no such site.

    >>> site_modifiers("67840"), site_modifiers("20610")
    (('E1', 'E2', 'E3', 'E4'), ())
    """
    return tuple(modifier for _, modifiers, codes in SITES if code in codes for modifier in modifiers)


def shared_sites(one: str, two: str) -> list[tuple[str, tuple[str, ...]]]:
    """The kinds of site, each with its modifiers, that both codes name.

    >>> shared_sites("26055", "26160"), [site for site, _ in shared_sites("11730", "11750")]
    ([], ['fingers', 'toes'])
    """
    return [(site, modifiers) for site, modifiers, codes in SITES if one in codes and two in codes]
