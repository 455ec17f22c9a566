"""Local coverage for programs: the articles and LCDs on a code, and what they say of diagnoses. Every key is here."""

from datetime import date

from codes.code_request import CodeRequest
from codes.diagnoses.articles import Article, ListGroup
from codes.exports.serializers import NOTICE, Json, serialize_locality
from codes.knowledge.coverage_search import coverage_search
from codes.queries.coverage import CheckedSupport, LocalCoverage


def serialize_local_coverage(
    found: CodeRequest, local: LocalCoverage | None, checked: CheckedSupport | None
) -> Json:
    """The documents with every diagnosis; why there are none where there are none."""
    search = coverage_search(found.record.code, found.locality.mac, found.locality.state)
    return {
        "code": found.record.code,
        "date_of_service": found.at.isoformat(),
        "locality": serialize_locality(found.locality),
        "contractor": str(search.contractor) if search.contractor else None,
        "search": search.address,
        "documents": [_document(each) for each in local.documents] if local else [],
        "not_checked": (local.missing or None) if local else "no coverage download is loaded",
        "support": serialize_support(checked) if checked else None,
        "release": local.release.name if local else None,
        "notice": NOTICE,
    }


def serialize_support(checked: CheckedSupport) -> Json:
    """What the articles say of the diagnoses of a claim for one code."""
    return {
        "code": checked.code,
        "support": checked.support.value,
        "words": checked.words,
        "articles": [
            {
                "number": each.article.number,
                "title": each.article.title,
                "address": each.article.address,
                "support": each.support.value,
                "words": each.words,
                "diagnoses": list(each.diagnoses),
            }
            for each in checked.answers
        ],
        "release": checked.release,
    }


def _document(article: Article) -> Json:
    return {
        "number": article.number,
        "title": article.title,
        "address": article.address,
        "in_force_from": _iso(article.begins),
        "revised": _iso(article.revised),
        "in_force_until": _iso(article.ends),
        "related": list(article.related),
        "codes": [_group(each) for each in article.codes],
        "supporting_diagnoses": [_group(each) for each in article.supports],
        "excluded_diagnoses": [_group(each) for each in article.excludes],
    }


def _group(group: ListGroup) -> Json:
    """A group with its words; its `codes` are empty where it has no list."""
    return {
        "group": group.number,
        "words": group.words or None,
        "codes": list(group.codes),
        "with_asterisk": [code for code in group.codes if code in group.starred],
        "asterisk": group.note or None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
