"""What happens to the amount when procedures, sides or surgeons are more than one; pricing has the rates."""

from codes.formatting import percent
from codes.knowledge.meaning import LAYOUT, define, with_labels
from codes.pricing import indicator_words as short
from codes.pricing.bilateral import BOTH
from codes.pricing.ranking import HALF
from codes.pricing.reductions import REDUCTIONS
from codes.pricing.rules import IMAGING_PROFESSIONAL
from codes.pricing.surgeons import ASSISTANT, CO_SURGEON, NON_PHYSICIAN_ASSISTANT
from codes.pricing.therapy import SHARE as THERAPY

_TECHNICAL = {each.indicator: percent(each.technical) for each in REDUCTIONS}
_MULTIPLE = "Claims Processing Manual, ch. 12, §40.6"

MULTIPLE_PROCEDURE = define(
    "multiple_procedure",
    "Multiple procedures",
    "Which rule reduces the amount when the same patient has other procedures on the same day.",
    f"{LAYOUT}, multiple procedure",
    {
        "0": (
            "Not reduced with other procedures",
            "Other procedures on the same day do not lower its amount.",
        ),
        "1": (
            "Surgery reduction, until 1994",
            "Ranked by amount with the other procedures of the day: 100%, 50%, then 25% each. Medicare no "
            "longer uses this rule.",
        ),
        "2": (
            "Surgery reduction",
            "Medicare ranks it by fee schedule amount with the other procedures of the day: the highest "
            f"pays 100%, the next four {percent(HALF)} each, and further ones by report. The MAC does the ranking; "
            "modifier 51 is not required.",
        ),
        "3": (
            "Endoscopy reduction",
            "With another endoscopy of its family, all but the highest pay only what they add to the "
            "family's base code. The family's total then takes one place in the ranking of the day's "
            "procedures.",
        ),
        "4": (
            "Imaging reduction",
            f"With other imaging of the same session, all but the highest lose {_TECHNICAL['4']} of the technical "
            f"component and {percent(IMAGING_PROFESSIONAL[-1].value)} of the professional component.",
        ),
        "5": (
            "Therapy reduction",
            "The therapy unit with the highest practice expense that day is paid in full. Every other "
            f"unit, of any therapy code and discipline, loses {percent(THERAPY)} of its practice expense.",
        ),
        "6": (
            "Cardiovascular test reduction",
            f"With other cardiovascular tests on the same day, all but the highest lose {_TECHNICAL['6']} of the "
            "technical component. The professional component is not reduced.",
        ),
        "7": (
            "Eye test reduction",
            f"With other eye tests on the same day, all but the highest lose {_TECHNICAL['7']} of the technical "
            "component. The professional component is not reduced.",
        ),
        "9": ("Multiple-procedure rules do not apply", "No multiple-procedure rule applies to this code."),
    },
    {
        "2": _MULTIPLE,
        "3": _MULTIPLE,
        "4": f"Social Security Act §1848(b)(4)(D) and (b)(10); {LAYOUT}, multiple procedure",
        "5": f"Social Security Act §1848(b)(7); {LAYOUT}, multiple procedure",
    },
)

BILATERAL = define(
    "bilateral_surgery",
    "Both sides",
    "What Medicare pays when the service is done on both sides of the body in one session.",
    "Claims Processing Manual, ch. 12, §40.7",
    with_labels(
        short.BILATERAL,
        {
            "0": (
                "Anatomy or the code's own definition rules out a bilateral payment. Billed for both sides, it "
                "pays no more than once."
            ),
            "1": (
                f"Both sides together pay {percent(BOTH)} of the amount for one. Medicare applies this "
                "before it ranks the day's procedures."
            ),
            "2": (
                "The relative values are those of a bilateral service. Billed for both sides, it still pays "
                "once."
            ),
            "3": "Each side pays 100% of the amount. Rules for several procedures on one day apply afterward.",
            "9": "The code has no sides, so a claim for both sides does not fit.",
        },
    ),
)

ASSISTANT_SURGERY = define(
    "assistant_surgery",
    "Assistant at surgery",
    "Whether Medicare pays a second physician or practitioner for assisting.",
    "Social Security Act §1848(i)(2); Claims Processing Manual, ch. 12, §20.4.3",
    with_labels(
        short.ASSISTANT_SURGERY,
        {
            "0": (
                "Medicare does not pay an assistant unless the documentation shows that one was medically "
                "necessary."
            ),
            "1": "The law bars payment for an assistant, and the patient may not be billed for one.",
            "2": (
                f"An assisting physician is paid {percent(ASSISTANT)} of the surgical amount; a physician "
                "assistant, nurse practitioner or clinical nurse specialist is paid "
                f"{percent(NON_PHYSICIAN_ASSISTANT / ASSISTANT)} of that."
            ),
            "9": "The idea of an assistant at surgery does not apply.",
        },
    ),
)

CO_SURGEONS = define(
    "co_surgeons",
    "Co-surgeons",
    "Whether Medicare pays two surgeons of different specialties for one procedure.",
    "Claims Processing Manual, ch. 12, §40.8",
    with_labels(
        short.CO_SURGEONS,
        {
            "0": "Medicare does not pay two surgeons as co-surgeons for this procedure.",
            "1": (
                f"Each of two surgeons is paid {percent(CO_SURGEON)} of the amount if the documentation shows that "
                "both were medically necessary."
            ),
            "2": (
                f"Two surgeons of different specialties are each paid {percent(CO_SURGEON)} of the amount, without "
                "further documentation of need."
            ),
            "9": "The idea of co-surgeons does not apply.",
        },
    ),
)

TEAM = define(
    "team_surgery",
    "Team surgery",
    "Whether Medicare pays a team of more than two surgeons for one procedure.",
    "Claims Processing Manual, ch. 12, §40.8",
    with_labels(
        short.TEAM_SURGERY,
        {
            "0": "Medicare does not pay a surgical team for this procedure.",
            "1": "Medicare pays a team by report if the documentation shows that one was medically necessary.",
            "2": "Medicare pays a team; the MAC sets each surgeon's amount from the report.",
            "9": "The idea of a surgical team does not apply.",
        },
    ),
)
