"""Small words of the pages: dollars, places, confidence, terms."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from codes import formatting, ncci, pricing
from codes import links as address
from codes.diagnoses.articles import Article, document_address
from codes.explain import Explanation
from codes.knowledge.coverage_search import CoverageSearch, coverage_search
from codes.knowledge.locality_names import spelled
from codes.models.release import Source
from codes.ncci import LineStatus, NumberedLine
from codes.pricing import conversion_factors
from codes.queries.alone import Alone
from codes.queries.desk_line import STATUS_WORDS
from codes.queries.manual import ManualReference
from codes.queries.ncci_tables import UnitLimit
from codes.queries.price_result import PriceResult
from codes.queries.releases import Calendar
from codes.tips.glossary import glossary

register = template.Library()

DOTS = {"High": "●●●", "Medium": "●●○", "Low": "●○○", "None": "○○○"}
USUAL_PLACES = {
    "02": "by telehealth away from home",
    "10": "by telehealth at home",
    "11": "in an office",
    "12": "at the patient's home",
    "19": "in a hospital outpatient department",
    "21": "in a hospital",
    "22": "in a hospital outpatient department",
    "23": "in an emergency room",
    "24": "in an ambulatory surgical center",
    "31": "in a skilled nursing facility",
    "32": "in a nursing facility",
}


@register.simple_tag
def code_url(code: str, suffix: str = "") -> str:
    """The address of a code's page or twin."""
    return address.code_address(code, suffix)


@register.simple_tag
def manual_place(reference: ManualReference, words: str = "") -> SafeString | str:
    """Where the NCCI Policy Manual speaks of something: a link to CMS's words where they may be shown."""
    if not reference.has_text:
        return words or str(reference)
    return format_html('<a href="{}{}">{}</a>', reverse("codes:manual"), reference.path, words or reference)


@register.simple_tag
def line_url(line: pricing.Line) -> str:
    """The address of a code's page with the modifiers and units of a line."""
    return address.line_address(line)


@register.simple_tag
def explained_url(found: Explanation) -> str:
    """The address of a code's page in the circumstances that explain an amount."""
    return address.explained_address(found)


@register.simple_tag
def coverage_of(code: str, locality: pricing.Locality | None) -> CoverageSearch:
    """Who decides the local coverage of a code, and where CMS's search has it."""
    here = locality or pricing.NATIONAL
    return coverage_search(code, here.mac, here.state)


@register.simple_tag
def related_documents(article: Article, titles: Mapping[str, str]) -> SafeString:
    """The documents that an article names: links into CMS's coverage database, with titles where they are known."""
    named = ((document_address(each), each, titles.get(each, "")) for each in article.related)
    return format_html_join(", ", '<a href="{}">{}</a> {}', named)


@register.filter
def has_coverage(calendar: Calendar) -> bool:
    """Whether a download of CMS's coverage database is loaded."""
    return bool(calendar.of(Source.COVERAGE_ARTICLES))


@register.filter
def dollars(amount: Decimal | str | None) -> str:
    """$1,234.50; an amount that is not there is a word, never $0.00."""
    return formatting.dollars(amount) if isinstance(amount, Decimal) else "none"


@register.filter
def share(fraction: Decimal) -> str:
    """17.585%: a fraction as a percentage."""
    return formatting.percent(fraction)


@register.filter
def change(fraction: Decimal) -> str:
    """+0.3%, -1.2%: how much an amount has changed."""
    percentage = round(fraction * 100, 1)
    return f"{percentage:+}%" if percentage else "0.0%"


@register.filter
def exact_dollars(amount: Decimal | None) -> str:
    """$29.457: an amount with all decimals of its list."""
    return "none" if amount is None else formatting.exact_dollars(amount)


@register.filter
def place_name(name: str) -> str:
    """ "Rest of Texas": a locality or its counties as people write them."""
    return spelled(name)


@register.filter(expects_localtime=True)
def day(at: date | None) -> str:
    """Aug 1, 2026; nothing for no day."""
    return formatting.day(at) if at else ""


@register.filter
def has_two_tracks(at: date) -> bool:
    """Whether a qualifying APM participant has a conversion factor apart on this day."""
    return at.year >= conversion_factors.TWO_TRACKS


@register.simple_tag
def this_year() -> int:
    """The year of the notices at the foot of each page."""
    return timezone.localdate().year


@register.filter
def grouped(count: int) -> str:
    """1,347."""
    return f"{count:,}"


@register.simple_tag
@lru_cache(maxsize=512)
def term(slug: str, words: str) -> SafeString:
    """A word of the page that opens its line of the glossary where it stands, without a script. Once a page for each
    term, because its text has an id."""
    meant = glossary()[slug]
    return format_html(
        '<button type="button" class="term" popovertarget="term-{0}">{1}</button>'
        '<span popover id="term-{0}"><strong>{2}</strong> {3} '
        '<a href="{4}#{0}">Glossary</a></span>',
        slug,
        words,
        meant.name,
        meant.text,
        reverse("codes:glossary"),
    )


