from pathlib import Path

import pytest

from codes.cms.archive import Member, open_members
from codes.cms.detect import Format, Skipped, detect
from tests.cms.workbooks import workbook

INDICATORS = "what the indicators mean: the site says it in its own words"
HEADERS = {
    Format.ASC: '\ufeff"Addendum BB -- ASC Covered Ancillary Services for CY 2026',
    Format.OPPS_A: "\tAddendum A.- OPPS APCs for CY 2025\t",
    Format.OPPS_B: "\tAddendum B.-- OPPS Payment by HCPCS Code for CY 2025\t",
    Format.PPRRVU_CSV: ",,2025 National Physician Fee Schedule Relative Value File October Release,,",
    Format.GPCI_CSV: "ADDENDUM E,,\r\nMAC,State,Locality Number,Locality Name,2025 PW GPCI,2025 PE GPCI",
    Format.GPCI_TXT: "ADDENDUM E\r\n\r\nMedicare Admi State  Locality   Locality Name     2025 PW GPCI",
    Format.LOCALITIES_CSV: "COUNTIES,,,,\r\nContractor,Locality Number,State ,Fee Schedule Area ,Counties",
    Format.LOCALITIES_TXT: "COUNTIES\r\n\r\nMedicare AdmiLocality   State    Fee Schedule Area     Counties",
    Format.ANESTHESIA_CSV: "Contractor,Locality,Locality Name,National Anes CF of 20.3178",
    Format.ANESTHESIA_TXT: f"10112       00    {'ALABAMA':54} 1931",
    Format.OPPS_CAP_CSV: "HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE",
    Format.OPPS_CAP_TXT: "0633TTC C 01112  05   150.69    150.69",
    Format.PAYMENT_AMOUNTS: '"2025","01112","57","50688","  ","0000077.78","0000077.78"," "',
    Format.ZIP_LOCALITY: f"AK995010210201 Z9   0 A{' ' * 52}20254",
    Format.HCPCS_CSV: "code,long_description",
    Format.HCPCS_MODIFIERS_CSV: "modifier,long_description",
    Format.HCPCS_ANWEB: f"A0021001003{'Text':309}",
    Format.RBCS: "hcpcs_code,rbcs_procedure,rbcs_category",
    Format.PTP: "A notice.\r\nColumn1/Column2 Edits\r\nColumn 1\tColumn 2\t*=in existence",
    Format.MUE: '"A notice\n"\r\n"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator',
    Format.ADD_ON_CSV: "primary_code,add_on_code,aoc_edit_type",
    Format.ADD_ON_TXT: f"101953{' ' * 7}01952{' ' * 7}2013091{' ' * 7}",
    Format.CLFS_CSV: "2025 Fee Schedule,,\r\nYEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC",
    Format.CLFS_TXT: "HDR~A notice\r\n2025~0001U~  ~20250101~N~00720.00~Text",
    Format.DMEPOS_CSV: "January 2025 Fee Schedule,,\r\nHCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,AL (NR),AL (R)",
    Format.PEN_CSV: "January 2025 Fee Schedule,,\r\nHCPCS,MOD,MOD2,AL(NR),AL(R),AR(NR)",
    Format.DMEPOS_RURAL: "STATE,DMEPOS RURAL ZIP CODE,YEAR/QTR",
    Format.ICD10_XML: '<?xml version="1.0"?>\r\n<ICD10CM.tabular>',
    Format.POLICY_MANUAL: "2026 Contents\nMedicare NCCI Coding Policy Manual\nIntroduction",
    Format.POLICY_MANUAL_REFERENCES: "chapter,section,number,page,codes",
    Format.ASP_LIMITS: "HCPCS Code,Short Description,HCPCS Code Dosage",
    Format.ASP_NOC: ",,\r\nPayment Allowance Limits for Medicare Part B Not Otherwise Classified (NOC) Drugs",
    Format.ASP_NDC: "October 2025 ASP NDC - HCPCS Crosswalk for",
    Format.PSPS: "HCPCS_CD,HCPCS_INITIAL_MODIFIER_CD,PROVIDER_SPEC_CD",
    Format.COVERAGE: "state_id,state_abbrev,description",
    Format.SINGLE_DOSE: "hcpcs,single_dose,effective_note",
    Format.PPRRVU_TXT: f"HDR A NOTICE\r\nHDR ANOTHER\r\n99213{' ' * 166}",
}
NAMES = {
    "PPRRVU2026_Jul_nonQPP.csv": Format.PPRRVU_CSV,
    "PPRRVU2025_Oct.txt": Format.PPRRVU_TXT,
    "GPCI2026.csv": Format.GPCI_CSV,
    "GPCI2026.txt": Format.GPCI_TXT,
    "26LOCCO.csv": Format.LOCALITIES_CSV,
    "26LOCCO.txt": Format.LOCALITIES_TXT,
    "ANES2025.csv": Format.ANESTHESIA_CSV,
    "ANES2025.txt": Format.ANESTHESIA_TXT,
    "OPPSCAP_Oct.csv": Format.OPPS_CAP_CSV,
    "OPPSCAP_Oct.txt": Format.OPPS_CAP_TXT,
    "PFALL26AR.txt": Format.PAYMENT_AMOUNTS,
    "PFREV4.txt": Format.PAYMENT_AMOUNTS,
    "ZIP5_OCT2025.txt": Format.ZIP_LOCALITY,
    "HCPC2026_JUL_ANWEB_06172026.txt": Format.HCPCS_ANWEB,
    "ccipra-v302r0-f1.TXT": Format.PTP,
    "MCR_MUE_PractitionerServices_Eff_04-01-2026.csv": Format.MUE,
    "DMEPOS_JAN.csv": Format.DMEPOS_CSV,
    "DMEPEN_JAN.csv": Format.PEN_CSV,
    "DME Rural ZIP Code Quarter 1, 2025.csv": Format.DMEPOS_RURAL,
    "icd10cm-tabular-2026.xml": Format.ICD10_XML,
    "AOC_V2025Q4_01-MCR.txt": Format.ADD_ON_TXT,
    "PUF_CLFS_CY2026_Q3V1.csv": Format.CLFS_CSV,
    "2026-medicare-ncci-policy-manual-complete.pdf": Format.POLICY_MANUAL,
    "CLFS 2025 Q1V1.csv": Format.CLFS_CSV,
    "section 508 version of Jan 2025 ASP Pricing File updated 030725.csv": Format.ASP_LIMITS,
    "2025Q4_noc_pricing.csv": Format.ASP_NOC,
    "2025Q4_asp_crosswalk.csv": Format.ASP_NDC,
    "CLFS 2025 Q1V1.txt": Format.CLFS_TXT,
}


