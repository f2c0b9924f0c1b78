"""What the invented people of the demo wrote. Letters stand for people, so that a board reads at a glance."""

from dataclasses import dataclass, field
from typing import Any

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

PROFILE_DAYS_AGO = {
    "practitioner@demo.example": 12,
    "leila.haddad@demo.example": 40,
    "tom.whitlock@demo.example": 75,
    "owen.pritchard@demo.example": 20,
}
PROFILES: dict[str, dict[str, Any]] = {
    PEOPLE["P"]: {
        "whereabouts": "Mondays and Thursday mornings, medical room",
        "role": [
            "Health checks in reception and year 6",
            "Drop-in for pupils, Mondays and Thursdays",
            "Advice to staff on asthma, allergy and sleep",
            "Health plans with families",
        ],
        "successes": [
            "Walking club: 22 children, four mornings a week",
            "Every child with asthma has a plan that staff have read",
        ],
        "contribution": "Staff come to me before a worry becomes a referral: I am there at the same time each week.",
        "help": [
            "A room with a door on Thursdays",
            "To hear when a family moves",
            "One form for all services",
        ],
        "learning": ["Talking with children about loss", "How housing decisions are made"],
    },
    PEOPLE["L"]: {
        "whereabouts": "Tuesdays, Rainbow Room, 1.15 to 3.00",
        "role": [
            "Assess speech, language and communication",
            "Small groups in reception and year 1",
            "Show staff what to try in class",
        ],
        "successes": ["A language group that the teaching assistants now run themselves"],
        "contribution": "Teachers and I plan each half term’s groups together.",
        "help": ["Ten minutes with class teachers each week", "A quiet corner", "One form for all services"],
        "learning": ["Signing with older pupils"],
    },
    PEOPLE["T"]: {
        "whereabouts": "Wednesdays, Quiet room, 10.30 to 12.00",
        "role": [
            "Listen to children when somebody close has died",
            "Advise staff on what to say",
            "Meet parents, at school or at home",
        ],
        "successes": ["A memory garden that a class made and looks after"],
        "contribution": "I come the same week, and the school rings me first.",
        "help": [
            "To know about a death the same day",
            "A quiet room",
            "Somebody to cover my Wednesdays in July",
        ],
        "learning": ["Working with young children who don’t speak much English"],
    },
    PEOPLE["G"]: {
        "whereabouts": "At the family centre; here when there is a meeting",
        "role": ["Assess with families what they need", "Bring services together around a plan"],
        "successes": ["Meetings that families say are theirs"],
        "contribution": "I explain early what happens next, so that nobody waits in the dark.",
        "help": ["Minutes within two days", "Attendance figures without asking", "A room for private talks"],
        "learning": ["What each health service can and can’t do"],
    },
    PEOPLE["O"]: {
        "whereabouts": "Every second Friday at the gate, then in the staff room",
        "role": ["Lessons on staying safe online", "A known face at the gate", "Advice after incidents"],
        "successes": ["Year 6 now teach year 5 about staying safe online"],
        "contribution": "Children and parents stop to talk, and tell me things early.",
        "help": ["Dates of assemblies a term ahead", "One form for all services", "A desk for an hour"],
        "learning": ["Talking with children about loss", "Restorative meetings"],
    },
    PEOPLE["S"]: {
        "whereabouts": "On call; here for meetings",
        "role": ["Keep families in their homes", "Advise on moves, repairs and arrears"],
        "successes": ["Three families stayed near the school after they had to move"],
        "contribution": "I tell the school early when a tenancy is at risk, if the family agrees.",
        "help": [
            "Two weeks’ notice of meetings",
            "A named person at the school",
            "A shared word for “urgent”",
        ],
        "learning": ["How early help plans work"],
    },
    PEOPLE["J"]: {
        "whereabouts": "Mondays and Fridays, playroom",
        "role": ["Play therapy, one child at a time", "Supervision for the nurture group"],
        "successes": ["Children come to the playroom gladly, and leave it for their class"],
        "contribution": "A written note after each block, in plain words.",
        "help": ["The same room each week", "A say in timetables", "To hear how a child does later"],
        "learning": ["Working alongside interpreters"],
    },
    PEOPLE["E"]: {
        "whereabouts": "Thursdays, room 4",
        "role": ["Short courses of talking help for children who worry", "Workshops for parents"],
        "successes": ["A parents’ evening on sleep that filled the hall"],
        "contribution": "Staff can ask me about a worry without naming anybody.",
        "help": ["A room with a door on Thursdays", "Time with class teachers", "Fewer forms"],
        "learning": ["How housing decisions are made"],
    },
}
BENEFITS_WRITTEN_DAYS_AGO = 45
BENEFITS: dict[str, dict[str, Any]] = {
    PEOPLE["P"]: {
        "next_month": [
            {
                "benefit": "A drop-in at the same hour each week",
                "measure": "Ten pupils come in the first month",
            },
            {
                "benefit": "Staff know what to do in an asthma attack",
                "measure": "Everyone has been to the half-hour session",
            },
            {
                "benefit": "One page about our service for parents",
                "measure": "It is in every book bag by the end of the month",
            },
        ],
        "six_months": [
            {"benefit": "Fewer late referrals", "measure": "Fewer than three in a half term"},
            {
                "benefit": "Health plans that families have helped to write",
                "measure": "Each has a parent’s words in it",
            },
            {"benefit": "A walking club in every season", "measure": "It runs in November and in June"},
        ],
        "one_year": [
            {
                "benefit": "Children know whom to ask",
                "measure": "Eight in ten can say it, when school council asks",
            },
            {
                "benefit": "Health is part of every transition meeting",
                "measure": "Somebody from health at each one",
            },
            {"benefit": "Joint training with the speech therapist", "measure": "Two afternoons in the year"},
        ],
    }
}