@register.simple_tag
def terms(*slugs: str) -> SafeString:
    """ "Terms: CARC, RARC, group code": the terms of a page that stand in no sentence of it, each of which opens."""
    names = ((term(slug, _inside_a_sentence(glossary()[slug].name)),) for slug in slugs)
    return format_html('<span class="quiet no-print">Terms: {}</span>', format_html_join(", ", "{}", names))


def _inside_a_sentence(name: str) -> str:
    return name if name[1:2].isupper() else name[0].lower() + name[1:]


EXPLAINED = {"MUE": "mue", "MAI": "adjudication-indicator"}


@register.simple_tag
def with_terms(sentence: str) -> SafeString:
    """A sentence about a unit limit with its abbreviations as terms that open."""
    parts = re.split(r"\b(MUE|MAI)\b(?= \d)", sentence)
    return format_html_join(
        "", "{}", ((term(EXPLAINED[part], part) if part in EXPLAINED else part,) for part in parts)
    )


@register.simple_tag
def in_place(place_of_service: str) -> str:
    """ "in an office", or the place of service by number and name."""
    if place_of_service in USUAL_PLACES:
        return USUAL_PLACES[place_of_service]
    pos = pricing.PLACES.get(place_of_service)
    return f"in place of service {place_of_service} ({pos.name.lower()})" if pos else "in that place"


@register.simple_tag
def locality_words(locality: pricing.Locality) -> str:
    """ "national", or "in Alabama (AL)"."""
    return f"in {spelled(locality.name)} ({locality.state})" if locality.mac else "national"


@register.simple_tag
def status(of: LineStatus) -> SafeString:
    """What becomes of a line, as a word in its color."""
    return format_html('<strong class="status {}">{}</strong>', of.value, STATUS_WORDS[of])


@register.simple_tag
def by_itself(outlook: Alone) -> str:
    """Why a line by itself is not plainly paid and what to do, by its code."""
    said = NumberedLine(1, outlook.line.line).alone(outlook.reason)
    return f"{said} {outlook.fix.sentence}" if outlook.fix else said


@register.simple_tag
def other_setting(result: PriceResult | None) -> str:
    """The same line in the other setting: its amount, or why there is none."""
    if result is None or result.other is None or result.price is None:
        return ""
    if result.listed and result.listed.schedule.by_state:
        return ""
    where = "in a facility" if result.other.setting == "facility" else "in an office"
    if result.has_no_office_price and result.other.setting == "nonfacility":
        return "Medicare has no office price for this code."
    if result.other.allowed is not None:
        same = result.other.allowed == result.price.allowed
        return f"Same {where}." if same else f"{where.capitalize()} {dollars(result.other.allowed)}."
    if result.other.refusal is None or result.price.allowed is None:
        return ""
    if result.other.refusal.kind != "facility_paid":
        return f"{where.capitalize()}: {result.other.refusal.text}"
    professional = result.amounts.get(("26", "facility"))
    bills = f" Bill 26: {dollars(professional)}." if professional and not result.query.modifiers else ""
    return f"{where.capitalize()} the facility is paid, not you.{bills}"


@register.simple_tag
def confidence(found: pricing.Confidence) -> SafeString:
    """Dots, the level in words, and the reasons."""
    level = "no amount" if found.level == "None" else found.level
    return format_html(
        '<span class="dots {}" aria-hidden="true">{}</span> Confidence: {}. {}',
        found.level,
        DOTS[found.level],
        level,
        _sentence(found.reasons),
    )


def _sentence(reasons: tuple[str, ...]) -> str:
    """Reasons as one sentence: "RVU26C is one quarter older; the charge is not given."."""
    said = "; ".join(reason.rstrip(".") for reason in reasons)
    return f"{said[0].upper()}{said[1:]}." if said else ""


@register.simple_tag
def amount_or_reason(price: pricing.LinePrice) -> SafeString:
    """The allowed amount of a table cell, or "not priced" with the reason behind it."""
    if price.allowed is not None:
        return format_html("<strong>{}</strong>", dollars(price.allowed))
    return format_html(
        '<abbr class="quiet" title="{}">not priced</abbr>', price.refusal.text if price.refusal else ""
    )


@register.filter
def sequestration_rate(price: pricing.LinePrice) -> str:
    """The part of Medicare's share that the law takes on the day, whatever a cent's rounding makes of it: "2%", or
    "no"."""
    shares = price.shares
    return f"{shares.sequestration_rate:.0%}" if shares and shares.sequestration_rate else "no"


