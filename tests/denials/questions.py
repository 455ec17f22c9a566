"""Denials as billers ask about them, each with the step that is right: by the remittance alone, with facts of the
code, and with other payers."""

from datetime import date

from codes.denials.denial import CodeFacts
from codes.denials.payers import Payer
from codes.denials.routes import Route
from codes.ncci import Mue, PtpEdit
from tests.pricing.figures import made_up as row

TODAY = date(2026, 11, 29)
MEDICARE = Payer.MEDICARE
NEW, REPLACE, REOPEN, APPEAL = Route.NEW_CLAIM, Route.REPLACEMENT, Route.REOPENING, Route.REDETERMINATION
PATIENT, OTHER, RECORDS, FIND = Route.PATIENT, Route.OTHER_PAYER, Route.RECORDS, Route.INFORMATION
OFF, WAIT, NOTHING, PLAN = Route.WRITE_OFF, Route.WAIT, Route.NO_ACTION, Route.PAYER_APPEAL

NEVER_BYPASSED = PtpEdit("45385", "45378", "0", date(1996, 1, 1))
BYPASSED = PtpEdit("45385", "45380", "1", date(1996, 1, 1))
PASSING = ("59", "XE", "XS", "XP", "XU", "25")


def limited(code: str, units: int, mai: str, **fields: str) -> CodeFacts:
    return CodeFacts(row=row(code, **fields), limit=Mue(code, units, mai))


def paired(code: str, edit: PtpEdit | None) -> CodeFacts:
    return CodeFacts(row=row(code), edit=edit, is_pair_checked=True, passing=PASSING if edit else ())


