"""The rows of the long tables, a table in one go: fifteen small tags of a template for each row take thrice that."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from codes import links as address
from codes.denials import expected
from codes.knowledge.indicators import Meaning
from codes.knowledge.locality_names import spelled
from codes.ncci import Finding, NumberedLine, Way
from codes.pricing import Step
from codes.queries.bundling import BundlingRow
from codes.queries.claim import Desk
from codes.queries.country import Ranked, StateMean
from codes.queries.desk_line import DeskLine
from codes.queries.modifier_amounts import WithModifier
from codes.queries.search import SearchResult
from codes.rules import Fix
from codes.templatetags.codes_words import day, dollars, manual_place

register = template.Library()

MOST_WAYS = 2
CURRENT_ROW = mark_safe(' aria-current="true"')
CURRENT_NAME = mark_safe(" <strong>your locality</strong>")
CAPPED = mark_safe(' <span class="tag caution">capped</span>')
MARK, UNMARK = mark_safe("<mark>"), mark_safe("</mark>")
NO_CHANGE = mark_safe('<span class="quiet">no change</span>')
NO_AMOUNT = mark_safe('<span class="quiet">none</span>')
NOT_PRICED = mark_safe('<span class="quiet">not priced</span>')
DELETED = mark_safe('<span class="quiet tiny">deleted</span>')
PASSING = {
    "0": mark_safe('<span class="tag denied">can\'t be bypassed</span>'),
    "1": mark_safe('<span class="tag caution">can be bypassed</span>'),
    "9": mark_safe('<span class="tag quiet">never applied</span>'),
}


@register.simple_tag
def edit_rows(rows: Iterable[BundlingRow], tab: str) -> SafeString:
    """A list of bundling edits of one code; of those that ended, with their last day."""
    return format_html_join(
        "\n",
        '<tr><th scope="row"><a class="code" href="{}">{}</a> {}</th>'
        '<td>{}{}{}{}</td><td class="num">{}</td>{}</tr>',
        (
            (
                *(address.code_address(row.other), row.other, row.other_name),
                *(
                    _ways(row),
                    _other_setting(row),
                    "" if tab == "ended" else _after_denial(row),
                    _manual(row),
                ),
                NOT_PRICED if row.at_stake is None else dollars(row.at_stake),
                _ended(row) if tab == "ended" else "",
            )
            for row in rows
        ),
    )


@register.simple_tag
def modifier_rows(amounts: Iterable[tuple[WithModifier, str]]) -> SafeString:
    """What each modifier does to the amount of a code."""
    return format_html_join(
        "",
        '\n<tr><th scope="row"><a class="code" href="{}">{}</a> {}</th><td class="num">{}</td></tr>',
        (
            (address.modifier_address(each.modifier), each.modifier, name, _effect(each))
            for each, name in amounts
        ),
    )


def _effect(found: WithModifier) -> SafeString:
    if found.allowed is None:
        return format_html('<abbr class="quiet" title="{}">no amount</abbr>', found.why)
    return format_html("<strong>{}</strong>", dollars(found.allowed)) if found.is_changed else NO_CHANGE


@register.simple_tag
@lru_cache(maxsize=512)
def indicator(title: str, meaning: Meaning) -> SafeString:
    """An indicator of a code and what its value means for a claim."""
    value = format_html(' <span class="code">{}</span>', meaning.printed) if meaning.value else ""
    return format_html(
        '<dt><a href="{}#{}">{}</a>{}</dt>\n<dd><strong>{}.</strong> {}</dd>\n',
        *(reverse("codes:indicators"), meaning.field, title, value, meaning.words, meaning.for_a_claim),
    )


@register.simple_tag
def bypass(indicator: str) -> SafeString:
    """What a modifier indicator says, as a tag."""
    return PASSING[indicator]


def _other_setting(row: BundlingRow) -> SafeString | str:
    """Where the edits of the other setting differ, as a tag."""
    return format_html(' <span class="tag">{}</span>', row.other_setting) if row.other_setting else ""


def _after_denial(row: BundlingRow) -> SafeString:
    """A link to the step after a denial under an edit."""
    query = expected.of_edit(row.pays, row.denied)
    return format_html(' <a class="tiny no-print" href="{}">If denied</a>', address.denial_address(query))


def _manual(row: BundlingRow) -> SafeString | str:
    """The first paragraph of the manual that speaks of the two codes, in small print."""
    if not row.manual:
        return ""
    return format_html(' <span class="tiny quiet">{}</span>', manual_place(row.manual[0]))


def _ways(row: BundlingRow) -> SafeString:
    """The first way through that fits the two codes, and the modifiers of the second; else what the indicator says."""
    if not row.ways:
        return PASSING[row.edit.indicator]
    first, *further = row.ways
    others = format_html_join("", " Or {}.", ((_linked(way),) for way in further[: MOST_WAYS - 1]))
    return format_html("{}{}", way_through(first), others)


@register.simple_tag
def way_through(way: Way) -> SafeString:
    """A way through an edit as a sentence, each modifier a link to its page."""
    return format_html("{} {}", _linked(way), way.assertion)


def _linked(way: Way) -> SafeString:
    """The modifiers of a way and their line, each modifier a link to its page."""
    shown = [
        format_html('<a class="code" href="{}">{}</a>', address.modifier_address(word), word)
        if word in way.modifiers
        else word
        for word in re.split(r"(\b[A-Z0-9]{2}\b)", way.where)
    ]
    return mark_safe("".join(map(conditional_escape, shown)).rstrip(","))


def _ended(row: BundlingRow) -> SafeString:
    """Which code an edit that is not in force denied, and until when."""
    last = row.edit.deletion
    return format_html(
        "<td>{} was denied</td><td>{}</td>", row.denied, day(last) if last else "not yet begun"
    )


@register.simple_tag
def working(steps: Iterable[Step]) -> SafeString:
    """The steps of a price as items of a list: what was done, the arithmetic, and where CMS says so."""
    return format_html_join(
        "\n",
        '<li>{}{} <span class="cite">{}</span></li>',
        (
            (
                step.title,
                format_html('<span class="formula">{}</span>', step.formula) if step.formula else "",
                f"{step.citation} {step.section}" if step.section else step.citation,
            )
            for step in steps
        ),
    )


@register.simple_tag
def findings(found: Iterable[Finding]) -> SafeString:
    """What the checks say of a claim line as items of a list, with the codes of the denial to expect."""
    return format_html_join(
        "\n",
        '<li>{} <span class="tiny quiet">{}{}</span></li>',
        (
            (each.words, f"Expect {', '.join(each.reasons)}. " if each.reasons else "", each.citation)
            for each in found
        ),
    )


@register.simple_tag
def apply_link(desk: Desk, fix: Fix, query_string: str) -> SafeString:
    """A link to the same claim with a fix applied; nothing where the fix is not done on the claim."""
    lines = desk.lines_after(fix)
    if not lines:
        return SafeString("")
    parameters = QueryDict(query_string, mutable=True)
    parameters["lines"] = lines
    return format_html(' <a href="?{}">Apply and check again</a>', parameters.urlencode(safe=",@"))


@register.simple_tag
def denial_link(line: DeskLine, query_string: str) -> SafeString:
    """A link to the step after the denial of a line of the desk; nothing where none is to be expected."""
    found = expected.of_line(line.checked)
    if found is None or not line.is_unpaid:
        return SafeString("")
    parameters = QueryDict(query_string)
    kept = {name: parameters.get(name, "") for name in ("dos", "pos", "dx")}
    query = found.query(line.line, **kept)
    words = '<p class="small no-print"><a href="{}">If it was denied ({}): what now?</a></p>'
    return format_html(words, address.denial_address(query), found.title)


@register.simple_tag
def coverage_url(code: str, query_string: str) -> str:
    """The articles on a code, with the claim's diagnoses looked up in them."""
    parameters = QueryDict(query_string)
    kept = [(name, parameters[name]) for name in ("dos", "dx") if parameters.get(name)]
    return f"{address.code_address(code, '_coverage')}?{urlencode(kept, safe=',')}"


