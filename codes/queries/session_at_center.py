"""What a surgery center is paid for the session of a claim: its own claim beside the surgeon's."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from codes.formatting import dollars
from codes.models import AscRate, Release
from codes.models.release import Source
from codes.pricing.facility import STATUS_WORDS, FacilityPayment
from codes.pricing.rounding import to_cents
from codes.pricing.surgery_center import WHOLE, AscEntry, session_fractions, surgery_center_payment
from codes.queries.desk_line import DeskLine
from codes.queries.price_query import SURGERY_CENTER, PriceQuery
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterLine:
    """One code of the session, with the part of its rate that is paid."""

    number: int
    code: str
    payment: FacilityPayment
    fraction: Decimal

    @property
    def allowed(self) -> Decimal | None:
        """Dollars for one unit after the multiple-procedure discount."""
        return None if self.payment.allowed is None else to_cents(self.payment.allowed * self.fraction)

    @property
    def words(self) -> str:
        """ "$656.75", "$328.38 (50 %)", or why there is none."""
        if self.allowed is None:
            return STATUS_WORDS[self.payment.status]
        return dollars(self.allowed) + (
            "" if self.fraction == WHOLE else f" ({self.fraction:.0%})".replace("%", " %")
        )


@dataclass(frozen=True, slots=True)
class SurgeryCenterClaim:
    """The session, in the order of the claim's lines, by a list of the year."""

    lines: tuple[CenterLine, ...]
    release: Release

    @property
    def total(self) -> Decimal | None:
        """The sum in dollars; None where no line has a rate."""
        amounts = [each.allowed for each in self.lines if each.allowed is not None]
        return sum(amounts, Decimal(0)) if amounts else None


def surgery_center_claim(
    calendar: Calendar, lines: Sequence[DeskLine], query: PriceQuery
) -> SurgeryCenterClaim | None:
    """What the center is paid for the lines that are not denied, one query; None in other places, and where no list of
    that year is loaded."""
    release = calendar.of_same_year(Source.ASC, query.date_of_service)
    billed = [each for each in lines if not each.denied]
    if query.place_of_service != SURGERY_CENTER or release is None or not billed:
        return None
    codes = {each.line.code for each in billed}
    rows = AscRate.objects.filter(release=release, code__in=codes).values(
        "code", *AscEntry.__dataclass_fields__
    )
    entries = {row.pop("code"): AscEntry(**row) for row in rows}
    if release.is_sample and codes - entries.keys():
        return None
    payments = [
        surgery_center_payment(each.line.code, entries.get(each.line.code), query.date_of_service)
        for each in billed
    ]
    fractions = session_fractions(payments)
    return SurgeryCenterClaim(
        tuple(
            CenterLine(number=each.checked.number, code=each.line.code, payment=payment, fraction=fraction)
            for each, payment, fraction in zip(billed, payments, fractions, strict=True)
        ),
        release,
    )
