"""What the people of the demo answered, agreed and wrote in their check-ins. All of it is invented."""

from dataclasses import dataclass, field

from partnerships.sectors import Sector

E, H, SC, V, O = Sector.EDUCATION, Sector.HEALTH, Sector.SOCIAL_CARE, Sector.VOLUNTARY, Sector.OTHER  # noqa: E741

ON_PAPER: list[tuple[str, str, Sector]] = [
    ("Beth Carver", "Hillside Primary School", E),
    ("Imran Siddiq", "Hillside Primary School", E),
    ("Lorna Petrie", "Hillside Primary School", E),
    ("Sam Oyelaran", "Hillside Primary School", E),
    ("Carys Bowen", "Wexcombe community nursing", H),
    ("Dev Patel-Ross", "Health visiting", H),
    ("Moira Quill", "Orchard Rise surgery", H),
    ("Anton Weiss", "Occupational therapy", H),
    ("Bridget Nolan", "Children’s social care", SC),
    ("Faisal Karim", "Children’s social care", SC),
    ("Joanna Reid", "Family support team", SC),
    ("Peter Akande", "Fostering team", SC),
    ("Yasmin Choudhury", "Early help", SC),
    ("Colin Draper", "Wexcombe food bank", V),
    ("Ada Mwangi", "Harbour", V),
    ("Ros Tilley", "Home from Home", V),
    ("Gareth Lyle", "Wexcombe Young Carers", V),
]
"""People without an account, whose paper forms were typed in: name, where they work, sector."""

LEVELS = "not_in_place partly in_place".split()
USUAL: dict[str, dict[str, str]] = {
    # statement: how far it is for each sector, as a figure from 0 to 2; "all" for the rest
    "shared_vision": {"all": "1.6"},
    "vision_made_by_all": {"all": "1.1", "education": "1.7", "voluntary": "0.4"},
    "needs_agreed": {"all": "1.1"},
    "changes_agreed": {"all": "1.5"},
    "links_to_plans": {"all": "0.7"},
    "outcome_measures": {"all": "0.4"},
    "open_to_scrutiny": {"all": "0.9"},
    "new_ideas": {"all": "1.4"},
    "shared_lines": {"all": "0.6"},
    "neighbours_settled": {"all": "1.0"},
    "commissioning_sits": {"all": "0.9", "social_care": "1.6"},
    "commissioning_meaning": {"all": "0.4"},
    "planning_allocated": {"all": "1.1"},
    "commissioners_providers": {"all": "0.9"},
    "families_in_decisions": {"all": "1.0", "voluntary": "0.2", "social_care": "1.7"},
    "declared_resources": {"all": "1.0"},
    "money_settled": {"all": "1.3"},
    "accounts_track": {"all": "0.4"},
    "leaders_committed": {"all": "1.8"},
    "leaders_make_time": {"all": "1.0", "education": "1.8", "health": "0.2"},
    "practitioners_committed": {"all": "1.9"},
    "clear_brief": {"all": "1.8"},
    "everyones_job": {"all": "0.8"},
    "willing_at_all_levels": {"all": "1.6"},
    "difficulties_dealt_with": {"all": "0.6", "education": "1.2"},
    "time_to_know": {"all": "1.1"},
}
UNSURE = {"commissioning_meaning": 9, "commissioning_sits": 3, "accounts_track": 8, "money_settled": 3}
"""How many say "don't know"; elsewhere nobody or one."""
GROWN = {
    "outcome_measures": 0.5,
    "links_to_plans": 0.4,
    "families_in_decisions": 0.3,
    "time_to_know": 0.5,
    "difficulties_dealt_with": 0.5,
    "willing_at_all_levels": 0.2,
    "leaders_make_time": -0.2,
}
"""By how much a statement moves from one check-in to the next."""
WRITTEN = {
    "shared_vision": ["It hangs in the staff room. I have not seen it anywhere else."],
    "leaders_make_time": [
        "Our manager lets us come if nothing else is on.",
        "The half-termly meeting is in the diary for the year.",
    ],
    "outcome_measures": ["We count sessions. We don’t count what changed."],
    "families_in_decisions": [
        "Two parents come to the meeting now.",
        "Families are told. They are not asked.",
    ],
    "difficulties_dealt_with": ["Whom do I ring when it goes wrong?"],
}


@dataclass(frozen=True)
class DemoRound:
    """`terms_ago`: it closed so many half terms ago; 0 is a few days ago. `steps`: how often figures have grown."""

    name: str
    is_anonymous: bool
    terms_ago: int
    steps: int
    title: str = "How well do we work together?"
    is_open: bool = False
    shared: bool = False
    agreed: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    words: str = ""
    why: str = ""


FIRST_LEVELS = {
    "shared_vision": ("in_place", "Written in the autumn, one side of paper", ""),
    "outcome_measures": ("not_in_place", "", ""),
    "leaders_make_time": ("partly", "", "Health: nobody covers the clinic while we meet"),
    "families_in_decisions": ("not_in_place", "", "Social care: our families are at every review"),
    "commissioning_meaning": ("not_in_place", "Ask the council to explain it", ""),
    "difficulties_dealt_with": ("not_in_place", "", ""),
    "practitioners_committed": ("in_place", "", ""),
    "clear_brief": ("in_place", "Amara has two afternoons a week for it", ""),
}
SECOND_LEVELS = {
    **FIRST_LEVELS,
    "outcome_measures": ("partly", "Two measures for the bereavement work since the summer", ""),
    "families_in_decisions": ("partly", "Two parents sit in the meeting", "Voluntary: they are asked late"),
    "difficulties_dealt_with": ("partly", "One page: whom to ring", ""),
}
ROUNDS = [
    DemoRound(
        "first",
        is_anonymous=True,
        terms_ago=3,
        steps=0,
        shared=True,
        agreed=FIRST_LEVELS,
        words="The people and the will are there. What is missing is written down or counted: measures, plans and "
        "money. We begin with two measures for the bereavement work.",
    ),
    DemoRound(
        "second",
        is_anonymous=True,
        terms_ago=1,
        steps=1,
        shared=True,
        agreed=SECOND_LEVELS,
        words="We know each other better, and it shows. Health still has no time for it. Families come to the meeting, "
        "and should be asked before it, not in it.",
    ),
    DemoRound(
        "third",
        is_anonymous=True,
        terms_ago=0,
        steps=2,
        why="Before we plan next term’s meetings.",
    ),
    DemoRound(
        "with names",
        title="The nine of us who meet each week",
        is_anonymous=False,
        terms_ago=0,
        steps=2,
        is_open=True,
        why="We are nine, and want to talk about it openly.",
    ),
]
WEEKLY = (
    "coordinator@demo.example",
    "ruth.adeyemi@demo.example",
    "practitioner@demo.example",
    "staff@demo.example",
    "tom.whitlock@demo.example",
    "grace.okafor@demo.example",
    "leila.haddad@demo.example",
    "helen.marsh@demo.example",
    "kieran.doyle@demo.example",
)
ANSWERED_WEEKLY = ("tom.whitlock@demo.example", "grace.okafor@demo.example", "helen.marsh@demo.example")
MISSED = ("Peter Akande", "Sam Oyelaran")
"""Were asked each time, and never found the time."""
