"""Preventive services without deductible and coinsurance: Claims Processing Manual, ch. 18, §1.2 (table) and §1.3.

Social Security Act §1833(a)(1) and (b) waives both for the services that the manual lists by code; modifier 33
alone waives nothing. Laboratory tests are free by their own schedule and are not repeated here. Not waived, though
also called preventive: electrocardiograms at the welcome visit (G0403 to G0405), diabetes training (G0108, G0109),
glaucoma screening (G0117, G0118) and the prostate examination (G0102).
"""

from datetime import date

FREE_OF_COST_SHARING = frozenset(
    {
        *(
            "G0402",
            "G0438",
            "G0439",
            "G0513",
            "G0514",
        ),  # welcome and annual wellness visits, prolonged services
        *("76706", "G0296", "71271"),  # aortic aneurysm; lung cancer: counseling and scan
        *("77063", "77067", "76977", "77078", "77080", "77081", "77085", "G0130"),  # mammography, bone mass
        *("G0101", "Q0091", "G0124", "G0141", "P3001"),  # pelvic exam and Pap test
        *("G0104", "G0105", "G0121", "00812"),  # screening of the colon, and the anesthesia for it
        *("97802", "97803", "97804", "G0270", "G0271"),  # medical nutrition therapy
        *("99406", "99407", "G0442", "G0443", "G0444"),  # tobacco, alcohol, depression
        *("G0445", "G0446", "G0447", "G0473"),  # infections, heart disease, obesity
        *("G0011", "G0012", "G0013"),  # prevention of HIV
    }
)


# Giving the vaccines that Part B pays for in full: influenza, pneumococcal, hepatitis B, COVID-19 (also at home).
# Claims Processing Manual, ch. 18, §10.
VACCINE_ADMINISTRATION = frozenset({"G0008", "G0009", "G0010", "90480", "M0201"})

# Waived later than the manual's table has it: CT colonography (42 CFR 410.37 and 410.152(l); 89 FR 97710).
FREE_SINCE = {"74263": date(2025, 1, 1)}


def is_free_of_cost_sharing(code: str, at: date) -> bool:
    """Whether the patient pays nothing for a code on this date of service.

    >>> is_free_of_cost_sharing("G0439", date(2026, 8, 1)), is_free_of_cost_sharing("74263", date(2024, 8, 1))
    (True, False)
    """
    return code in FREE_OF_COST_SHARING | VACCINE_ADMINISTRATION or at >= FREE_SINCE.get(code, date.max)
