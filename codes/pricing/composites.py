"""The one payment that an outpatient hospital gets for certain services of a day together: composite APCs, and the
comprehensive one for observation. Claims Processing Manual, ch. 4, §10.2.1 and §10.2.3; rates in OPPS Addendum A.

Which codes are in a composite is said by CMS's Addendum M, which is not read. A code with status Q3 is in one, and of
imaging and mental health there is one family each: so the kind of service tells it. The other codes with Q3 (breathing,
chest X-rays) are packaged with critical care and have no rate of their own. J2 has APC 8011 alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from codes.formatting import dollars
from codes.pricing.code_sets import CodeSet, code_set


@dataclass(frozen=True, slots=True)
class Composite:
    """A family of codes with one status indicator, the APCs that pay it, and the sentence into which their rates go."""

    status: str
    codes: CodeSet | None
    apcs: tuple[str, ...]
    sentence: str


COMPOSITES = (
    Composite(
        "Q3",
        code_set("76700-76999"),
        ("8004",),
        "With another ultrasound of this family on the day the hospital is paid one composite instead: {0} (APC 8004).",
    ),
    Composite(
        "Q3",
        code_set(
            "0633T-0638T 70450-70498 71250-71275 72125-72133 72191-72194 73200-73206 73700-73706 74150-74178 "
            "74261 74262 75635"
        ),
        ("8005", "8006"),
        "With another CT or CTA on the day the hospital is paid one composite instead: {0} (APC 8005), or {1} "
        "(APC 8006) if any was with contrast.",
    ),
    Composite(
        "Q3",
        code_set(
            "70336 70540-70559 71550-71555 72141-72159 72195-72198 73218-73225 73718-73725 74181-74185 75557-75565 "
            "76391 77046-77049 C8900-C8936 C9762 C9763"
        ),
        ("8007", "8008"),
        "With another MRI or MRA on the day the hospital is paid one composite instead: {0} (APC 8007), or {1} "
        "(APC 8008) if any was with contrast.",
    ),
    Composite(
        "Q3",
        code_set("0362T 0373T 90785-90899 96105-96171 97151-97158"),
        ("8010",),
        "For the mental health services of a day together the hospital is paid at most one composite: {0} (APC 8010).",
    ),
    Composite("J2", None, ("8011",), "The comprehensive payment with observation is {0} (APC 8011)."),
)


def composite_note(code: str, status: str, rates: Mapping[str, Decimal]) -> str:
    """What the hospital is paid for a code together with others, in a sentence; '' where it is in no composite or
    Addendum A lacks the rate. `rates` are dollars by APC.

    >>> composite_note("99284", "J2", {"8011": Decimal("2647.73")})
    'The comprehensive payment with observation is $2,647.73 (APC 8011). Source: OPPS Addendum A.'
    """
    for each in COMPOSITES:
        if each.status == status and (each.codes is None or code in each.codes):
            found = [dollars(rates[apc]) for apc in each.apcs if apc in rates]
            if len(found) == len(each.apcs):
                return f"{each.sentence.format(*found)} Source: OPPS Addendum A."
    return ""