def member(folder: Path, name: str, content: str | bytes) -> Member:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else f"{content}\r\n".encode())
    (found,) = open_members(path)
    return found


@pytest.mark.parametrize("kind", HEADERS, ids=lambda kind: kind.name)
def test_a_renamed_file_is_known_by_its_first_lines(tmp_path: Path, kind: Format) -> None:
    assert detect(member(tmp_path, "download.dat", HEADERS[kind])) is kind


@pytest.mark.parametrize("name", NAMES)
def test_a_file_without_its_header_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    assert detect(member(tmp_path, name, "damaged")) is NAMES[name]


def test_the_header_wins_over_the_name(tmp_path: Path) -> None:
    misnamed = member(tmp_path, "PPRRVU2025_Oct.csv", HEADERS[Format.GPCI_CSV])
    assert detect(misnamed) is Format.GPCI_CSV


def test_a_byte_order_mark_does_not_hide_the_header(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfcode,long_description\r\n"
    assert detect(member(tmp_path, "download.dat", content)) is Format.HCPCS_CSV


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("RVU25D.pdf", "%PDF", "a document for people to read"),
        ("RVU25A.docx", "PK", "a document for people to read"),
        ("ZIP5lyout.txt", "Zip5 Record Layout", "a description of another file's layout"),
        ("ZIP9_OCT2025.txt", "AK99501", "ZIP codes of nine digits"),
        (
            "pos_codes.csv",
            "pos_code,pos_type",
            "places of service: which are facilities is part of the payment rules",
        ),
        ("PPRRVU2025_Oct.csv", "<!DOCTYPE html><html>", "a web page"),
        ("notes.txt", "hello", "not a file that we know"),
        ("notes.txt", b"", "an empty file"),
        ("download.xlsx", "not a workbook", "is not a workbook that can be read"),
        ("PPRRVU2025_Oct.xlsx", "", "an Excel workbook; CMS publishes the same as csv: load that"),
        ("download.html", "<a href='x'>", "a web page"),
        ("rvu26c.zip.7z", "7z", "packed in a way that CMS does not use"),
        ("x.csv", "Addendum DD1 -- ASC Payment Indicators", f"ASC Addendum DD1, {INDICATORS}"),
        ("D1.txt", "\tADDENDUM D1.- OPPS PAYMENT STATUS", f"OPPS Addendum D1, {INDICATORS}"),
        ("x.csv", "October 2025 ASP NOC NDC - HCPCS Crosswalk", "NDCs of unclassified (NOC) drugs"),
        ("x.xml", '<?xml version="1.0"?>\r\n<ICD10CM.index>', "the alphabetic index of ICD-10-CM"),
        ("x.txt", "Medicare Benefit Policy Manual", "the Medicare Benefit Policy Manual"),
        ("x.json", '{"openapi": "3.0.3"', "the description of a programming interface"),
        ("x.xls", b"\xd0\xcf\x11\xe0", "an Excel workbook from before 2007 (.xls)"),
    ],
)
def test_what_is_passed_over_says_why(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    found = detect(member(tmp_path, name, content))
    assert isinstance(found, Skipped)
    assert found.reason.startswith(reason)


def test_a_workbook_that_is_not_read_says_what_to_load_instead(tmp_path: Path) -> None:
    found = detect(member(tmp_path, "GPCI2025.xlsx", workbook([["MAC", "State"]])))
    assert found == Skipped("an Excel workbook; CMS publishes the same as csv: load that")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Addendum A.-Final OPPS APCs for CY 2026", Format.OPPS_A_XLSX),
        ("Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026", Format.OPPS_B_XLSX),
    ],
)
def test_addenda_of_hospitals_are_known_as_workbooks(tmp_path: Path, title: str, kind: Format) -> None:
    assert detect(member(tmp_path, "download.xlsx", workbook([[title], ["a notice"]]))) is kind


