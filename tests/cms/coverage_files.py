"""Downloads of the Medicare Coverage Database made up in its layout, with what is odd in it."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

Cells = Mapping[str, str]
Tables = dict[str, list[Cells]]

LONG_TEXT = "<p>Long &amp; in HTML.</p>\r\n" * 8000  # more than 128 KB in one cell
PART_A, PART_B, EQUIPMENT = "1", "2", "3"
NGS, NGS_NEW_YORK, NORIDIAN, OF_EQUIPMENT = "101", "102", "103", "104"
_LAST = {"last_updated": "2026-06-25 10:03:11.440"}

# All titles of the tables, in CMS's order.
TITLES = {
    "article": "article_id article_version article_type title article_pub_date article_eff_date article_end_date "
    "description other_comments sad_url status last_updated history_exp key_article icd9_covered_para "
    "icd9_noncovered_para revenue_para thirty_percent article_rev_end_date source_article_id date_retired keywords "
    "icd10_doc add_icd10_info cms_cov_policy display_id reference_article",
    "article_future_retire": "article_id retire_dt",
    "article_related_documents": "article_id article_version related_num r_article_id r_article_version r_lcd_id "
    "r_lcd_version r_contractor_id last_updated",
    "article_type_lookup": "article_type_id description last_updated",
    "article_x_bill_code": "article_id article_version bill_code_id bill_code_version last_updated description",
    "article_x_code_table": "article_id article_version article_type code_table_row brand_name eff_date end_date "
    "comments hcpc_code_id hcpc_code_version last_updated short_description long_description",
    "article_x_contractor": "article_id article_version article_type contractor_id contractor_type_id "
    "contractor_version last_updated",
    "article_x_hcpc_code": "article_id article_version hcpc_code_id hcpc_code_version hcpc_code_group range "
    "last_updated long_description short_description",
    "article_x_hcpc_code_group": "article_id article_version hcpc_code_group paragraph last_updated",
    "article_x_icd10_covered": "article_id article_version icd10_code_id icd10_code_version icd10_covered_group "
    "range last_updated sort_order description asterisk",
    "article_x_icd10_covered_group": "article_id article_version icd10_covered_group paragraph last_updated "
    "icd10_covered_ast",
    "article_x_icd10_noncovered": "article_id article_version icd10_code_id icd10_code_version "
    "icd10_noncovered_group range last_updated sort_order description",
    "article_x_icd10_noncovered_group": "article_id article_version icd10_noncovered_group paragraph last_updated",
    "article_x_revision_history": "article_id article_version rev_hist_num rev_hist_date rev_hist_exp last_updated",
    "contractor": "contractor_id contractor_type_id contractor_version contractor_bus_name contractor_number "
    "dmerc_rgn address1 address2 address3 city state_id zipcode phone fax status last_updated url email ignore "
    "status_flag cmd_name cmd_title contractor_subtype_id",
    "contractor_jurisdiction": "contractor_id contractor_type_id contractor_version state_id last_updated "
    "active_date term_date",
    "contractor_type_lookup": "contractor_type_id description last_updated",
    "state_lookup": "state_id state_abbrev description",
    "update_period": "update_period_id begin_dt end_dt",
    "lcd": "lcd_id lcd_version title determination_number orig_det_eff_date ent_det_end_date rev_eff_date "
    "rev_end_date indication status last_updated display_id keywords mcd_publish_date",
    "lcd_future_retire": "lcd_id retire_dt",
    "lcd_related_documents": "lcd_id lcd_version related_num r_article_id r_article_version last_updated",
    "lcd_x_contractor": "lcd_id lcd_version contractor_id contractor_type_id contractor_version last_updated",
    "lcd_x_hcpc_code": "lcd_id lcd_version hcpc_code_id hcpc_code_version hcpc_code_group range last_updated "
    "long_description short_description",
    "lcd_x_hcpc_code_group": "lcd_id lcd_version hcpc_code_group paragraph last_updated",
}


def _contractor(key: str, kind: str, version: str, number: str) -> Cells:
    return {
        "contractor_id": key,
        "contractor_type_id": kind,
        "contractor_version": version,
        "contractor_number": number,
    }


LOOKUPS: Tables = {
    "contractor": [
        _contractor(NGS, PART_B, "2", "6102"),  # its zero is lost
        _contractor(NGS, PART_B, "1", "99999"),  # an older version stands below the newer one
        _contractor(NGS_NEW_YORK, PART_B, "1", "13202"),
        _contractor(NORIDIAN, PART_B, "1", "01182"),
        _contractor(OF_EQUIPMENT, EQUIPMENT, "1", "17013"),
    ],
    "contractor_jurisdiction": [
        {
            "contractor_id": OF_EQUIPMENT,
            "contractor_type_id": EQUIPMENT,
            "contractor_version": "1",
            "state_id": state,
            "active_date": "07/01/2016",
            "term_date": ended,
        }
        for state, ended in (("17", ""), ("18", "01/31/2020"))
    ],
    "contractor_type_lookup": [
        {"contractor_type_id": PART_A, "description": "MAC - Part A"},
        {"contractor_type_id": PART_B, "description": "MAC - Part B"},
        {"contractor_type_id": EQUIPMENT, "description": "DME MAC"},
    ],
    "state_lookup": [
        {"state_id": "17", "state_abbrev": "IL", "description": "Illinois"},
        {"state_id": "18", "state_abbrev": "IN", "description": "Indiana"},
    ],
}
PARAGRAPH = "<p>These diagnoses support medical necessity.</p>"


def article(number: str, title: str, version: str = "3", **more: str) -> Cells:
    """A row of article.csv, in force from 2024."""
    return {
        "article_id": number,
        "article_version": version,
        "article_type": "1",
        "title": title,
        "article_eff_date": "2024-01-01 00:00:00",
        "description": LONG_TEXT,
        "status": "A",
        **_LAST,
        **more,
    }


def of(number: str, rows: Iterable[Cells], version: str = "3") -> list[Cells]:
    """Rows of another table that belong to a version of an article."""
    return [{"article_id": number, "article_version": version, **row} for row in rows]


def contractors(*ids: str) -> list[Cells]:
    """Rows that name contractors, the one of Illinois by its older version."""
    return [
        {
            "contractor_id": each,
            "contractor_type_id": EQUIPMENT if each == OF_EQUIPMENT else PART_B,
            "contractor_version": "1",
        }
        for each in ids
    ]


def procedures(group: str, *codes: str) -> list[Cells]:
    return [
        {"hcpc_code_id": code, "hcpc_code_group": group, "long_description": "AMA text"} for code in codes
    ]


def supports(group: str, *codes: str) -> list[Cells]:
    """Diagnoses, "M17.9*" with an asterisk, "M17.0-M17.2" a range."""
    rows: list[Cells] = []
    for code in codes:
        first, _, last = code.rstrip("*").partition("-")
        rows.append(
            {
                "icd10_code_id": first,
                "icd10_covered_group": group,
                "range": f"{first} - {last}" if last else "",
                "asterisk": "Y" if code.endswith("*") else "N",
            }
        )
    return rows


def excludes(group: str, *codes: str) -> list[Cells]:
    return [{"icd10_code_id": code, "icd10_noncovered_group": group} for code in codes]


def paragraph(group: str, column: str, words: str, note: str = "") -> list[Cells]:
    more = {"icd10_covered_ast": note} if note else {}
    return [{column: group, "paragraph": words, **more}]


# Articles: of one list, of several lists, without lists, a list of drugs, retired, of equipment, an old one.
JOINT, HEART, OPEN_TO_ALL, DRUGS, RETIRED, BREATHING, OLD = map(str, range(50001, 50008))


def articles() -> Tables:
    """Every table of CMS's articles."""
    return {
        **{table: list(rows) for table, rows in LOOKUPS.items()},
        **_titles_and_contractors(),
        **_procedures_of_articles(),
        **_diagnoses_of_articles(),
        "update_period": [],
    }


