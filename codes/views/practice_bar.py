"""The practice bar below the header of every page: place, setting, practitioner, date, and how old the data are."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest, QueryDict

from codes import pricing
from codes.carried_parameters import CARRIED, carried
from codes.carry_over import practice_source
from codes.forms.address import DayForm
from codes.forms.practice import PracticeForm
from codes.forms.price import PARTICIPATION
from codes.knowledge.locality_names import spelled
from codes.models.release import Source
from codes.queries import geography, releases

NATIONAL = "National average"
PARTICIPATES = dict(PARTICIPATION)


@dataclass(frozen=True)
class PracticeBar:
    """The practice that the address of a page states, in words. Worked out when a template reads it."""

    query: QueryDict

    @cached_property
    def carried(self) -> dict[str, str]:
        """What of the practice is in the address, by parameter."""
        return dict(carried({name: self.query.get(name, "") for name in self.query}))

    @cached_property
    def at(self) -> date:
        """The date of service; today where none is given."""
        return DayForm(self.carried).at

    @property
    def cache_key(self) -> str:
        """What the fields behind "Change" are made of."""
        return f"{self.carried} {self.at}"

    @property
    def form(self) -> PracticeForm:
        """The fields behind "Change", with what is in the address."""
        return PracticeForm(self.carried)

    @property
    def others(self) -> list[tuple[str, str]]:
        """The other parameters of the page, which its address keeps when the practice changes."""
        pairs = [(name, value) for name, values in self.query.lists() for value in values]
        return [(name, value) for name, value in pairs if name not in CARRIED and name.isprintable()]

    @cached_property
    def locality(self) -> pricing.Locality | None:
        """The locality of the ZIP code, or the one that is named; None where neither is, or neither is known."""
        key = (
            self._zip_match.key
            if self._zip_match
            else ""
            if self.zip_code
            else self.carried.get("locality", "")
        )
        return geography.localities(self._calendar, self.at).by_key.get(key) if key else None

    @cached_property
    def _zip_match(self) -> geography.ZipMatch | None:
        return geography.zip_match(self._calendar, self.zip_code, self.at) if self.zip_code else None

    @property
    def zip_code(self) -> str:
        """The five digits of the ZIP code in the address, '' for none."""
        return self.carried.get("zip", "")[:5]

    @property
    def where(self) -> str:
        """ "60601 Chicago, IL", or the national average."""
        if locality := self.locality:
            return f"{self.zip_code} {spelled(locality.name)}, {locality.state}".strip()
        if not self.zip_code:
            return NATIONAL
        why = "no localities are loaded for this date" if self._zip_match else self._why_unknown
        return f"{self.zip_code} ({why})"

    @property
    def _why_unknown(self) -> str:
        is_loaded = self._calendar.nearest(Source.ZIP_LOCALITY, self.at) is not None
        return "not in CMS's ZIP file" if is_loaded else "CMS's ZIP file isn't loaded"

    @property
    def place_of_service(self) -> str:
        """The place of service in the address, empty where none or none that is priced."""
        typed = self.carried.get("pos", "").zfill(2)
        return typed if typed in pricing.PLACES else ""

    @property
    def setting(self) -> str:
        """ "Office (11)", or that each code is shown where it is usually done."""
        pos = pricing.PLACES.get(self.place_of_service)
        return f"{pos.name} ({pos.code})" if pos else "Usual place of each code"

    @property
    def who(self) -> str:
        """ "Physician, participating"."""
        kind = pricing.PRACTITIONERS.get(self.carried.get("practitioner", "physician"))
        track = ", qualifying APM" if "qp" in self.carried else ""
        name = kind.name if kind else "Physician"
        return f"{name}, {PARTICIPATES[self.carried.get('par', 'yes')].lower()}{track}"

    @property
    def data_age(self) -> list[str]:
        """From when the prices and the edits are, and what that means on the date of service."""
        ages = [self._age("Prices", "CMS ", Source.PPRRVU), self._age("Edits", "", Source.PTP_PRACTITIONER)]
        if all(is_older for _, is_older in ages):
            return [ages[0][0], f"{ages[1][0]}, older than this date"]
        return [f"{said}{', older than this date' if is_older else ''}" for said, is_older in ages]

    def _age(self, words: str, by: str, source: Source) -> tuple[str, bool]:
        """From when the file in force is, and whether it was meant for an earlier quarter."""
        release = self._calendar.in_force(source, self.at)
        if release is None:
            return f"{words}: none for this date", False
        is_older = releases.quarters_carried(release, self.at) > 0
        return f"{words}: {by}{release.effective_from:%b %Y}", is_older

    @cached_property
    def _calendar(self) -> releases.Calendar:
        return releases.calendar()


def practice_bar(request: HttpRequest) -> dict[str, PracticeBar]:
    """Context processor: the bar of the page that is asked for."""
    return {"practice": PracticeBar(practice_source(request))}
