"""A report to governors."""

from datetime import date

from evaluation.charts import PatternChart, PatternRow, TrendChart, TrendLine
from evaluation.paper import (
    DifferenceLine,
    Figure,
    PartnerWords,
    ReportPaper,
    ServicesLine,
    SessionLine,
    TopCard,
)
from partnerships.paper import ActionLine
from tests.papers.base import ED, HE, SC, SCHOOL, VC

LEVELS = ("not in place", "partly", "in place")
THEMES = (
    ("Values and aspirations", 1.5, 1, 2, 2),
    ("Priorities for change", 1, 0.5, 1.5, 1),
    ("Willingness to try new options", 1, 0, 2, 1),
    ("Boundaries", 1, 0, 1, 1),
    ("Who is responsible for what", 0.5, 0, 1, 0),
    ("Resources", 1, 0, 1, None),
    ("Leadership", 2, 1, 2, 2),
    ("Capacity", 2, 1, 2, 2),
    ("Trust", 1, 1, 2, 1),
)


def report() -> ReportPaper:
    return ReportPaper(
        school=SCHOOL,
        title="How well we work together",
        on=date(2026, 7, 20),
        corner="To the full governing body, 20 July 2026",
        number=3,
        figures=(
            Figure(value="13", text="services work with us, 8 of them in school each week"),
            Figure(value="38 of 46", text="people answered the check-in of June 2026"),
            Figure(value="4 of 9", text="foundations are in place, as the group agreed"),
            Figure(value="9 of 13", text="actions of number 2 are done; 3 are late, 1 was dropped"),
        ),
        in_short=(
            "Our partners share a purpose and trust the people who lead. The weak side is the same as last year: we "
            "know too little about effects, and families are asked but seldom in the room.",
        ),
        better=("Communication, from not in place to partly", "First joint training day, 31 people"),
        worries=("The charity’s grant ends in March 2027", "Two school health posts are not filled"),
        asks=(
            "Agree to one term’s trial of a single referral form.",
            "Write with us to the council about the two health posts.",
            "Name a governor who joins the meeting each half term.",
        ),
        small_print="Written by Jo Farrow, partnership coordinator. This number can’t be changed, only followed by "
        "number 4.",
        services=(
            ServicesLine(sector=HE, services=4, in_school=2, confirmed=4),
            ServicesLine(sector=SC, services=3, in_school=1, confirmed=2),
            ServicesLine(sector=VC, services=6, in_school=5, confirmed=5),
        ),
        services_words="Thirteen services work with us; two of them have not confirmed their sheet this year.",
        services_based_on="the directory, 10 July 2026",
        sessions=(
            SessionLine(
                title="Sharing information between agencies",
                tool="SWOT analysis",
                when="18 November 2025",
                people="14 people from 8 agencies",
                agreed=("We start with one referral form, and look again in half a term.",),
                cards=(TopCard(zone="Weaknesses", text="Three referral forms for the same thing", votes=11),),
            ),
        ),
        sessions_based_on="one session since number 2",
        pattern=PatternChart(
            levels=LEVELS,
            before="2025",
            rows=tuple(
                PatternRow(theme=theme, middle=middle, low=low, high=high, agreed=agreed, before="partly")
                for theme, middle, low, high, agreed in THEMES
            ),
        ),
        pattern_words="Leadership and capacity carry the partnership. Who is responsible for what is most still to do.",
        pattern_based_on="38 of 46 people, June 2026",
        pattern_notes=("“Don’t know” is left out, 3 to 9 answers a row.",),
        differences=(
            DifferenceLine(
                theme="Resources",
                sentence="Voluntary partners carry costs that nobody else sees.",
                middles=((SC, "in place"), (VC, "not in place")),
            ),
            DifferenceLine(
                theme="Values and aspirations",
                sentence="Those in school find that all read the vision the same way; those outside don’t.",
                middles=((ED, "in place"), (HE, "not in place to partly")),
            ),
        ),
        hidden_words="Police and housing: fewer than five answers each, shown only in the total.",
        trend=TrendChart(
            levels=LEVELS,
            terms=("Spr 25", "Sum 25", "Aut 25", "Spr 26", "Sum 26"),
            lines=(
                TrendLine(name="Leadership", values=(1, 1.5, 1.5, 2, 2)),
                TrendLine(name="Trust", values=(0.5, 0.5, 1, 1, 2)),
                TrendLine(name="Resources", values=(None, 0.5, 0.5, 0.5, 1)),
            ),
        ),
        trend_words="Only the 24 people who answered at every check-in are compared here.",
        trend_based_on="five check-ins since spring 2025",
        actions=(
            ActionLine(
                what="Count who is turned away, by service",
                who="Dele Abara",
                sector=SC,
                when="30 April 2026",
                state="late",
            ),
            ActionLine(
                what="Shared calendar with the health trust",
                who="Priya Nair",
                sector=HE,
                when="29 May 2026",
                state="dropped",
            ),
            ActionLine(
                what="Joint training day", who="Jo Farrow", sector=ED, when="14 January 2026", state="done"
            ),
            ActionLine(what="Two parents at the table", who="Marian Oakley", when="12 September 2026"),
        ),
        actions_title="Actions of number 2",
        actions_note="Five more are done; the full list is with the coordinator.",
        actions_based_on="actions, 10 July 2026",
        partner_words=(
            PartnerWords(
                agency="Willowbrook",
                passage="Two of its workers see children in room 4.",
                words="Being in the building made the difference: children see us in the corridor before they need us.",
            ),
        ),
        questions=(
            "What will happen to the children on Willowbrook’s list if the grant ends in March?",
            "Who is turned away, and why do we still not know?",
            "Police come in forty times a year. What do we want from it?",
        ),
        method=(
            "Check-in of June 2026: nine questions, 26 criteria, 38 of 46 people from 13 services. Levels are "
            "medians; bands are the middle half of the answers.",
        ),
    )
