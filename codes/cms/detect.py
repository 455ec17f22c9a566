"""Which of CMS's files is this? Its first lines say so; where they say nothing, its name does.

A name alone misleads (copies get renamed), and so may a header alone (a damaged file has none). Where the two
disagree the header wins. A file known by its name only is still handed to that format's parser, which refuses
it with line and column: better than passing over a damaged file in silence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from codes.cms import coverage_tables, unread
from codes.cms.archive import Member
from codes.cms.layout import LayoutError
from codes.cms.web_page import FIRST_BYTES, web_page
from codes.cms.workbook import first_sheet, is_workbook

_FIRST_CHARACTERS = 16 * 1024


class Format(Enum):
    """A file that we read. The value is how we call it to the operator."""

    PPRRVU_CSV = "relative value units (csv)"
    PPRRVU_TXT = "relative value units (txt)"
    GPCI_CSV = "geographic practice cost indices (csv)"
    GPCI_TXT = "geographic practice cost indices (txt)"
    LOCALITIES_CSV = "localities and counties (csv)"
    LOCALITIES_TXT = "localities and counties (txt)"
    LOCALITIES_XLSX = "localities and counties (xlsx)"
    ANESTHESIA_CSV = "anesthesia conversion factors (csv)"
    ANESTHESIA_TXT = "anesthesia conversion factors (txt)"
    OPPS_CAP_CSV = "imaging cap amounts (csv)"
    OPPS_CAP_TXT = "imaging cap amounts (txt)"
    PAYMENT_AMOUNTS = "published payment amounts"
    ZIP_LOCALITY = "ZIP codes and localities"
    HCPCS_CSV = "HCPCS Level II codes (csv)"
    HCPCS_MODIFIERS_CSV = "HCPCS Level II modifiers (csv)"
    HCPCS_ANWEB = "HCPCS Level II codes and modifiers"
    RBCS = "restructured BETOS classification"
    PTP = "NCCI procedure-to-procedure edits"
    MUE = "NCCI medically unlikely edits"
    ADD_ON_CSV = "NCCI add-on code edits (csv)"
    ADD_ON_TXT = "NCCI add-on code edits (txt)"
    ADD_ON_XLSX = "NCCI add-on code edits (xlsx)"
    CLFS_CSV = "clinical laboratory fee schedule (csv)"
    CLFS_TXT = "clinical laboratory fee schedule (txt)"
    CLFS_XLSX = "clinical laboratory fee schedule (xlsx)"
    ASP_LIMITS = "payment limits of Part B drugs (ASP)"
    ASP_NOC = "payment limits of unclassified Part B drugs"
    ASP_NDC = "NDC to HCPCS crosswalk"
    SINGLE_DOSE = "single-dose drugs (JW, JZ)"
    ANESTHESIA_BASE_XLSX = "anesthesia base units"
    ASC = "surgery center addenda"
    ASC_XLSX = "surgery center addenda (xlsx)"
    OPPS_A = "outpatient hospital groups, Addendum A"
    OPPS_A_XLSX = "outpatient hospital groups, Addendum A (xlsx)"
    OPPS_B = "outpatient hospital rates, Addendum B"
    OPPS_B_XLSX = "outpatient hospital rates, Addendum B (xlsx)"
    DMEPOS_CSV = "DMEPOS fees (csv)"
    PEN_CSV = "DMEPOS fees of nutrition (csv)"
    DMEPOS_RURAL = "rural ZIP codes of DMEPOS"
    ICD10_XML = "ICD-10-CM tabular list"
    POLICY_MANUAL = "NCCI Policy Manual"
    PSPS = "services billed and denied (PSPS)"
    COVERAGE = "Medicare Coverage Database"
    POLICY_MANUAL_REFERENCES = "references to the NCCI Policy Manual (csv)"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is passed over, and why, in words for the operator."""

    reason: str


