"""Long lists of releases in pages: eight of each source, two years of quarters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from codes.forms import fields
from codes.forms.address import AddressForm

PER_PAGE = 8
T = TypeVar("T")


class PageForm(AddressForm):
    """Which page of a list, the first by default."""

    page = fields.whole("Page", 999, "The page")


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """A page of every list of a view. `error` says what is wrong with the page asked for; the first is then shown."""

    number: int
    last: int
    error: str = ""
    status: int = 200

    def of(self, releases: Sequence[T]) -> Sequence[T]:
        """The part of a list that is on this page."""
        return releases[(self.number - 1) * PER_PAGE : self.number * PER_PAGE]

    @property
    def earlier(self) -> int | None:
        """The page with the releases before these."""
        return self.number + 1 if self.number < self.last else None

    @property
    def later(self) -> int | None:
        """The page with the releases after these."""
        return self.number - 1 or None


def release_page(parameters: Any, longest: int) -> ReleasePage:
    """The page that is asked for of lists of which the longest has so many releases."""
    form, last = PageForm(parameters), max(1, -(-longest // PER_PAGE))
    if not form.is_valid():
        return ReleasePage(1, last, " ".join(map(str, form.errors["page"])), 400)
    number = form.cleaned_data["page"] or 1
    if number > last:
        return ReleasePage(1, last, f"There is no page {number}: the last is {last}.", 404)
    return ReleasePage(number, last)