def _titles_and_contractors() -> Tables:
    """The articles themselves: titles, versions, what they are related to, whose they are."""
    return {
        "article": [
            article(JOINT, "Joint injections – a guide", article_pub_date="06/25/2026"),
            article(JOINT, "Joint injections, before", version="2", status="R"),
            article(HEART, "Echocardiography &amp; Doppler"),
            article(OPEN_TO_ALL, "Advance care planning"),
            article(DRUGS, "Self-administered drug exclusion list"),
            article(RETIRED, "Retired", status="R"),
            article(BREATHING, "Positive airway pressure devices"),
            article(OLD, "Nerve conduction", article_end_date="12/31/2025"),
        ],
        "article_future_retire": [{"article_id": HEART, "retire_dt": "2026-12-31"}],
        "article_related_documents": [
            *of(
                JOINT,
                [{"related_num": "1", "r_lcd_id": "30001"}, {"related_num": "2", "r_article_id": HEART}],
            ),
            *of(JOINT, [{"related_num": "1", "r_lcd_id": "39999"}], version="2"),
        ],
        "article_type_lookup": [{"article_type_id": "1", "description": "Billing and Coding"}],
        "article_x_contractor": [
            *of(JOINT, contractors(NGS)),
            *of(HEART, contractors(NGS, NORIDIAN)),
            *of(OPEN_TO_ALL, contractors(NGS)),
            *of(DRUGS, contractors(NGS)),
            *of(RETIRED, contractors(NGS)),
            *of(BREATHING, contractors(OF_EQUIPMENT)),
            *of(OLD, contractors(NGS)),
        ],
        "article_x_revision_history": of(
            JOINT,
            [
                {"rev_hist_num": "1", "rev_hist_date": "2024-01-01", "rev_hist_exp": LONG_TEXT},
                {"rev_hist_num": "2", "rev_hist_date": "05/01/2026", "rev_hist_exp": "a, b\r\nc"},
            ],
        ),
    }