_HEADERS = (
    (Format.PPRRVU_CSV, r"^HCPCS,MOD,DESCRIPTION|National Physician Fee Schedule Relative Value File"),
    (Format.PPRRVU_TXT, r"\AHDR .*\n(HDR.*\n)*[0-9A-Z]{5}.{166}$"),
    (Format.GPCI_CSV, r"^.*,\"?Locality Name\"?,.*\bPW GPCI"),
    (Format.GPCI_TXT, r"^[^,\n]*Locality Name[^,\n]*PW GPCI"),
    (Format.LOCALITIES_CSV, r"^.*,Fee Schedule Area ?,Counties"),
    (Format.LOCALITIES_TXT, r"^[^,\n]*Fee Schedule Area[^,\n]* Counties"),
    (Format.ANESTHESIA_CSV, r"^.*,\"?National Anes CF"),
    (Format.ANESTHESIA_TXT, r"\A\d{5} {7}\d\d {4}.{51} *\d{4}$"),
    (Format.OPPS_CAP_CSV, r"^HCPCS,MOD,PROCSTAT"),
    (Format.OPPS_CAP_TXT, r"\A[0-9A-Z]{5}(?:TC|26|  ) [A-Z] \d{5}  \d\d[ \d.]{19}$"),
    (Format.PAYMENT_AMOUNTS, r"\A\"20\d\d\",\"\d{5}\",\"\d\d\",\"[0-9A-Z]{5}\""),
    (Format.ZIP_LOCALITY, r"\A[A-Z]{2}\d{12}[ RB](?:Z\d|  )[ RB]  [01] . {52}20\d{3}$"),
    (Format.HCPCS_CSV, r"\Acode,long_description"),
    (Format.HCPCS_MODIFIERS_CSV, r"\Amodifier,long_description"),
    (Format.HCPCS_ANWEB, r"^(?:[A-Z]\d{4}| {3}[0-9A-Z]{2})\d{5}[3478].{309}$"),
    (Format.RBCS, r"\Ahcpcs_code,rbcs_"),
    (Format.PSPS, r"\A\"?HCPCS_CD\"?,\"?HCPCS_INITIAL_MODIFIER_CD"),
    (Format.PTP, r"^Column1/Column2 Edits|^Column 1\tColumn 2\t"),
    (Format.MUE, r"MUE Adjudication Indicator"),
    (Format.ADD_ON_CSV, r"\Aprimary_code,add_on_code"),
    (Format.CLFS_CSV, r"^YEAR,HCPCS,MOD,EFF_DATE,"),
    (Format.CLFS_TXT, r"^20\d\d~[0-9A-Z]{5}~.{2}~20\d{6}~[NL]~"),
    (Format.ASC, r"^\W*Addendum (?:AA|BB|EE) ?-+ *ASC|^\W*Addendum EE ?-+ .*\bASCs"),
    (Format.OPPS_A, r"^\W*Addendum A\.? ?-+.*\bOPPS APCs"),
    (Format.OPPS_B, r"^\W*Addendum B\.? ?-+.*\bOPPS Payment"),
    (Format.DMEPOS_CSV, r"^HCPCS,Mod,Mod2,JURIS,CATG"),
    (Format.PEN_CSV, r"^HCPCS,Mod,Mod2,[A-Z]{2} ?\(NR\)"),
    (Format.DMEPOS_RURAL, r"\ASTATE,DMEPOS RURAL ZIP"),
    (Format.ICD10_XML, r"<ICD10CM\.tabular>"),
    (Format.POLICY_MANUAL, r"Medicare NCCI (?:Coding )?Policy Manual$"),
    (Format.POLICY_MANUAL_REFERENCES, r"\Achapter,section,number,page,codes$"),
    (
        Format.ASP_LIMITS,
        r"^HCPCS Code,Short Description,HCPCS Code Dosage|Payment Allowance Limits for Medicare Part B Drugs",
    ),
    (
        Format.ASP_NOC,
        r"^Drug Generic Name \(Trade Name\),|Payment Allowance Limits for Medicare Part B Not Otherwise",
    ),
    (Format.ASP_NDC, r"ASP NDC - HCPCS Crosswalk"),
    (Format.SINGLE_DOSE, r"\Ahcpcs,single_dose,"),
    (Format.ADD_ON_TXT, r"\A[123][0-9A-Z]{5}[\d ]{7}[0-9A-Z]{5}[\d ]{7}\d{7}"),
)
_NAMES = (
    (Format.PPRRVU_CSV, r"^PPRRVU.*\.csv$"),
    (Format.PPRRVU_TXT, r"^PPRRVU.*\.txt$"),
    (Format.GPCI_CSV, r"^GPCI.*\.csv$"),
    (Format.GPCI_TXT, r"^GPCI.*\.txt$"),
    (Format.LOCALITIES_CSV, r"^\d\dLOCCO.*\.csv$"),
    (Format.LOCALITIES_TXT, r"^\d\dLOCCO.*\.txt$"),
    (Format.ANESTHESIA_CSV, r"^ANES\d{4}.*\.csv$"),
    (Format.ANESTHESIA_TXT, r"^ANES\d{4}.*\.txt$"),
    (Format.OPPS_CAP_CSV, r"^OPPSCAP.*\.csv$"),
    (Format.OPPS_CAP_TXT, r"^OPPSCAP.*\.txt$"),
    (Format.PAYMENT_AMOUNTS, r"^PF(?:ALL|REV).*\.txt$"),
    (Format.ZIP_LOCALITY, r"^ZIP5.*\.txt$"),
    (Format.HCPCS_ANWEB, r"^HCPC.*ANWEB.*\.txt$"),
    (Format.RBCS, r"^rbcs.*\.csv$"),
    (Format.PTP, r"^cci(?:pra|oph).*\.txt$"),
    (Format.MUE, r"^MCR_MUE_.*\.csv$"),
    (Format.ADD_ON_TXT, r"^AOC_.*\.txt$"),
    (Format.DMEPOS_CSV, r"^DMEPOS_[A-Z]{3}.*\.csv$"),
    (Format.PEN_CSV, r"^DMEPEN_[A-Z]{3}.*\.csv$"),
    (Format.DMEPOS_RURAL, r"^DME Rural ZIP.*\.csv$"),
    (Format.ICD10_XML, r"^icd10.*tabular.*\.xml$"),
    (Format.POLICY_MANUAL, r"ncci.*policy.*manual.*\.pdf$"),
    (Format.ASP_LIMITS, r"ASP[_ ]Pricing.*\.csv$"),
    (Format.ASP_NOC, r"NOC[_ ]Pricing.*\.csv$"),
    (Format.ASP_NDC, r"ASP[_ ](?:NDC.*)?Crosswalk.*\.csv$"),
    (Format.CLFS_CSV, r"^(?:PUF_)?CLFS.*\.csv$"),
    (Format.CLFS_TXT, r"^(?:PUF_)?CLFS.*\.txt$"),
)
_SHEETS = (
    (Format.ADD_ON_XLSX, r"^AOC_Edit_Type,Add-On_Code,"),
    (Format.CLFS_XLSX, r"^YEAR,HCPCS,MOD,EFF_DATE,"),
    (Format.LOCALITIES_XLSX, r"^.*,Fee Schedule Area ?,Counties"),
    (Format.ANESTHESIA_BASE_XLSX, r"^CODE,[^,]*$"),
    (Format.ASC_XLSX, r"^Addendum AA ?-+ *ASC"),
    (Format.OPPS_A_XLSX, r"^,?Addendum A\.? ?-+.*\bOPPS APCs"),
    (Format.OPPS_B_XLSX, r"^,?Addendum B\.? ?-+.*\bOPPS Payment"),
)


