"""From what stands in an address to a code that the reference holds."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone

from codes.denials.code_rules import known_code
from codes.links import split_typed
from codes.queries.code import CodeRecord


def canonical_redirect(name: str, typed: str) -> HttpResponsePermanentRedirect | None:
    """A redirect where a code was typed in lower case, with blanks or with a modifier."""
    parts = split_typed(typed)
    if parts is None or parts[0] == typed:
        return None
    return HttpResponsePermanentRedirect(reverse(f"contributions:{name}", args=[parts[0]]))


def known_or_404(typed: str) -> CodeRecord:
    """The code of an address; 404 where no loaded file holds it."""
    found = known_code(typed, timezone.localdate())
    if found is None:
        raise Http404
    return found
