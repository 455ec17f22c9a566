"""The lists there are, each with the rules that hold for what it prices."""

from dataclasses import replace

from codes.pricing.schedules.listed import Schedule

LABORATORY = Schedule(
    kind="laboratory",
    name="Clinical Laboratory Fee Schedule",
    citation="Claims Processing Manual, ch. 16",
    section="§20",
    statuses=("X",),
    pays_elsewhere="Clinical laboratory fee schedule",
    unit_name="test",
    note="Priced on the Clinical Laboratory Fee Schedule: no deductible, no coinsurance.",
)
# Social Security Act §1842(o): the lower of charge and limit. Assignment is mandatory (ch. 17, §50), and a drug given
# incident to a physician's service is paid to the practice outside hospitals and skilled nursing facilities only.
DRUG = Schedule(
    kind="drug",
    name="Drug payment limit",
    citation="Claims Processing Manual, ch. 17",
    section="§20",
    statuses=("E", "X"),
    pays_elsewhere="Average sales price (ASP) drug payment limits",
    institutions=frozenset({"19", "21", "22", "23", "24", "31", "51", "61"}),
    paid_to_institution="Here the facility buys and bills the drug: Medicare pays the facility, not you.",
    institutions_citation="42 CFR 410.26(b)(1); in a surgical center 42 CFR 416.164",
)
# What is used up or worn; the places are those that the DME MACs take as a home.
SUPPLY = Schedule(
    kind="equipment",
    name="DMEPOS fee schedule",
    citation="Claims Processing Manual, ch. 20",
    section="§20",
    statuses=("X", "E"),
    pays_elsewhere="DMEPOS fee schedule",
    note="By where the patient lives, not by where the practice is: give the ZIP code of the patient's home.",
    mandatory_assignment=False,
    statuses_at_home=("P",),
    by_state=True,
)
EQUIPMENT = replace(
    SUPPLY,
    institutions=frozenset({"21", "31", "51", "61"}),
    paid_to_institution="Medicare pays for equipment that is used at home: here the facility furnishes its own.",
    institutions_citation="42 CFR 410.38(a)",
)
SCHEDULES = (LABORATORY, DRUG, SUPPLY, EQUIPMENT)
LISTED_STATUSES = frozenset(status for each in SCHEDULES for status in each.statuses + each.statuses_at_home)