@register.simple_tag
def pair_denial_link(one: NumberedLine, two: NumberedLine, finding: Finding) -> SafeString:
    """A link to the step after the denial of the column 2 line; nothing where the edit does not deny it."""
    found = expected.of_finding(finding)
    if found is None:
        return SafeString("")
    denied = one if one.number in finding.denies else two
    words = '<p class="small no-print"><a href="{}">If {} was denied ({}): what now?</a></p>'
    query = found.query(denied.line)
    return format_html(words, address.denial_address(query), denied.code, found.title)


@register.simple_tag
def locality_rows(rows: Iterable[Ranked], code: str, at: date) -> SafeString:
    """Every locality with its rank and amounts; its name leads to the code there, its key to the locality."""
    page, day_text = address.code_address(code), at.isoformat()
    return format_html_join(
        "\n",
        '<tr{}><td class="num">{}</td><th scope="row"><a href="{}?locality={}&amp;dos={}">{}, {}</a>{}{} {}</th>'
        '<td class="num">{}</td><td class="num">{}</td></tr>',
        (
            (
                *(CURRENT_ROW if row.is_current else "", row.rank, page, row.key, day_text),
                *(_named(row.allowed.locality.name), row.allowed.locality.state),
                *(
                    CURRENT_NAME if row.is_current else "",
                    CAPPED if row.allowed.is_capped else "",
                    _key(row.key),
                ),
                *(_amount(row.allowed.nonfacility), _amount(row.allowed.facility)),
            )
            for row in rows
        ),
    )