def _procedures_of_articles() -> Tables:
    """The codes that an article is about, and the drugs of a list."""
    return {
        "article_x_bill_code": [],
        "article_x_code_table": of(
            DRUGS,
            [
                {
                    "hcpc_code_id": "J3030",
                    "brand_name": "<b>Brand</b>",
                    "eff_date": "01/01/2020",
                    "code_table_row": "1",
                },
                {
                    "hcpc_code_id": "J0135",
                    "eff_date": "2020-01-01",
                    "end_date": "2024-12-31",
                    "code_table_row": "2",
                },
                {"hcpc_code_id": "XX000"},
            ],
        ),
        "article_x_hcpc_code": [
            *of(JOINT, procedures("1", "20610", "20611")),
            *of(JOINT, procedures("1", "99214"), version="2"),
            *of(HEART, procedures("1", "93306") + procedures("2", "93308")),
            *of(OPEN_TO_ALL, procedures("1", "99497", "99498")),
            *of(RETIRED, procedures("1", "99214")),
            *of(BREATHING, procedures("1", "E0601")),
            *of(OLD, procedures("1", "95886")),
        ],
        "article_x_hcpc_code_group": of(JOINT, paragraph("1", "hcpc_code_group", "N/A")),
    }


def _diagnoses_of_articles() -> Tables:
    """The diagnoses that support a code, and those that never do."""
    return {
        "article_x_icd10_covered": [
            *of(JOINT, supports("1", "M17.11", "M1712", "M17.0-M17.0", "M19.011*")),
            *of(JOINT, supports("1", "I10"), version="2"),
            *of(
                HEART,
                supports("1", "I50.9", "I34.0") + supports("2", "I50.9", "I31.39") + supports("3", "R01.1"),
            ),
            *of(OPEN_TO_ALL, supports("1", "XX000")),
            *of(OLD, supports("1", "G56.01")),
        ],
        "article_x_icd10_covered_group": [
            *of(JOINT, paragraph("1", "icd10_covered_group", PARAGRAPH, note="<p>With an image.</p>")),
            *of(HEART, paragraph("1", "icd10_covered_group", "<p>Support CPT code <b>93306</b>:</p>")),
            *of(HEART, paragraph("2", "icd10_covered_group", "For the codes in Group 2:")),
            *of(HEART, paragraph("3", "icd10_covered_group", "Others:")),
        ],
        "article_x_icd10_noncovered": [
            *of(JOINT, excludes("1", "XX000")),
            *of(HEART, excludes("1", "Z00.00")),
            *of(HEART, excludes("2", "I50.9"), version="2"),
        ],
        "article_x_icd10_noncovered_group": of(
            HEART, paragraph("1", "icd10_noncovered_group", "<script>alert(1)</script>Never covered:")
        ),
    }


def lcds() -> Tables:
    """Two LCDs, of which one is in force, and the letters, which have no titles in CMS's own file."""
    rows = [("30001", "Joint injections"), ("30002", "Proposed")]
    return {
        **{table: list(rows) for table, rows in LOOKUPS.items()},
        "lcd": [
            {
                "lcd_id": number,
                "lcd_version": "4",
                "title": title,
                "orig_det_eff_date": "10/01/2015",
                "rev_eff_date": "2026-05-01",
                "status": "A" if title != "Proposed" else "F",
                **_LAST,
            }
            for number, title in rows
        ],
        "lcd_future_retire": [],
        "lcd_related_documents": [],
        "lcd_x_contractor": [{"lcd_id": "30001", "lcd_version": "4", **contractors(NGS)[0]}],
        "lcd_x_hcpc_code": [
            {"lcd_id": "30001", "lcd_version": "4", "hcpc_code_id": "20610", "hcpc_code_group": "1"}
        ],
        "lcd_x_hcpc_code_group": [],
    }


def as_csv(table: str, rows: Iterable[Cells]) -> bytes:
    """A table as CMS writes it: quoted where needed, Windows line ends, Latin-1."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, TITLES[table].split(), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("cp1252")


def packed(folder: Path, name: str, tables: Tables, further: Mapping[str, bytes] = {}) -> Path:
    """The download of a name: a zip with a zip of the tables in it."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in tables.items():
            archive.writestr(f"{table}.csv", as_csv(table, rows))
        for file_name, content in further.items():
            archive.writestr(file_name, content)
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}_csv.zip", inner.getvalue())
    return path
