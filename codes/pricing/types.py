"""What goes into the payment engine and what comes out of it.

Everything is frozen, so a price can be cached, compared and shown in four places (page, JSON, receipt,
test) without anyone changing it on the way. Money is `Decimal` in dollars, shares are fractions (0.10
is ten percent), codes, modifiers, localities and indicators are text as CMS spells them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from codes.pricing.schedules.listed import ListedAmount

Setting = Literal["facility", "nonfacility"]
Level = Literal["High", "Medium", "Low", "None"]

ZERO = Decimal(0)
ONE = Decimal("1.000")


@dataclass(frozen=True, slots=True)
class Gpci:
    """The three geographic practice cost indices of a locality (1.000 is the national average)."""

    work: Decimal
    practice_expense: Decimal
    malpractice: Decimal


@dataclass(frozen=True, slots=True)
class Locality:
    """A Medicare payment locality. Its key is (mac, number): numbers repeat from one MAC to the next.

    `spans_zip` says that the locality was guessed from a five-digit ZIP code that lies in more than
    one. `zip_code` and its state, `zip_state`, are given where it was chosen by ZIP code, the state also where
    nothing else was: equipment goes by them, and a locality may reach into another state.
    """

    mac: str
    number: str
    name: str
    state: str
    gpci: Gpci
    release: str = ""
    spans_zip: bool = False
    zip_code: str = ""
    zip_state: str = ""


NATIONAL = Locality("", "", "national", "", Gpci(ONE, ONE, ONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeScheduleRow:
    """One row of CMS's relative value file: a code with modifier '', 26, TC or 53.

    The RVUs are relative value units; the shares are parts of the global package (0.10, 0.81, 0.09). An
    NA flag says that CMS has no value of its own for that setting, although a number stands in the
    cell.
    """

    code: str
    modifier: str
    status: str
    work_rvu: Decimal
    nonfacility_pe_rvu: Decimal
    nonfacility_na: bool
    facility_pe_rvu: Decimal
    facility_na: bool
    malpractice_rvu: Decimal
    pctc: str
    global_days: str
    preoperative_share: Decimal
    intraoperative_share: Decimal
    postoperative_share: Decimal
    multiple_procedure: str
    bilateral_surgery: str
    assistant_surgery: str
    co_surgeons: str
    team_surgery: str
    endoscopic_base: str = ""
    physician_supervision: str = "09"
    imaging_family: str = "99"
    opps_nonfacility_pe: Decimal = ZERO
    opps_facility_pe: Decimal = ZERO
    opps_malpractice: Decimal = ZERO
    not_used_for_medicare: bool = False


@dataclass(frozen=True, slots=True)
class CodeRows:
    """All rows of one code by modifier: '', 26, TC, 53. None of them stands for another."""

    code: str
    rows: Mapping[str, FeeScheduleRow]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a claim, as billed.

    `charge` is in dollars for the whole line (all units, both sides). `minutes` and `base_units` are
    for anesthesia; `care_days` are the days of postoperative care that this physician gave (modifier
    55). `preventive` marks a service that is free of deductible and coinsurance on this claim although its
    code is not on the list of `preventive` (advance care planning with a wellness visit). `denied` holds the
    reason, in words, why a claim check has refused the line before pricing; `left_to_mac` what a claim check
    found that the MAC, or a corrected claim, decides. `pointers` are the letters of the claim's diagnoses that the
    line points to ("AB"), '' for all.
    """

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    charge: Decimal | None = None
    place_of_service: str = "11"
    minutes: int | None = None
    care_days: int | None = None
    base_units: int | None = None
    present_at_induction: bool = False
    preventive: bool = False
    denied: str = ""
    left_to_mac: str = ""
    pointers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Everything besides the line that decides a price: when, where, by whom, from which release.

    `conversion_factor` is the one in force for the date and track, in dollars per RVU; None says that it is
    not known, and what it would price is refused. `opps_caps` are the rows of CMS's OPPSCAP file for this
    locality, (code, modifier) to (facility, nonfacility)
    dollars; None says that the file is not loaded, and the cap is then worked out from the relative
    value file. `listed` is what the price lists beside the physician fee schedule say, by code. Without a
    `release` there is no physician fee schedule, and nothing but what is listed has an amount.
    `anesthesia_is_national` says that the factor is the national one, for want of the locality's.
    `therapy_to_date` is what Medicare has allowed this patient this year toward the therapy threshold.
    `all_lines_known` is the user's word that the lines are all services of that day.
    """

    date_of_service: date
    conversion_factor: Decimal | None
    release: str
    release_effective: date
    locality: Locality = NATIONAL
    qualifying_apm: bool = False
    participating: bool = True
    assigned: bool = True
    practitioner: str = "physician"
    deductible_remaining: Decimal = ZERO
    anesthesia_factor: Decimal | None = None
    anesthesia_release: str = ""
    anesthesia_is_national: bool = False
    all_lines_known: bool = False
    registered_inpatient: bool = False
    registered_outpatient: bool = False
    opps_caps: Mapping[tuple[str, str], tuple[Decimal, Decimal]] | None = None
    listed: Mapping[str, tuple[ListedAmount, ...]] = field(default_factory=dict)
    therapy_to_date: Decimal | None = None
    mips_adjustment: Decimal = ZERO
    health_professional_shortage_area: bool = False

    @property
    def known_factor(self) -> Decimal:
        """The conversion factor, for lines that were not refused for want of it."""
        assert self.conversion_factor is not None, "a line without its factor is refused before it is valued"
        return self.conversion_factor


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working. `formula` is arithmetic that a reader can redo, "423.19 × 1.50 =
    634.79", or '' where the step is a choice and not a sum; `section` names the place in the citation,
    e.g. "§40.7".
    """

    rule: str
    title: str
    formula: str
    result: Decimal | None
    citation: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no amount. `medicare_pays` is 0.00 where a rule says that Medicare pays nothing,
    None where somebody else sets the amount. `liability` is 'provider', 'patient' or '' where it is not
    known.
    """

    kind: str
    text: str
    citation: str
    pays_elsewhere: str = ""
    medicare_pays: Decimal | None = None
    liability: str = ""


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far a figure can be trusted: High, Medium, Low, or None where there is no figure; with the
    reasons.
    """

    level: Level
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Who pays the allowed amount, in dollars: `medicare + deductible + coinsurance == allowed`, less
    what the law takes from Medicare's share for therapy assistants (`assistant_reduction`).

    `patient` is deductible, coinsurance and, on an unassigned claim, what the physician may collect
    above the allowed amount, less Medicare's cheque. `provider_collects` is what reaches the provider
    from both. `limiting_charge` is None where there is none. `medicare_pays_patient` says that Medicare's
    cheque goes to the patient; `sequestration_rate` is a fraction.
    The HPSA bonus and the MIPS amount are outside the claim's payment.
    """

    medicare: Decimal
    patient: Decimal
    deductible: Decimal
    coinsurance: Decimal
    coinsurance_rate: Decimal
    sequestration: Decimal
    medicare_after_sequestration: Decimal
    sequestration_rate: Decimal = ZERO
    assistant_reduction: Decimal = ZERO
    limiting_charge: Decimal | None = None
    above_allowed: Decimal = ZERO
    provider_collects: Decimal = ZERO
    nonparticipating: bool = False
    medicare_pays_patient: bool = False
    hpsa_bonus: Decimal = ZERO
    mips_amount: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePrice:
    """The price of one line. Exactly one of `allowed` (dollars for the whole line) and `refusal` is
    None.

    `fee` is the rounded fee-schedule amount of one unit before any adjustment, `adjusted` the amount of
    the line before it is compared with the charge, `ceiling` the OPPS amount that a MAC-priced image
    may not exceed, `paid_with` the number of the line that holds the amount of this one (left and right).
    `source` names the list that the amount is from, `conversion_factor` is the one that it was worked out
    with: that of anesthesia for anesthesia, None for what a list prices: `listed` is then its row.
    """

    line: Line
    setting: Setting
    allowed: Decimal | None
    refusal: Refusal | None
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    confidence: Confidence
    shares: Shares | None = None
    fee: Decimal | None = None
    adjusted: Decimal | None = None
    ceiling: Decimal | None = None
    paid_with: int | None = None
    source: str = ""
    conversion_factor: Decimal | None = None
    listed: ListedAmount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPrice:
    """The prices of all lines, in the order billed, and their sums in dollars. A refused line adds nothing.

    `total_medicare_share` is the sum of the lines' shares of Medicare, `total_sequestration` what is then taken off,
    `total_medicare` what Medicare pays.
    """

    lines: tuple[LinePrice, ...]
    total_allowed: Decimal
    total_medicare_share: Decimal
    total_sequestration: Decimal
    total_medicare: Decimal
    total_patient: Decimal
    notes: tuple[str, ...]
    confidence: Confidence