def detect(member: Member) -> Format | Skipped:
    """The format of a file, or the reason why it is passed over."""
    with member.open() as stream:
        raw = stream.read(FIRST_BYTES)
    if words := web_page(raw) or unread.named(member.name):
        return Skipped(words)
    if is_workbook(member.name):
        return _detect_workbook(member)
    head = _text(raw)
    table = coverage_tables.table_of(head, member.name)
    if table is not None:
        return Format.COVERAGE if table else Skipped(coverage_tables.UNREAD)
    if kind := _first_match(_HEADERS, head):
        return kind
    if words := unread.beginning_with(head):
        return Skipped(words)
    unknown = "not a file that we know" if raw else "an empty file: its download or copy broke off"
    return _first_match(_NAMES, member.name) or Skipped(unknown)


def first_text(member: Member) -> str:
    """The beginning of a file as text."""
    with member.open() as stream:
        return _text(stream.read(FIRST_BYTES))


def _text(raw: bytes) -> str:
    """The first lines as text, whatever their line ends are."""
    head = raw[:_FIRST_CHARACTERS].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return head.replace("\r\n", "\n").replace("\r", "\n")


def _first_match(patterns: Iterable[tuple[Format, str]], text: str) -> Format | None:
    found = (kind for kind, pattern in patterns if re.search(pattern, text, re.MULTILINE | re.IGNORECASE))
    return next(found, None)


def _detect_workbook(member: Member) -> Format | Skipped:
    """By the titles of its first rows."""
    if words := unread.workbook(member.name):
        return Skipped(words)
    try:
        with member.open() as stream:
            rows = [cells for _, cells in first_sheet(stream, member.name, most_rows=8)]
    except LayoutError as refusal:
        return Skipped(refusal.why)
    text = "\n".join(",".join(cells) for cells in rows)
    if kind := _first_match(_SHEETS, text):
        return kind
    return Skipped(unread.beginning_with(text) or "a workbook that we do not know")