# What the remittance says, the step, and where the rule stands.
WITHOUT_A_CODE = [
    ("CO-16", "N290", NEW, "ch. 1, §80.3"),
    ("CO-16", "", NEW, "ch. 1, §80.3"),
    ("CO-16", "MA120", NEW, "ch. 1, §80.3"),
    ("CO-16", "MA04", NEW, "Secondary Payer"),
    ("CO-16", "M127", RECORDS, "ch. 34, §10.3"),
    ("CO-16", "N264 N575", REOPEN, "424.507"),
    ("CO-16", "N265 MA130", NEW, "ch. 1, §80.3"),
    ("CO-16", "M76 MA01", REOPEN, "ch. 34, §10.4"),
    ("CO-16", "N517", NEW, "ch. 1, §80.3"),
    ("CO-31", "", NEW, "ch. 1, §80.3"),
    ("PR-31", "", NEW, "ch. 1, §80.3"),
    ("CO-140", "", NEW, "ch. 1, §80.3"),
    ("CO-206", "", NEW, "ch. 1, §80.3"),
    ("CO-111", "", NEW, "ch. 1, §30.3.1"),
    ("CO-181", "", NEW, "162.1002"),
    ("CO-182", "", NEW, "ch. 1, §80.3"),
    ("CO-146", "", NEW, "ch. 1, §80.3"),
    ("CO-146", "MA01", REOPEN, "ch. 34, §10.4"),
    ("CO-4", "N519", REOPEN, "ch. 34, §10.4"),
    ("CO-4", "N519 MA130", NEW, "ch. 1, §80.3"),
    ("CO-5", "", REOPEN, "ch. 26, §10.5"),
    ("CO-58", "", REOPEN, "ch. 26, §10.5"),
    ("CO-5", "M97", OTHER, "ch. 12, §20.4.2"),
    ("CO-6", "", REOPEN, "ch. 34, §10.4"),
    ("PR-6", "N129", PATIENT, ""),
    ("CO-7", "", REOPEN, "ch. 32, §240"),
    ("CO-8", "", FIND, "ch. 26, §10.8"),
    ("CO-11", "", REOPEN, "ch. 34, §10.4"),
    ("CO-11", "N115", REOPEN, "ch. 34, §10.4"),
    ("CO-167", "", REOPEN, "ch. 34, §10.4"),
    ("CO-18", "", FIND, "405.980(a)(3)(iii)"),
    ("OA-18", "N522", WAIT, ""),
    ("CO-B13", "", FIND, "ch. 1, §120"),
    ("CO-19", "", OTHER, "42 CFR 411.40"),
    ("CO-20", "", OTHER, "42 CFR 411.50"),
    ("CO-21", "", OTHER, "42 CFR 411.50"),
    ("CO-22", "", OTHER, "42 CFR 411.20"),
    ("OA-22", "", OTHER, "42 CFR 411.20"),
    ("CO-22", "N4", NEW, "Secondary Payer"),
    ("OA-23", "", NOTHING, ""),
    ("CO-24", "", OTHER, "42 CFR 422.100"),
    ("CO-26", "", OTHER, ""),
    ("PR-27", "", PATIENT, ""),
    ("CO-29", "", OFF, "424.44"),
    ("CO-45", "", NOTHING, ""),
    ("PR-45", "", PATIENT, "1848(g)"),
    ("CO-253", "", NOTHING, "Budget Control Act"),
    ("PR-1", "", PATIENT, ""),
    ("PR-2", "MA18", WAIT, ""),
    ("PR-3", "N192", OTHER, "1902(n)"),
    ("PR-49", "", PATIENT, "1862(a)(7)"),
    ("CO-50", "", APPEAL, "ch. 29, §310"),
    ("CO-50", "N115", APPEAL, "ch. 29, §310"),
    ("CO-50", "N706", RECORDS, "ch. 34, §10.3"),
    ("PR-50", "", PATIENT, "ch. 30, §50"),
    ("CO-55", "", APPEAL, "405.940"),
    ("PR-55", "", PATIENT, ""),
    ("CO-59", "", NOTHING, "ch. 12, §40.6"),
    ("CO-60", "", OTHER, "ch. 12, §90.7"),
    ("CO-96", "", FIND, ""),
    ("CO-96", "N115", APPEAL, "ch. 29, §310"),
    ("PR-96", "N425", PATIENT, "1862"),
    ("CO-96", "N425", OFF, "1862"),
    ("CO-96", "N429", REOPEN, "ch. 15, §290"),
    ("CO-96", "N776", REOPEN, "410.78"),
    ("CO-96", "M2", OTHER, "ch. 12, §20.4.2"),
    ("CO-97", "M15", OFF, "ch. 12, §20.3"),
    ("CO-97", "N390", OFF, "ch. 12, §20.3"),
    ("CO-97", "N70", OTHER, "ch. 6, §10"),
    ("CO-97", "N525", REOPEN, "ch. 12, §40.1"),
    ("CO-97", "M144", REOPEN, "ch. 12, §40.1"),
    ("CO-97", "", FIND, "ch. 23, §20.9"),
    ("CO-107", "", REOPEN, "add-on"),
    ("CO-109", "", OTHER, "ch. 1, §10"),
    ("CO-109", "N105", OTHER, "ch. 1, §10"),
    ("CO-109", "N106", OTHER, "ch. 6, §10"),
    ("CO-116", "", OFF, "ch. 30, §50"),
    ("CO-119", "", OFF, ""),
    ("PR-119", "", PATIENT, ""),
    ("CO-133", "", WAIT, ""),
    ("CO-150", "M25", APPEAL, "ch. 29, §310"),
    ("CO-151", "N362", FIND, "ch. I, §V"),
    ("CO-170", "N95", OFF, ""),
    ("PR-170", "", PATIENT, ""),
    ("CO-183", "N574", REOPEN, "424.507"),
    ("CO-190", "", OTHER, "ch. 6, §20"),
    ("CO-193", "", Route.RECONSIDERATION, "405.962"),
    ("CO-194", "", OFF, "ch. 12, §50"),
    ("CO-197", "", FIND, "419.80"),
    ("PR-204", "", PATIENT, ""),
    ("CO-204", "", OFF, ""),
    ("CO-204", "N30", OFF, ""),
    ("OA-209", "", OTHER, "1902(n)"),
    ("CO-226", "", RECORDS, "405.980(a)(2)"),
    ("CO-234", "", OFF, "ch. 12, §20.3"),
    ("CO-236", "", FIND, "ch. 23, §20.9"),
    ("CO-246", "", NOTHING, ""),
    ("CO-252", "N706", RECORDS, "ch. 34, §10.3"),
    ("CO-252", "N4", NEW, "Secondary Payer"),
    ("CO-A1", "", FIND, ""),
    ("CO-A1", "N657 MA130", NEW, "ch. 1, §80.3"),
    ("CO-B7", "", FIND, "424.516"),
    ("CO-B7", "MA120", NEW, "ch. 16, §70"),
    ("CO-B9", "", OTHER, "ch. 11, §40.1.3"),
    ("CO-B11", "", WAIT, ""),
    ("CO-B12", "", APPEAL, "405.940"),
    ("CO-B14", "", REOPEN, "ch. 12, §30.6.7"),
    ("CO-B15", "M80", FIND, "NCCI"),
    ("CO-B16", "", REOPEN, "ch. 12, §30.6.7"),
    ("CO-B20", "", FIND, ""),
    ("CO-888", "", FIND, ""),
    ("PR-888", "", PATIENT, ""),
]


