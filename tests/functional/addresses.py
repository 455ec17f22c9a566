"""Every page of the site, by the name of its address; what tests, HTML checkers and Lighthouse walk through.

`python -m tests.functional.addresses` prints them, one a line.
"""

DAY = "dos=2026-08-01"
PAGES = {
    "codes:home": ["/"],
    "codes:search": ["/search/", "/search/?q=knee+injection", "/search/?q=zzzzqqqq"],
    "codes:code": [
        f"/cpt/76376/?{DAY}",
        f"/cpt/76376/?{DAY}&pos=22",
        "/cpt/76376/?zip=abc",
        f"/cpt/00811/?{DAY}",
        f"/hcpcs/G0121/?{DAY}",
        "/hcpcs/J1885/?dos=2026-02-16",
        "/cpt/99999/",
    ],
    "codes:code_evidence": [f"/cpt/99214/evidence/?{DAY}&mod=25", "/cpt/99214/evidence/?zip=abc"],
    "codes:code_edits": [f"/cpt/45385/edits/?{DAY}", f"/cpt/45385/edits/?{DAY}&q=nothing+at+all"],
    "codes:code_add_ons": [f"/cpt/22551/add-ons/?{DAY}"],
    "codes:code_country": [f"/cpt/76376/country/?{DAY}", f"/cpt/80048/country/?{DAY}"],
    "codes:code_over_time": ["/cpt/76376/over-time/"],
    "codes:code_coverage": [f"/cpt/20610/coverage/?{DAY}"],
    "codes:code_changes": ["/cpt/76376/changes/"],
    "codes:code_units": [
        "/hcpcs/J0897/units/",
        "/hcpcs/J0897/units/?dose=45+mg&vial=60+mg",
        "/hcpcs/J0897/units/?dose=a+lot",
    ],
    "codes:embed": [f"/embed/99213/?{DAY}", "/embed/99999/"],
    "codes:browse": ["/browse/"],
    "codes:browse_section": ["/browse/cpt/surgery/"],
    "codes:browse_part": ["/browse/cpt/surgery/digestive-system/"],
    "codes:browse_letter": ["/browse/hcpcs/G/"],
    "codes:browse_rbcs": ["/browse/rbcs/imaging/"],
    "codes:changes": ["/changes/", "/changes/?source=pprrvu", "/changes/?source=nonsense"],
    "codes:localities": ["/localities/", "/localities/?q=35203", "/localities/?q=nowhere"],
    "codes:locality": ["/localities/10112-00/"],
    "codes:compare": ["/compare/", f"/compare/?codes=99213,99214,99215&{DAY}", "/compare/?codes=x"],
    "codes:list": [
        "/list/",
        f"/list/?codes=99213,99214,20610,76942,45385,45380,J3301,99201,99999&{DAY}&contract=120%25+of+2025",
        "/list/?codes=x",
    ],
    "codes:modifiers": ["/modifiers/", "/modifiers/?q=nothing+at+all", "/modifiers/?kind=x"],
    "codes:modifier": ["/modifiers/25/", "/modifiers/80/", "/modifiers/MA/", "/modifiers/E1/"],
    "codes:diagnoses": ["/icd10/", "/icd10/?q=knee"],
    "codes:diagnosis": ["/icd10/M17.11/", "/icd10/M17/"],
    "codes:manual": ["/manual/", "/manual/?q=76376", "/manual/?q=nothing+at+all"],
    "codes:manual_chapter": ["/manual/IX/"],
    "codes:manual_section": ["/manual/IX/D/"],
    "codes:manual_paragraph": ["/manual/IX/D/15/"],
    "codes:pairs": ["/ncci/", f"/ncci/?codes=20610+76942+99213&{DAY}", "/ncci/?codes=x"],
    "codes:audit": ["/audit/"],
    "codes:remittance": ["/remittance/"],
    "codes:explain": [
        "/explain/",
        f"/explain/?code=20610&amount=34.41&{DAY}",
        f"/explain/?code=20610&amount=1.01&{DAY}",
        f"/explain/?code=99213&amount=106.74&{DAY}&contract=120%25+of+2025",
        "/explain/?code=2061&amount=5",
    ],
    "codes:claim": [
        "/claim/",
        f"/claim/?lines=45385,45380,43239&{DAY}",
        f"/claim/?lines=20610-RT,99213-25&{DAY}&dx=M17.11&contract=120%25",
    ],
    "codes:sources": ["/sources/"],
    "codes:correctness": ["/correctness/"],
    "codes:rule_cases": ["/correctness/rules/"],
    "codes:glossary": ["/glossary/"],
    "codes:indicators": ["/indicators/"],
    "codes:corrections": ["/corrections/"],
    "codes:report_error": ["/corrections/report/"],
    "codes:licence": ["/licenses/"],
    "codes:api": ["/api/"],
    "contributions:report": ["/reports/76376/new/"],
    "contributions:thanks": ["/reports/76376/thanks/"],
    "contributions:receipt": ["/receipt/"],
    "contributions:denial": [
        "/denials/",
        "/denials/?reason=CO-236&code=45380&other=45385&notice=2026-09-02",
    ],
    "contributions:privacy": ["/privacy/"],
    "contributions:toolkit": ["/toolkit/"],
    "contributions:toolkit_thanks": ["/toolkit/thanks/not-signed/"],
    "contributions:toolkit_confirm": ["/toolkit/confirm/not-signed/"],
    "contributions:toolkit_leave": ["/toolkit/leave/not-signed/"],
    "no such page": ["/no/such/page/"],
}
FRAGMENTS = {"codes:suggest", "contributions:patterns"}  # seen within the pages that hold them
TWINS = {
    "codes:opensearch", "codes:robots", "codes:sitemap_index", "codes:sitemap",
    "codes:code_formats", "codes:code_json", "codes:code_edits_csv", "codes:code_country_csv",
    "codes:code_coverage_json",
    "codes:code_sites_json", "codes:code_sites_csv", "codes:code_units_json", "codes:code_limits_csv",
    "codes:code_equipment_csv", "codes:diagnosis_json",
    "codes:code_changes_feed",
    "codes:changes_csv", "codes:changes_feed", "codes:locality_fees", "codes:locality_workbook",
    "codes:list_csv", "codes:list_json", "codes:list_feed", "codes:list_calendar",
    "codes:claim_json", "codes:claim_csv", "contributions:denial_json", "contributions:denial_letter",
    "codes:modifiers_csv", "codes:modifiers_json", "codes:modifier_json", "codes:explain_csv", "codes:explain_json",
    "contributions:patterns_json", "contributions:patterns_csv", "contributions:toolkit_file",
}  # fmt: skip
ADDRESSES = [address for addresses in PAGES.values() for address in addresses]

if __name__ == "__main__":
    print("\n".join(ADDRESSES))  # noqa: T201