def test_an_unknown_workbook_says_nothing_of_a_twin(tmp_path: Path) -> None:
    found = detect(member(tmp_path, "fees.xlsx", workbook([["Invoice", "Amount"]])))
    assert found == Skipped("a workbook that we do not know")


def test_the_counties_are_known_by_their_titles(tmp_path: Path) -> None:
    content = workbook([["COUNTIES"], ["MAC", "Locality Number", "State ", "Fee Schedule Area ", "Counties"]])
    assert detect(member(tmp_path, "download.xlsx", content)) is Format.LOCALITIES_XLSX


def test_a_file_with_the_line_ends_of_the_old_macintosh_is_known(tmp_path: Path) -> None:
    content = "A title\rHCPCS,MOD,PROCSTAT,CARRIER\r"
    assert detect(member(tmp_path, "download.dat", content)) is Format.OPPS_CAP_CSV


def test_the_laboratory_schedule_is_known_by_its_titles(tmp_path: Path) -> None:
    content = workbook([["notice"], ["YEAR", "HCPCS", "MOD", "EFF_DATE", "INDICATOR"]])
    assert detect(member(tmp_path, "download.xlsx", content)) is Format.CLFS_XLSX


def test_the_add_on_edits_are_known_by_their_titles(tmp_path: Path) -> None:
    content = workbook([["notice"], ["AOC_Edit_Type", "Add-On_Code", "AOC_DelDT", "Primary_Code"]])
    assert detect(member(tmp_path, "download.xlsx", content)) is Format.ADD_ON_XLSX


def test_the_base_units_are_known_by_their_titles(tmp_path: Path) -> None:
    content = workbook([["CODE", "2022"], ["", "BASE"], ["", "UNIT"], ["00100", "5"]])
    assert detect(member(tmp_path, "download.xlsx", content)) is Format.ANESTHESIA_BASE_XLSX


@pytest.mark.full_size
def test_every_published_file_is_recognised_or_passed_over_for_a_reason(cms_files: Path) -> None:
    found = [detect(each) for each in open_members(cms_files)]
    unknown = {Skipped("not a file that we know"), Skipped("a workbook that we do not know")}
    assert unknown.isdisjoint(found)
    assert {kind for kind in found if isinstance(kind, Format)} == set(Format) - {
        Format.HCPCS_ANWEB,
        Format.ADD_ON_TXT,
        Format.OPPS_A_XLSX,
        Format.OPPS_B_XLSX,
        Format.POLICY_MANUAL_REFERENCES,
        Format.PSPS,
        Format.COVERAGE,
    }