BUNDLED = CodeFacts(row=row("97010", status="B"))
KNEE = limited(
    "27447", 1, "2", bilateral_surgery="1", global_days="090", assistant_surgery="2", co_surgeons="1"
)
LABORATORY = limited("80053", 1, "3")
CHEST = CodeFacts(row=row("71046", pctc="1"))
THERAPY = limited("97110", 6, "3", multiple_procedure="5")
VISIT = limited("99213", 2, "3")
CATARACT = CodeFacts(row=row("66984", global_days="090", bilateral_surgery="1"))
ADD_ON = CodeFacts(row=row("22614", global_days="ZZZ"), is_add_on=True)

# The remittance, the code with its facts, what was billed, the step.
WITH_A_CODE = [
    ("CO-97", "M15", {"code": "97010", "facts": BUNDLED}, OFF),
    ("CO-97", "", {"code": "97010", "facts": BUNDLED}, OFF),
    ("CO-234", "", {"code": "97010", "facts": BUNDLED}, OFF),
    ("CO-97", "", {"code": "94760", "facts": CodeFacts(row=row("94760", status="T"))}, OFF),
    ("CO-151", "N362", {"code": "27447", "facts": KNEE}, REOPEN),
    ("CO-151", "N362", {"code": "27447", "facts": KNEE, "modifiers": "LT RT", "units": 2}, REOPEN),
    ("CO-151", "", {"code": "27447", "facts": KNEE, "units": 2}, REOPEN),
    ("CO-151", "", {"code": "27447", "facts": KNEE, "modifiers": "50", "units": 1}, REOPEN),
    ("CO-151", "N362", {"code": "80053", "facts": limited("80053", 1, "2")}, OFF),
    ("CO-151", "N362", {"code": "97110", "facts": THERAPY, "units": 8}, APPEAL),
    ("CO-151", "N362", {"code": "97110", "facts": THERAPY, "units": 4}, FIND),
    ("CO-151", "N362", {"code": "11042", "facts": limited("11042", 1, "1")}, REOPEN),
    ("CO-151", "", {"code": "97110", "facts": THERAPY}, APPEAL),
    ("PR-151", "", {"code": "97110", "facts": THERAPY, "modifiers": "GA"}, PATIENT),
    ("CO-151", "N362", {"code": "97110", "facts": THERAPY, "modifiers": "GA", "units": 9}, APPEAL),
    ("CO-236", "", {"code": "45378", "other": "45385", "facts": paired("45378", NEVER_BYPASSED)}, OFF),
    ("CO-236", "", {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED)}, REOPEN),
    ("CO-97", "", {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED)}, REOPEN),
    ("CO-B15", "M80", {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED)}, REOPEN),
    (
        "CO-236",
        "",
        {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED), "modifiers": "XS"},
        APPEAL,
    ),
    ("CO-236", "", {"code": "45385", "other": "45380", "facts": paired("45385", BYPASSED)}, FIND),
    ("CO-236", "", {"code": "36415", "other": "71046", "facts": paired("36415", None)}, FIND),
    ("CO-236", "", {"code": "99213", "facts": VISIT}, REOPEN),
    ("CO-97", "", {"code": "99213", "facts": VISIT, "modifiers": "25"}, APPEAL),
    ("CO-97", "N525", {"code": "99213", "facts": VISIT}, REOPEN),
    ("CO-97", "N525", {"code": "99213", "facts": VISIT, "modifiers": "24"}, APPEAL),
    ("CO-97", "M144", {"code": "27447", "facts": KNEE, "modifiers": "79"}, APPEAL),
    ("CO-97", "", {"code": "G2211", "other": "99213"}, OFF),
    ("CO-50", "", {"code": "80053", "modifiers": "GZ"}, OFF),
    ("CO-50", "", {"code": "80053", "modifiers": "GY"}, PATIENT),
    ("50", "", {"code": "80053", "modifiers": "GA"}, PATIENT),
    ("PR-50", "", {"code": "80053", "modifiers": "GA"}, PATIENT),
    ("CO-50", "", {"code": "80053", "modifiers": "GA"}, APPEAL),
    ("CO-50", "", {"code": "98941"}, REOPEN),
    ("CO-50", "", {"code": "98941", "modifiers": "AT"}, APPEAL),
    ("CO-119", "", {"code": "97110", "facts": THERAPY}, REOPEN),
    ("CO-119", "", {"code": "97110", "facts": THERAPY, "modifiers": "GP KX"}, APPEAL),
    ("PR-119", "", {"code": "97110", "facts": THERAPY, "modifiers": "GA"}, PATIENT),
    ("CO-4", "", {"code": "97110", "facts": THERAPY}, REOPEN),
    ("CO-18", "", {"code": "80053", "facts": LABORATORY}, REOPEN),
    ("CO-18", "", {"code": "71046", "facts": CHEST}, REOPEN),
    ("CO-18", "", {"code": "27447", "facts": KNEE}, REOPEN),
    ("CO-18", "", {"code": "99213", "facts": VISIT}, FIND),
    ("CO-18", "", {"code": "99213", "facts": VISIT, "modifiers": "76"}, REOPEN),
    ("CO-54", "", {"code": "27447", "facts": KNEE, "modifiers": "AS"}, REOPEN),
    ("CO-54", "", {"code": "11042", "facts": CodeFacts(row=row("11042", assistant_surgery="1"))}, OFF),
    ("CO-54", "", {"code": "29881", "facts": CodeFacts(row=row("29881", assistant_surgery="0"))}, APPEAL),
    ("CO-54", "", {"code": "27447", "facts": KNEE, "modifiers": "62"}, APPEAL),
    ("CO-54", "", {}, FIND),
    ("CO-59", "", {"code": "99213", "facts": CodeFacts(row=row("99213", multiple_procedure="0"))}, REOPEN),
    ("CO-96", "", {"code": "97014", "facts": CodeFacts(row=row("97014", status="I"))}, REOPEN),
    ("PR-96", "", {"code": "92015", "facts": CodeFacts(row=row("92015", status="N"))}, PATIENT),
    ("CO-96", "", {"code": "92015", "facts": CodeFacts(row=row("92015", status="N"))}, OFF),
    ("96", "", {"code": "92015", "facts": CodeFacts(row=row("92015", status="N"))}, PATIENT),
    ("CO-5", "", {"code": "71046", "facts": CHEST, "pos": "21"}, REOPEN),
    ("CO-97", "M97", {"code": "71046", "facts": CHEST}, REOPEN),
    ("CO-97", "M97", {"code": "71046", "facts": CHEST, "modifiers": "TC"}, REOPEN),
    ("CO-B7", "", {"code": "80053", "facts": LABORATORY}, REOPEN),
    ("CO-B9", "", {"code": "99213", "facts": VISIT, "modifiers": "GW"}, APPEAL),
    ("CO-B14", "", {"code": "99213", "facts": VISIT, "modifiers": "25"}, APPEAL),
    ("CO-B15", "", {"code": "22614", "facts": ADD_ON}, REOPEN),
    ("CO-107", "N122", {"code": "22614", "facts": ADD_ON}, REOPEN),
    ("CO-B20", "", {"code": "71046", "facts": CHEST}, REOPEN),
    ("CO-B20", "", {"code": "66984", "facts": CATARACT}, REOPEN),
    ("CO-49", "", {"code": "G0439"}, REOPEN),
    ("PR-49", "", {"code": "99397"}, PATIENT),
]


