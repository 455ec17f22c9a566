"""S7 and S8: what the lines of one patient, day and physician (or group) do to each other's amounts."""

from collections.abc import Mapping, Sequence

from codes.pricing.anesthesia import pay_highest_base_only
from codes.pricing.components import find_technical_codes
from codes.pricing.ranking import rank_surgery
from codes.pricing.reductions import reduce_components
from codes.pricing.therapy import reduce_therapy
from codes.pricing.types import CodeRows
from codes.pricing.working import Working


def rank_lines(workings: Sequence[Working], rows_by_code: Mapping[str, CodeRows]) -> None:
    """Every ranking, each among its own kind: surgery with endoscopy, tests by component, therapy,
    anesthesia. One unit alone has nothing beside it.
    """
    find_technical_codes(workings, rows_by_code)
    if len(workings) == 1 and workings[0].units == 1:
        return
    rank_surgery(workings, rows_by_code)
    reduce_components(workings)
    reduce_therapy(workings)
    pay_highest_base_only(workings)
