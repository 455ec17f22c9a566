"""Whether and where the physician fee schedule pays a code: status, unused values, NA."""

from codes.knowledge.meaning import LAYOUT, define

STATUS = define(
    "status",
    "Status",
    "Whether the physician fee schedule has an amount for the code, and who prices it if not.",
    f"{LAYOUT}, status code",
    {
        "A": (
            "Priced on the physician fee schedule",
            "Medicare pays it separately when it is covered. A price is not a coverage decision: national "
            "and local coverage rules still apply.",
        ),
        "R": (
            "Covered only in special circumstances",
            "Special coverage rules apply. Where CMS publishes no relative values, the Medicare "
            "administrative contractor (MAC) sets the amount.",
        ),
        "T": (
            "Paid only when billed alone",
            "It is paid only if the same provider bills nothing else that is payable on the physician fee "
            "schedule for that patient on that date. Otherwise it is bundled and pays nothing.",
        ),
        "C": (
            "Priced by the MAC",
            "There is no national amount. The Medicare administrative contractor (MAC) prices it, usually "
            "case by case from the documentation.",
        ),
        "B": (
            "Always bundled",
            "Medicare never pays it separately: its payment is inside other services, even when it is the "
            "only line on the claim. The patient may not be billed for it.",
        ),
        "P": (
            "Bundled, or paid under another schedule",
            "Furnished incident to a physician's service on the same day, it is part of that payment. "
            "Otherwise another Medicare schedule pays it, if any does.",
        ),
        "E": (
            "Excluded from the fee schedule",
            "CMS leaves this item or service out of the physician fee schedule by regulation. When it is "
            "covered, as many drugs are, it is paid under another method.",
        ),
        "X": (
            "Not a physician service",
            "By law it is outside the physician fee schedule, as laboratory tests and ambulance trips are. "
            "When it is covered, another Medicare schedule pays it.",
        ),
        "I": (
            "Not valid for Medicare",
            "Medicare wants a different code for this service and denies this one. Other payers may accept "
            "it.",
        ),
        "N": (
            "Not covered by Medicare",
            "Medicare does not pay for it, so the patient may be responsible. Any relative values shown "
            "are for information only.",
        ),
        "M": (
            "For performance reporting only",
            "The code reports a measure and carries no payment.",
        ),
        "J": (
            "Anesthesia: base units plus time",
            "It has no relative values. Medicare pays base units plus time units, times the anesthesia "
            "conversion factor of the locality.",
        ),
        "D": ("Deleted code", "The code was deleted and cannot be billed for dates of service after that."),
        "F": (
            "Deleted without a grace period",
            "The code was deleted, and claims with later dates of service were refused at once.",
        ),
        "G": (
            "Replaced by another Medicare code",
            "Medicare used a different code for this service; this one was accepted for 90 days only. CMS "
            "no longer uses this status.",
        ),
        "H": (
            "Component deleted",
            "This professional or technical component existed the year before and can no longer be billed.",
        ),
        "Q": (
            "Therapy functional reporting only",
            "From 2013 to 2018 the code reported a therapy patient's function. It carried no payment.",
        ),
        "L": ("Local code", "A contractor's own code from before 2004. Medicare no longer accepts it."),
        "S": ("Obsolete status", "A status that CMS no longer uses. Treat the code as not payable."),
    },
    {"J": "42 CFR 414.46; Claims Processing Manual, ch. 12, §50"},
)

NOT_USED = define(
    "not_used_for_medicare",
    "Values not used for Medicare",
    "Whether CMS prints relative values that Medicare does not pay by.",
    "National Physician Fee Schedule Relative Value File documentation, status code",
    {
        "+": (
            "Values not used by Medicare",
            "CMS prints relative values for this code, but Medicare does not pay by them. Other payers may "
            "use them.",
        ),
        "": (
            "No values set aside",
            "CMS marks no relative values of this code as unused. Its status says whether Medicare pays by "
            "them.",
        ),
    },
)

NA = define(
    "na",
    "Office/facility restriction",
    "In which setting CMS considers the service rarely or never done, although the file gives a number.",
    "National Physician Fee Schedule Relative Value File documentation, NA indicators; 42 CFR 414.22(b)(5)",
    {
        "": (
            "Office and facility prices differ",
            "CMS has a value for a facility and one for everywhere else. The place of service on the claim "
            "decides which is paid.",
        ),
        "nonfacility": (
            "Facility only",
            "CMS considers the service rarely or never done outside a facility and repeats the facility "
            "value there. If the MAC accepts the service in an office, it pays the facility amount.",
        ),
        "facility": (
            "No amount in a facility",
            "In a hospital or other facility the physician fee schedule normally pays nothing for this "
            "line; Medicare pays the facility. The number in the file is not a price.",
        ),
        "both": (
            "No value in either setting",
            "CMS marks both settings as rarely or never used for this line. Ask the MAC whether and how it "
            "prices it.",
        ),
        "unvalued": (
            "No relative values",
            "CMS publishes no relative values for this line, so neither setting has a national amount on "
            "the physician fee schedule.",
        ),
    },
)
