"""What the invented people of the demo wrote. Letters stand for people, so that a board reads at a glance."""

from dataclasses import dataclass, field

from partnerships.sectors import Sector
from toolkits.stages import Stage

PEOPLE = {
    "A": "coordinator@demo.example",
    "R": "ruth.adeyemi@demo.example",
    "P": "practitioner@demo.example",
    "D": "staff@demo.example",
    "L": "leila.haddad@demo.example",
    "T": "tom.whitlock@demo.example",
    "G": "grace.okafor@demo.example",
    "O": "owen.pritchard@demo.example",
    "S": "shabana.malik@demo.example",
    "J": "jonas.berg@demo.example",
    "H": "helen.marsh@demo.example",
    "N": "nadia.rahman@demo.example",
    "K": "kieran.doyle@demo.example",
    "E": "efua.mensah@demo.example",
    "1": "Maureen Tate",
    "2": "Idris Bello",
}


@dataclass(frozen=True)
class DemoCard:
    zone: str
    letter: str
    text: str
    voters: str = ""

    @property
    def by(self) -> str:
        return PEOPLE[self.letter]

    @property
    def votes(self) -> list[str]:
        return [PEOPLE[letter] for letter in self.voters]


@dataclass(frozen=True)
class DemoAct:
    """`owner` is a letter, or a name."""

    card: str
    text: str
    who: str
    due_in: int
    done_ago: int | None = None
    outcome: str = ""

    @property
    def owner(self) -> str:
        return PEOPLE.get(self.who, self.who)


@dataclass(frozen=True)
class DemoSession:
    title: str
    stage: Stage
    days_ago: int
    invited: str
    cards: tuple[DemoCard, ...] = ()
    actions: tuple[DemoAct, ...] = ()
    words: str = ""
    agreeing: str = ""
    differing: dict[str, str] = field(default_factory=dict)
    guests: tuple[tuple[str, str, Sector], ...] = ()
    runner: str = PEOPLE["A"]
    code: str = ""

    @property
    def members(self) -> list[str]:
        return [PEOPLE[letter] for letter in self.invited]

    @property
    def agree(self) -> list[str]:
        return [PEOPLE[letter] for letter in self.agreeing]

    @property
    def differ(self) -> dict[str, str]:
        return {PEOPLE[letter]: words for letter, words in self.differing.items()}


S, W, OPP, T = "strengths", "weaknesses", "opportunities", "threats"

SHARING = DemoSession(
    title="Sharing information between agencies",
    stage=Stage.DISCUSS,
    days_ago=1,
    invited="RPLTGOSHE",
    guests=(
        ("Maureen Tate", "Wexcombe Carers", Sector.VOLUNTARY),
        ("Idris Bello", "Family Hub", Sector.SOCIAL_CARE),
    ),
    cards=(
        DemoCard(S, "A", "Everyone knows whom to ring: one lead for early help", "APLT"),
        DemoCard(S, "P", "The nurse has a desk and a log-in here", "RP"),
        DemoCard(S, "T", "We are asked before plans are made", "T1"),
        DemoCard(S, "G", "Meetings start and end on time", "G"),
        DemoCard(W, "O", "Three forms for the same family", "APGOSH1"),
        DemoCard(W, "S", "Housing hears last when a family moves", "SO2"),
        DemoCard(W, "E", "No shared word for “urgent”", "EL"),
        DemoCard(W, "R", "Minutes reach partners after ten days"),
        DemoCard(OPP, "2", "The new family hub opens in May, next door", "2GS"),
        DemoCard(OPP, "L", "Shared training days from September", "LH"),
        DemoCard(T, "1", "Our funding ends in March", "1TA"),
        DemoCard(T, "H", "Two key people leave in July", "H"),
    ),
    words="We know and like each other; our paperwork does not show it yet. We try one form for a term, "
    "and tell housing the same day when a family moves.",
    agreeing="AGO1",
    code="K4T9PM",
)
SKILLS = DemoSession(
    title="Skills and effectiveness of the people who work with children",
    stage=Stage.INDIVIDUAL,
    days_ago=2,
    invited="RPDLTGKEN",
    guests=(
        ("Maureen Tate", "Wexcombe Carers", Sector.VOLUNTARY),
        ("Idris Bello", "Family Hub", Sector.SOCIAL_CARE),
    ),
    cards=(
        DemoCard(S, "A", "Every new person gets half a day with the early help lead"),
        DemoCard(W, "A", "We train at different times, and never together"),
        DemoCard(S, "L", "Class teachers try out what we suggest"),
        DemoCard(W, "T", "Few feel sure how to talk about a death"),
        DemoCard(OPP, "G", "The council pays for joint training this year"),
        DemoCard(T, "D", "Supply staff don’t know our routes"),
        DemoCard(OPP, "1", "Young carers would gladly tell staff what helps"),
    ),
)
BUYING = DemoSession(
    title="Commissioning from public, private and voluntary providers",
    stage=Stage.REVEAL,
    days_ago=3,
    invited="RJTKS",
    cards=(
        DemoCard(S, "A", "We know what each hour costs us"),
        DemoCard(S, "J", "Agreements run for a year, so we can plan"),
        DemoCard(W, "T", "Small charities fill in long forms for small sums"),
        DemoCard(W, "R", "Nobody looks back at what a contract changed"),
        DemoCard(OPP, "K", "Three schools could buy one youth worker together"),
        DemoCard(T, "S", "Prices rise faster than the budget"),
    ),
)
STARTING = DemoSession(
    title="Moving from nursery into reception", stage=Stage.DRAFT, days_ago=0, invited="LPHN"
)
AROUND = DemoSession(
    title="Building services around schools and children’s centres",
    stage=Stage.AGREED,
    days_ago=24,
    invited="RPLTGOSHKE",
    cards=(
        DemoCard(S, "A", "Room 4 is free for visitors all week", "APK"),
        DemoCard(S, "L", "Parents come because their children are here anyway", "LGE"),
        DemoCard(S, "P", "We know each other by name", "P"),
        DemoCard(W, "E", "We hear too late that a clinic day has changed", "EPRLH"),
        DemoCard(W, "S", "Nobody shows a newcomer round", "SOT"),
        DemoCard(W, "H", "Visits clash with assembly", "H"),
        DemoCard(OPP, "G", "The family hub wants a shared front desk", "GRSKA"),
        DemoCard(OPP, "K", "Half-term is when families have time", "KT"),
        DemoCard(T, "T", "Two small services may close", "TOA"),
        DemoCard(T, "O", "Building work takes the car park until autumn", "OH"),
    ),
    actions=(
        DemoAct(
            "We hear too late that a clinic day has changed",
            "Send changed days to the office by the Friday before",
            "P",
            -10,
            done_ago=12,
            outcome="The office puts them on the staff-room board on Mondays.",
        ),
        DemoAct(
            "Nobody shows a newcomer round", "Show newcomers round on the first Tuesday of each term", "R", 18
        ),
        DemoAct(
            "The family hub wants a shared front desk", "Visit the hub together and ask for one desk", "G", 25
        ),
        DemoAct(
            "Two small services may close",
            "Ask two trusts to carry the young carers’ group",
            "Maureen Tate",
            -3,
        ),
    ),
    words="Families find us here, and we find each other. What we lack is notice: from now on every changed day "
    "is told by the Friday before, and nobody starts here without being shown round.",
    agreeing="APRLTGHKE",
    differing={"S": "A Friday is too late for our rota; we need two weeks."},
)
SESSIONS = (AROUND, SHARING, SKILLS, BUYING, STARTING)