@register.filter
def patient_share(price: pricing.LinePrice) -> str:
    """What the patient's share consists of: coinsurance, deductible, neither, or the physician's whole bill."""
    shares = price.shares
    if shares is None:
        return ""
    if shares.medicare_pays_patient:
        return "your bill, less Medicare's check, which goes to the patient"
    if not shares.coinsurance_rate and not shares.deductible:
        return "no deductible, no coinsurance"
    rate = formatting.percent(shares.coinsurance_rate)
    if "PT" in price.line.modifiers:
        return f"{rate}, no deductible"
    if shares.deductible:
        return f"{rate} and {dollars(shares.deductible)} deductible"
    return rate


@register.simple_tag
def unit_limit(code: str, found: UnitLimit) -> SafeString:
    """The unit limit of one table in words; its absence too."""
    where = {
        "practitioner": "Practitioners",
        "hospital": "Outpatient hospitals",
        "dme": "Equipment suppliers",
    }[found.setting]
    if found.unchecked:
        return format_html("<strong>{}:</strong> {}", where, found.unchecked)
    if found.limit:
        said = ncci.explain_limit(found.limit)
    else:
        said = f"CMS publishes no limit for {code}. It keeps some limits unpublished."
    return format_html(
        '<strong>{}:</strong> {} <span class="tiny quiet">CMS MUE table, {}</span>',
        where,
        said,
        found.release,
    )


@register.simple_tag
def bilateral_words(limits: Iterable[UnitLimit], row: pricing.FeeScheduleRow | None) -> SafeString:
    """How both sides are billed where one unit is all that passes."""
    limit = next((each.limit for each in limits if each.setting == "practitioner"), None)
    hint = ncci.bilateral_hint(limit, row.bilateral_surgery) if row else ""
    return format_html('<p class="small">{}</p>', hint) if hint else mark_safe("")


@register.simple_tag(takes_context=True)
def with_locality(context: template.Context, key: str) -> str:
    """This address with a locality in place of the state."""
    kept = context["request"].GET.copy()
    kept.pop("state", None)
    kept["locality"] = key
    return f"?{kept.urlencode()}"


@register.simple_tag(takes_context=True)
def without_load(context: template.Context) -> str:
    """This address without the load of a receipt."""
    kept = context["request"].GET.copy()
    kept.pop("load", None)
    return f"?{kept.urlencode()}"


@register.simple_tag
def anesthesia_units(result: PriceResult) -> str:
    """What an anesthesia code is paid by: its base units, time, and the dollars of a unit; nothing of other codes."""
    factor = result.circumstances.anesthesia_factor if result.circumstances else None
    base = result.price.line.base_units if result.price else None
    if factor is None or base is None:
        return ""
    return f"Anesthesia: {base} base units plus 1 unit for each 15 minutes, at ${factor} a unit."


@register.simple_tag
def rvu_bar(result: PriceResult) -> SafeString:
    """A stacked bar of work, practice expense and malpractice in the setting asked for."""
    if not result.components or result.price is None:
        return mark_safe("")
    row = result.components[0].row
    facility = result.price.setting == "facility"
    parts = [
        ("work", "work", row.work_rvu),
        ("pe", "practice expense", row.facility_pe_rvu if facility else row.nonfacility_pe_rvu),
        ("mp", "malpractice", row.malpractice_rvu),
    ]
    total = sum((value for _, _, value in parts), Decimal(0))
    if not total:
        return mark_safe("")
    shares = [(key, words, round(value * 100 / total)) for key, words, value in parts]
    left, bars = Decimal(0), []
    for key, _, value in parts:
        width = value * 1000 / total
        bars.append((key, f"{left:.1f}", f"{width:.1f}"))
        left += width
    drawn = format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="12"></rect>', bars)
    said = ", ".join(f"{words} {share} %" for _, words, share in shares)
    legend = format_html_join("", '<li><i class="key-{}"></i>{} {} %</li>', shares)
    return format_html(
        '<svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" '
        'aria-label="Shares of the total: {}">{}</svg>'
        '<ul class="legend" aria-hidden="true">{}</ul>',
        said,
        drawn,
        legend,
    )


@register.simple_tag
def excluded_code(reference: str, names: Mapping[str, str]) -> SafeString:
    """A code or range of an Excludes1 note, each code that is loaded with its name and a link to its page."""
    link = '<a class="code" href="{}">{}</a>'
    ends = (
        format_html(link, reverse("codes:diagnosis", args=[end]), end)
        if end in names
        else format_html('<span class="code">{}</span>', end)
        for end in reference.split("-")
    )
    links = format_html_join("-", "{}", ((each,) for each in ends))
    name = names.get(reference, "")
    return format_html("{} {}", links, name) if name else links
