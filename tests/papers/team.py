"""A SWOT and a checklist, completed."""

from partnerships.paper import ActionLine, Fact, Sentence
from partnerships.sectors import Sector
from tests.papers.base import DAY, ED, FA, HE, HO, IP, OT, PJ, SC, SCHOOL, SE, VC
from toolkits.instruments import instrument
from toolkits.paper import (
    BoardPaper,
    CardLine,
    ChecklistPaper,
    CriterionLine,
    PersonLine,
    QuestionPaper,
    ZonePaper,
)

CARDS: dict[str, tuple[tuple[str, tuple[Sector, ...], int], ...]] = {
    "strengths": (
        ("We know each other by name", (ED, HE, VC, SC), 9),
        ("Room 4 is free for visitors all week", (HE, VC), 6),
        ("One list of who does what", (ED, SE), 5),
        ("Parents trust the family worker", (FA, VC), 3),
    ),
    "weaknesses": (
        ("Three referral forms for the same thing", (ED, HE, SC, VC), 11),
        ("We hear too late who was turned away", (ED, SE), 7),
        ("Supply staff don’t know the route", (ED,), 4),
        ("Meetings clash with clinic days", (HE,), 2),
    ),
    "opportunities": (
        ("New family hub opens in Mill Lane", (SC, VC, HO), 8),
        ("Health team wants a school base", (HE, ED), 6),
        ("Free training on information sharing", (PJ, SC), 4),
    ),
    "threats": (
        ("Charity’s grant ends in March", (VC, ED, IP), 10),
        ("Two health posts still not filled", (HE,), 5),
        ("Moves of families at short notice", (HO, SC, FA, OT), 1),
    ),
}

ACTIONS = (
    ActionLine(
        what="Try one short referral form for all, for one term",
        origin="Three referral forms for the same thing",
        who="Priya Nair",
        sector=HE,
        when="15 January 2027",
    ),
    ActionLine(
        what="Ask two trusts to carry the charity’s work past March",
        origin="Charity’s grant ends in March",
        who="Marian Oakley",
        sector=VC,
        when="5 February 2027",
    ),
    ActionLine(
        what="Show newcomers round on the first Tuesday of each term",
        origin="We know each other by name",
        who="Jo Farrow",
        sector=ED,
        when="5 January 2027",
    ),
    ActionLine(
        what="Visit the hub together and ask for one desk",
        origin="New family hub opens in Mill Lane",
        who="Dele Abara",
        sector=SC,
        when="11 December 2026",
    ),
)

PEOPLE = (
    ("Hollybank Primary School", ED, "Jo Farrow, pastoral lead", ""),
    ("School health team", HE, "Priya Nair, school nurse", ""),
    ("Family support, council", SC, "Dele Abara, family worker", ""),
    ("Willowbrook Grief Support", VC, "Marian Oakley, family worker", ""),
    ("Mill Lane Homes", HO, "Tom Birch, housing officer", "agrees, action 1 apart"),
)


def board(cards_in_a_zone: int = 0) -> BoardPaper:
    """The SWOT of the design; with a figure, every zone holds that many cards."""
    swot = instrument("swot")

    def cards(key: str) -> tuple[CardLine, ...]:
        lines = tuple(
            CardLine(text=text, sectors=sectors, votes=votes) for text, sectors, votes in CARDS[key]
        )
        return (lines * cards_in_a_zone)[:cards_in_a_zone] if cards_in_a_zone else lines

    return BoardPaper(
        instrument=swot,
        school=SCHOOL,
        title="Sharing information between agencies",
        on=DAY,
        version=2,
        facts=(
            Fact(label="Session", text="Half-termly meeting"),
            Fact(label="Took part", text="14 people from 8 agencies"),
            Fact(label="Votes", text="six each, 84 cast"),
            Fact(label="State", text="Agreed 18 November 2026", stamp="full"),
        ),
        zones=tuple(ZonePaper(text=zone.text, hint=zone.hint, cards=cards(zone.key)) for zone in swot.zones),
        actions=ACTIONS,
        actions_note="The cards with most votes became actions.",
        agreed_words="We know and like each other; our paperwork does not show it yet. We start with the form, "
        "and look again in half a term.",
        differences=("Housing would rather wait for the hub before changing the form.",),
        people=tuple(
            PersonLine(agency=agency, sector=sector, name=name, but=but, when="18 November 2026")
            for agency, sector, name, but in PEOPLE
        ),
    )


SPREAD = (
    (1, 5, 7, 0), (2, 7, 3, 1), (2, 8, 3, 0), (1, 4, 8, 0), (5, 5, 1, 2), (6, 4, 2, 1), (4, 6, 2, 1), (1, 6, 6, 0),
    (5, 4, 1, 3), (2, 7, 4, 0), (4, 4, 2, 3), (6, 3, 0, 4), (1, 8, 4, 0), (3, 5, 2, 3), (3, 8, 2, 0), (2, 5, 4, 2),
    (1, 3, 6, 3), (5, 3, 1, 4), (0, 4, 9, 0), (3, 7, 3, 0), (0, 2, 11, 0), (0, 3, 10, 0), (4, 7, 2, 0), (0, 5, 8, 0),
    (5, 5, 2, 1), (2, 6, 5, 0),
)  # fmt: skip


def checklist(*, hidden: int = 0) -> ChecklistPaper:
    """The checklist of the design; the first `hidden` criteria have no counts that may be shown."""
    team = instrument("team-building")
    assert team.scale is not None
    keys = [answer.key for answer in team.scale.answers]
    spread = {statement.key: SPREAD[place] for place, statement in enumerate(team.statements)}
    place = {statement.key: number for number, statement in enumerate(team.statements)}

    def line(key: str, text: str) -> CriterionLine:
        counts = dict(zip(keys, spread[key], strict=True))
        agreed = max(keys[:3], key=lambda level: counts[level])
        return CriterionLine(text=text, counts=None if place[key] < hidden else counts, agreed=agreed)

    return ChecklistPaper(
        instrument=team,
        school=SCHOOL,
        title="Building our multi-agency team",
        on=DAY,
        version=1,
        answered=13,
        facts=(
            Fact(label="Answered", text="13 people from 8 agencies"),
            Fact(label="In place", text="8 of 26"),
            Fact(label="Partly", text="13 of 26"),
            Fact(label="Not in place", text="5 of 26"),
            Fact(label="State", text="Agreed", stamp="full"),
        ),
        questions=tuple(
            QuestionPaper(text=group.text, lines=tuple(line(one.key, one.text) for one in statements))
            for group, statements in team.by_group()
        ),
        differences=(
            Sentence(
                text="Education says senior officers make time for it; health says they don’t.",
                sectors=(ED, HE),
            ),
            Sentence(
                text="Voluntary partners don’t see the part of families in decisions; social care does.",
                sectors=(VC, SC),
            ),
            Sentence(text="Four of thirteen can’t say what commissioning means here."),
        ),
        most_to_do=(
            "Measures that would show a benefit to children",
            "Links to other plans",
            "Accounts that track",
        ),
        agreed_words="The people and the will are there (questions 7 to 9). What is missing is written down or "
        "counted: measures, plans and money.",
        small_print="Sectors with fewer than five people are counted with others.",
    )
