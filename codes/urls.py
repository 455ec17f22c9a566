"""Addresses of the reference side."""

from django.conf import settings
from django.urls import include, path, re_path

from codes.exports.sitemaps import sitemap, sitemap_index
from codes.views.add_ons import add_ons
from codes.views.api import api
from codes.views.audit import audit
from codes.views.browse import browse, browse_letter, browse_rbcs, browse_section
from codes.views.bundling import bundling, bundling_csv
from codes.views.changes import changes_csv, changes_page, code_changes
from codes.views.claim_desk import claim_csv, claim_desk, claim_json
from codes.views.code_list import code_list, list_csv, list_json
from codes.views.code_page import code_json, code_page
from codes.views.compare import compare
from codes.views.corrections import corrections, report_error
from codes.views.correctness import correctness, examples, examples_csv, examples_json, rule_cases
from codes.views.country import country, country_csv
from codes.views.diagnoses import diagnoses, diagnosis, diagnosis_json
from codes.views.drug_units import drug_limits_csv, drug_units, drug_units_json
from codes.views.embed import embed
from codes.views.equipment import equipment_csv
from codes.views.evidence import evidence
from codes.views.explain import explain, explain_csv, explain_json
from codes.views.feeds import changes_feed, code_changes_feed
from codes.views.glossary import glossary
from codes.views.home import home
from codes.views.indicators_page import indicators
from codes.views.licence import licence
from codes.views.list_feeds import list_calendar, list_feed
from codes.views.local_coverage import coverage, coverage_json
from codes.views.localities import localities
from codes.views.locality import fees_csv, fees_xlsx, locality
from codes.views.manual import manual, manual_text
from codes.views.modifiers import modifier, modifier_json, modifiers, modifiers_csv, modifiers_json
from codes.views.not_found import code_formats
from codes.views.over_time import over_time_page
from codes.views.pair_checker import pair_checker
from codes.views.remittance import remittance
from codes.views.robots import robots
from codes.views.search import opensearch, search, suggest
from codes.views.site_of_service import sites_csv, sites_json
from codes.views.sources import sources
from codes.views.styleguide import styleguide

