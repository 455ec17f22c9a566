"""A contract with another payer that is tied to Medicare: a share of its amounts, or its relative values at a factor
of one's own. What such a contract says besides (its own reductions, carve-outs, lesser of charges) is not here.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codes.pricing.arithmetic import figure, money
from codes.pricing.rounding import to_cents
from codes.pricing.types import Circumstances


@dataclass(frozen=True, slots=True)
class Contract:
    """`share` is a fraction of what Medicare allows under the fee schedule of a `year` (None: of the date of service);
    without it, `conversion_factor` is in dollars per RVU."""

    share: Decimal = Decimal(1)
    year: int | None = None
    conversion_factor: Decimal | None = None

    @property
    def words(self) -> str:
        """ "120 % of Medicare 2025", or "$45.00 per RVU"."""
        if self.conversion_factor is not None:
            return f"${money(self.conversion_factor)} per RVU"
        year = f" {self.year}" if self.year else ""
        return f"{(self.share * 100).normalize():f} % of Medicare{year}"

    @property
    def text(self) -> str:
        """The same as a form takes it: "120 % of 2025", "$45.00"."""
        if self.conversion_factor is not None:
            return f"${figure(self.conversion_factor, 2)}"
        return f"{(self.share * 100).normalize():f} %{f' of {self.year}' if self.year else ''}"

    def day(self, at: date) -> date:
        """The day whose Medicare amounts count: the date of service, else the last day of the year that is named."""
        return at if self.year in (None, at.year) else date(self.year or at.year, 12, 31)

    def amount(self, allowed: Decimal | None) -> Decimal | None:
        """The contract's amount in dollars, of what Medicare allows under `circumstances`; None where it allows none.

        >>> Contract(Decimal("1.2")).amount(Decimal("95.19"))
        Decimal('114.23')
        """
        return None if allowed is None else to_cents(allowed * self.share)

    def circumstances(self, medicare: Circumstances) -> Circumstances:
        """What Medicare's rules are asked with for this contract. A contract knows no limit for those who don't
        participate in Medicare; one with its own factor pays relative values: no imaging cap, and no other list."""
        plain = replace(medicare, participating=True, assigned=True)
        if self.conversion_factor is None:
            return plain
        return replace(
            plain,
            conversion_factor=self.conversion_factor,
            opps_caps={},
            listed={},
            anesthesia_factor=None,
            anesthesia_release="",
        )
