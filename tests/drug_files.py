"""Files of Part B drugs in CMS's layouts, with CMS's figures of the first quarter of 2026 and texts of our own."""

from collections.abc import Sequence

TITLES = (
    "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Vaccine AWP%,"
    "Vaccine Limit,Blood AWP%,Blood limit,Clotting Factor,Notes"
)
ROWS = (
    "J0897,Drug one,1 MG,29.457,17.585,,,,,,Inflation-adjusted coinsurance",
    "J1885,Drug two,15 MG,0.333,20.000,,,,,,",
    "90677,Vaccine,0.5 ML,312.902,0.000,95,312.902,,,,",
    "90662,Vaccine,0.5 ML,98.160,0.000,95,98.160,,,,see the vaccine pricing webpage",
    'A9606,Drug three,1 UCI,N/A,20.000,,,,,,"two\nlines"',
    "J7190,Factor,1 IU,1.264,20.000,,,,,1,",
)
NDC_TITLES = (
    "_2025_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,"
    "BILLUNITS,BILLUNITSPKG"
)
NDC_ROWS = (
    "J0897,Drug one,Maker,55513-0710-01,Brand,1 MG,1,1,60,60",
    "J0897,Drug one,Maker,55513-0730-01,Brand,1 MG,1.7,1,120,120",
    "J1885,Drug two,Maker,00409-3795-01,Generic,15 MG,1,25,2,50",
    "J7331,Device,Maker,888867413689,Gel,1 MG,2,3,20,60",
)


def limits(*rows: str, heading: str = "", behind: str = "") -> bytes:
    """A file of payment limits: `heading` is the quarter ("January 1, 2026 through March 31, 2026")."""
    top = (
        ["Payment Allowance Limits for Medicare Part B Drugs,,,", "", f'"Effective {heading}",,']
        if heading
        else []
    )
    return _text([*top, *(line + behind for line in (TITLES, *(rows or ROWS)))])


def crosswalk(*rows: str, heading: str = "January 1, 2026 through March 31, 2026") -> bytes:
    """An NDC crosswalk with two of CMS's empty columns behind the last title."""
    top = [
        "January 2026 ASP NDC - HCPCS Crosswalk for Medicare Part B Drugs,,",
        f'"     Effective {heading}",,',
    ]
    return _text([*top, *(line + ",," for line in (NDC_TITLES, *(rows or NDC_ROWS)))])


def unclassified(*rows: str) -> bytes:
    """A file of drugs without a code of their own."""
    top = ["Payment Allowance Limits for Medicare Part B Not Otherwise Classified (NOC) Drugs,,,"]
    quarter = '"Effective January 1, 2026 through March 31, 2026",,,'
    return _text([*top, quarter, "Drug Generic Name (Trade Name),Dosage,Payment Limit,Notes", *rows])


def single_dose(*codes: str) -> bytes:
    """CMS's list of single-dose drugs, as an extract has it."""
    return _text(["hcpcs,single_dose,effective_note,source", *(f"{code},True,note,source" for code in codes)])


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")