ELSEWHERE = [
    ("CO-4", "", Payer.COMMERCIAL, REPLACE),
    ("CO-16", "M76", Payer.COMMERCIAL, REPLACE),
    ("CO-16", "MA130", Payer.MEDICAID, NEW),
    ("CO-11", "", Payer.ADVANTAGE, REPLACE),
    ("CO-50", "", Payer.ADVANTAGE, PLAN),
    ("CO-50", "N115", Payer.COMMERCIAL, PLAN),
    ("CO-29", "", Payer.COMMERCIAL, PLAN),
    ("CO-29", "", Payer.MEDICAID, PLAN),
    ("CO-24", "", Payer.COMMERCIAL, OFF),
    ("CO-24", "", Payer.MEDICAID, OTHER),
    ("CO-22", "", Payer.COMMERCIAL, OTHER),
    ("CO-45", "", Payer.COMMERCIAL, NOTHING),
    ("PR-204", "", Payer.COMMERCIAL, PATIENT),
    ("CO-197", "", Payer.COMMERCIAL, FIND),
    ("CO-197", "", Payer.ADVANTAGE, FIND),
    ("CO-252", "N706", Payer.COMMERCIAL, RECORDS),
    ("CO-193", "", Payer.COMMERCIAL, PLAN),
    ("CO-39", "", Payer.COMMERCIAL, PLAN),
    ("CO-256", "", Payer.COMMERCIAL, OFF),
    ("CO-257", "", Payer.COMMERCIAL, WAIT),
]