@register.simple_tag
def state_rows(states: Iterable[StateMean]) -> SafeString:
    """The map of states as rows of a table."""
    return format_html_join(
        "\n",
        '<tr><th scope="row">{}</th>' + '<td class="num">{}</td>' * 4 + "</tr>",
        (
            (state.name, dollars(state.mean), dollars(state.lowest), dollars(state.highest), state.localities)
            for state in states
        ),
    )


def _amount(amount: Decimal | None) -> str:
    return NO_AMOUNT if amount is None else dollars(amount)


@lru_cache(maxsize=128)
def _named(name: str) -> SafeString:
    return conditional_escape(spelled(name))


def _key(key: str) -> SafeString:
    return format_html(
        '<a class="code tiny quiet" href="{}">{}</a>',
        address.locality_address(key),
        key,
    )


@register.simple_tag
def found_rows(hits: Iterable[SearchResult]) -> SafeString:
    """What a search found, with what answers the query marked, and the national amounts."""
    return format_html_join(
        "\n",
        '<li><span class="code">{}</span> <a href="{}">{}</a> <span class="amounts">{}</span></li>',
        ((found.code, _leads_to(found), _marked(found), _amounts(found)) for found in hits),
    )


@register.simple_tag
def suggested_rows(hits: Iterable[SearchResult]) -> SafeString:
    """The same as the options of the list below the box: one amount each."""
    return format_html_join(
        "\n",
        '<li role="option" id="suggestion-{}" aria-selected="false" data-href="{}">'
        '<span class="code">{}</span> <span>{}</span>{}</li>',
        (
            (number, _leads_to(found), found.code, _marked(found), _one_amount(found))
            for number, found in enumerate(hits, 1)
        ),
    )


def _leads_to(found: SearchResult) -> str:
    return address.code_address(found.code)


def _marked(found: SearchResult) -> SafeString:
    tags = {True: (MARK, UNMARK), False: ("", "")}
    pieces = ((tags[marked][0], text, tags[marked][1]) for text, marked in found.pieces)
    return format_html_join("", "{}{}{}", pieces)


def _amounts(found: SearchResult) -> SafeString:
    if found.is_deleted:
        return DELETED
    if not found.fees.is_priced:
        return format_html(
            '<span class="quiet tiny">{}</span>', found.fees.words or "not on a price list we have"
        )
    if found.fees.words:
        return format_html('{} <span class="tiny quiet">{}</span>', dollars(found.office), found.fees.words)
    amounts = [(found.office, "office")] if found.office is not None else []
    if found.facility is not None and found.facility != found.office:
        amounts.append((found.facility, "facility"))
    return format_html_join(
        " ", '{} <span class="tiny quiet">{}</span>', ((dollars(amount), where) for amount, where in amounts)
    )


def _one_amount(found: SearchResult) -> SafeString | str:
    if found.is_deleted:
        return format_html(" {}", DELETED)
    amount = found.facility if found.office is None else found.office
    return "" if amount is None else format_html(' <span class="money">{}</span>', dollars(amount))