app_name = "codes"
urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    path("opensearch.xml", opensearch, name="opensearch"),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/$", code_page, name="code"),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})\.json$", code_json, name="code_json"),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})\.(?:csv|xlsx|atom)$",
        code_formats,
        name="code_formats",
    ),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/evidence/$", evidence, name="code_evidence"),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/edits/$", bundling, name="code_edits"),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/edits\.csv$", bundling_csv, name="code_edits_csv"),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/add-ons/$", add_ons, name="code_add_ons"),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/site-of-service\.json$",
        sites_json,
        name="code_sites_json",
    ),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/site-of-service\.csv$",
        sites_csv,
        name="code_sites_csv",
    ),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/units/$", drug_units, name="code_units"),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/units\.json$", drug_units_json, name="code_units_json"
    ),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/limits\.csv$", drug_limits_csv, name="code_limits_csv"
    ),
    re_path(r"^embed/(?P<typed>[^/]{1,60})/$", embed, name="embed"),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/coverage/$", coverage, name="code_coverage"),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/coverage\.json$",
        coverage_json,
        name="code_coverage_json",
    ),
    path("browse/", browse, name="browse"),
    re_path(r"^browse/cpt/(?P<section>[a-z-]{1,60})/$", browse_section, name="browse_section"),
    re_path(
        r"^browse/cpt/(?P<section>[a-z-]{1,60})/(?P<part>[a-z-]{1,60})/$", browse_section, name="browse_part"
    ),
    re_path(r"^browse/hcpcs/(?P<letter>[A-Z])/$", browse_letter, name="browse_letter"),
    re_path(r"^browse/rbcs/(?P<path>[a-z0-9/-]{1,200})/$", browse_rbcs, name="browse_rbcs"),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/country/$", country, name="code_country"),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/country\.csv$", country_csv, name="code_country_csv"
    ),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/equipment\.csv$",
        equipment_csv,
        name="code_equipment_csv",
    ),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/over-time/$", over_time_page, name="code_over_time"
    ),
    re_path(r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/changes/$", code_changes, name="code_changes"),
    re_path(
        r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/changes\.atom$",
        code_changes_feed,
        name="code_changes_feed",
    ),
    path("changes/", changes_page, name="changes"),
    path("changes.csv", changes_csv, name="changes_csv"),
    path("changes.atom", changes_feed, name="changes_feed"),
    path("localities/", localities, name="localities"),
    re_path(r"^localities/(?P<key>\d{5}-\d{2})/$", locality, name="locality"),
    re_path(r"^localities/(?P<key>\d{5}-\d{2})/fees\.csv$", fees_csv, name="locality_fees"),
    re_path(r"^localities/(?P<key>\d{5}-\d{2})/fees\.xlsx$", fees_xlsx, name="locality_workbook"),
    path("compare/", compare, name="compare"),
    path("list/", code_list, name="list"),
    path("list.csv", list_csv, name="list_csv"),
    path("list.json", list_json, name="list_json"),
    path("list.atom", list_feed, name="list_feed"),
    path("list.ics", list_calendar, name="list_calendar"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    re_path(r"^sitemap-(?P<section>[a-z]{1,20})\.xml$", sitemap, name="sitemap"),
    path("ncci/", pair_checker, name="pairs"),
    path("manual/", manual, name="manual"),
    re_path(r"^manual/(?P<chapter>Intro|[IVX]{1,4})/$", manual_text, name="manual_chapter"),
    re_path(r"^manual/(?P<chapter>[IVX]{1,4})/(?P<section>[A-Z])/$", manual_text, name="manual_section"),
    re_path(
        r"^manual/(?P<chapter>[IVX]{1,4})/(?P<section>[A-Z])/(?P<number>[1-9]\d?)/$",
        manual_text,
        name="manual_paragraph",
    ),
    path("modifiers/", modifiers, name="modifiers"),
    path("modifiers.csv", modifiers_csv, name="modifiers_csv"),
    path("modifiers.json", modifiers_json, name="modifiers_json"),
    re_path(r"^modifiers/(?P<typed>[0-9A-Za-z]{2})/$", modifier, name="modifier"),
    re_path(r"^modifiers/(?P<typed>[0-9A-Za-z]{2})\.json$", modifier_json, name="modifier_json"),
    path("icd10/", diagnoses, name="diagnoses"),
    re_path(r"^icd10/(?P<typed>[0-9A-Za-z.]{3,10})/$", diagnosis, name="diagnosis"),
    re_path(r"^icd10/(?P<typed>[0-9A-Za-z.]{3,10})\.json$", diagnosis_json, name="diagnosis_json"),
    path("audit/", audit, name="audit"),
    path("api/", api, name="api"),
    path("api/v1/", include("codes.api.urls")),
    path("claim/", claim_desk, name="claim"),
    path("claim.json", claim_json, name="claim_json"),
    path("claim.csv", claim_csv, name="claim_csv"),
    path("remittance/", remittance, name="remittance"),
    path("explain/", explain, name="explain"),
    path("explain.json", explain_json, name="explain_json"),
    path("explain.csv", explain_csv, name="explain_csv"),
    path("sources/", sources, name="sources"),
    path("correctness/", correctness, name="correctness"),
    path("correctness/examples/", examples, name="worked_examples"),
    path("correctness/examples.csv", examples_csv, name="worked_examples_csv"),
    path("correctness/examples.json", examples_json, name="worked_examples_json"),
    path("correctness/rules/", rule_cases, name="rule_cases"),
    path("glossary/", glossary, name="glossary"),
    path("indicators/", indicators, name="indicators"),
    path("corrections/", corrections, name="corrections"),
    path("corrections/report/", report_error, name="report_error"),
    path("licenses/", licence, name="licence"),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
