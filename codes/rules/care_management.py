"""Care management by the month: one practitioner, one code family, once.

MLN909188 (chronic care management), MLN909432 (behavioral health integration), MLN908628 (transitional care); 88 FR
78818 (CY 2024), 89 FR 97710 (advanced primary care, CY 2025), 90 FR 49266 (remote monitoring, CY 2026).
"""

from datetime import date

from codes.pricing.code_sets import CodeSet, code_set
from codes.rules.tests_of_lines import drops_beside, drops_second_of, without
from codes.rules.types import Effect, Rule

CHRONIC_CARE = "MLN909188, Chronic Care Management Services"
BEHAVIORAL_CARE = "MLN909432, Behavioral Health Integration Services"
CY2024 = "88 FR 78818 (CY 2024 final rule)"
CY2025 = "89 FR 97710 (CY 2025 final rule)"
CY2026 = "90 FR 49266 (CY 2026 final rule)"
SINCE_2024, SINCE_2025, SINCE_2026 = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)

CHRONIC = code_set("99487 99490 99491")
PRINCIPAL = code_set("99424 99426")
ADVANCED_PRIMARY_CARE = code_set("G0556-G0558")
IN_ADVANCED_PRIMARY_CARE = code_set(
    "99424-99427 99437 99439 99487 99489 99490 99491 99495 99496 99421-99423 99446-99449 99451 99452 98016 G2010 G2012 "
    "G2250-G2252"
)
PHYSIOLOGIC_MONITORING = code_set("99445 99453 99454 99457 99458 99470")
THERAPEUTIC_MONITORING = code_set("98975-98981 98984-98986")
OVERSIGHT = code_set("G0181 G0182 90951-90970")


def _once(name: str, order: str, service: str, citation: str, since: date = date.min) -> Rule:
    """Of several lines of one family the first in `order` is kept: it stands for the most time or data."""
    return Rule(
        name=name,
        effect=Effect.NOT_PAID,
        codes=code_set(order),
        since=since,
        sentence=f"{service} is paid once a month, to one practitioner, under one of its codes.",
        fix="Bill only the code that the month's record supports.",
        citation=citation,
        reasons=("CARC 119", "CARC 97"),
        liability="provider",
        matches=drops_second_of(order.split()),
        looks_at_other_lines=True,
    )


def _not_with(
    name: str,
    codes: CodeSet,
    partner: CodeSet,
    sentence: str,
    fix: str,
    citation: str,
    since: date = date.min,
) -> Rule:
    """A service that isn't paid in the month of another."""
    return Rule(
        name=name,
        effect=Effect.NOT_PAID,
        codes=codes,
        since=since,
        sentence=sentence,
        fix=fix,
        citation=citation,
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(partner),
        looks_at_other_lines=True,
    )


RULES = (
    _once("advanced-primary-care-once", "G0558 G0557 G0556", "Advanced primary care", CY2025, SINCE_2025),
    _not_with(
        "advanced-primary-care-includes",
        IN_ADVANCED_PRIMARY_CARE,
        ADVANCED_PRIMARY_CARE,
        "Advanced primary care (G0556-G0558) includes this care management for the month.",
        "Bill G0556-G0558 alone, or the separate services without it.",
        CY2025,
        SINCE_2025,
    ),
    Rule(
        name="advanced-primary-care-add-on",
        effect=Effect.NOT_PAID,
        codes=code_set("G0568-G0570"),
        since=SINCE_2026,
        sentence="G0568, G0569 and G0570 are paid only with advanced primary care (G0556-G0558) in the same month.",
        fix="Bill G0556, G0557 or G0558 as well, or the behavioral health codes 99492, 99493 or 99484 instead.",
        citation=CY2026,
        reasons=("CARC 107", "RARC N122"),
        liability="provider",
        matches=without(ADVANCED_PRIMARY_CARE),
        looks_at_other_lines=True,
    ),
    _once("chronic-care-once", "99487 99491 99490", "Chronic care management", CHRONIC_CARE),
    _once("principal-care-once", "99424 99426", "Principal care management", CHRONIC_CARE),
    _not_with(
        "chronic-and-principal-care",
        PRINCIPAL,
        CHRONIC,
        "One practitioner bills chronic or principal care management for a patient's month, not both.",
        "Bill the one that fits the patient's conditions.",
        CHRONIC_CARE,
    ),
    _not_with(
        "chronic-care-and-oversight",
        CHRONIC,
        OVERSIGHT,
        "Chronic care management isn't paid in a month of G0181, G0182 or monthly dialysis care (90951-90970).",
        "Bill one of the two for the month.",
        CHRONIC_CARE,
    ),
    _once(
        "transitional-care-once",
        "99496 99495",
        "Transitional care",
        "MLN908628, Transitional Care Management",
    ),
    _once(
        "behavioral-integration-once", "99492 99493 99484", "Behavioral health integration", BEHAVIORAL_CARE
    ),
    _once("community-health-once", "G0019", "Community health integration", CY2024, SINCE_2024),
    _once("device-supply-once", "99454 99445", "The monitoring device", CY2026, SINCE_2026),
    _once("monitoring-treatment-once", "99457 99470", "Remote monitoring treatment", CY2026, SINCE_2026),
    _once("respiratory-device-once", "98976 98984", "The respiratory monitoring device", CY2026, SINCE_2026),
    _once(
        "musculoskeletal-device-once",
        "98977 98985",
        "The musculoskeletal monitoring device",
        CY2026,
        SINCE_2026,
    ),
    _once("behavioral-device-once", "98978 98986", "The behavioral monitoring device", CY2026, SINCE_2026),
    _once(
        "therapeutic-monitoring-treatment-once",
        "98980 98979",
        "Therapeutic monitoring treatment",
        CY2026,
        SINCE_2026,
    ),
    _not_with(
        "physiologic-and-therapeutic-monitoring",
        THERAPEUTIC_MONITORING,
        PHYSIOLOGIC_MONITORING,
        "Physiologic (99453-99458) and therapeutic (98975-98981) monitoring aren't both paid in one period.",
        "Bill the kind of monitoring that the order names.",
        CY2024,
        SINCE_2024,
    ),
)
