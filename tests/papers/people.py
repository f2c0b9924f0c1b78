"""What one person writes: a profile, a benefits sheet."""

from tests.papers.base import DAY, HE, SCHOOL, VC
from toolkits.instruments import instrument
from toolkits.paper import (
    BenefitsPaper,
    ProfilePaper,
    benefits_paper,
    profile_paper,
)

PROFILE_ANSWERS = {
    "name": "Priya Nair",
    "job_title": "School nurse",
    "service": "School health team",
    "telephone": "0161 496 0177",
    "email": "school.nurse@hollybank.example",
    "whereabouts": "Mondays and Thursday afternoons, room 4",
    "role": [
        "Confidential drop-in for pupils, Mondays 12 to 1",
        "Health plans for asthma, epilepsy, diabetes and allergies",
        "Sleep, food and worries: short talks with families",
        "Vaccinations, hearing and sight checks",
        "Training for staff: inhalers, pens, first signs",
    ],
    "successes": [
        "Every child with asthma now has a plan: 31 of 31, from 12 a year ago",
        "The drop-in: 84 visits last year, a third of them by boys",
    ],
    "contribution": "One Monday meeting of fifteen minutes with the pastoral lead and the family worker. We found "
    "out that three of us were visiting the same families, and now one of us does.",
    "help": [
        "A room that is mine on Mondays, with a door that shuts",
        "To hear when a child moves school, before the day",
        "One referral form instead of three",
    ],
    "learning": [
        "How to speak with a child whose parent is dying",
        "What the family hub does, a morning there",
    ],
}


def profile() -> ProfilePaper:
    return profile_paper(
        instrument("practitioner-profile"), PROFILE_ANSWERS, school=SCHOOL, on=DAY, version=4, sector=HE
    )


BENEFITS_ANSWERS = {
    "name": "Marian Oakley, family worker",
    "service": "Willowbrook Grief Support",
    "written_on": "2026-11-18",
    "next_month": [
        {
            "benefit": "A drop-in for staff after school, every second Thursday",
            "measure": "Six staff come; four say it helped",
            "outcome": "met",
            "evidence": "Eight came",
        },
        {"benefit": "One page on what we do and don’t do", "measure": "In the staff handbook by 12 December"},
    ],
    "six_months": [
        {
            "benefit": "A group for children whose parents part: eight weeks",
            "measure": "Eight children finish; worries score falls by two or more",
        },
        {
            "benefit": "Training: loss and change, for all support staff",
            "measure": "20 of 24 take part; test of three questions after a term",
        },
    ],
    "one_year": [
        {
            "benefit": "Teachers can run the first session without me",
            "measure": "Two teachers have done so, watched once",
        },
        {
            "benefit": "A place at our Saturday group for every family who asks",
            "measure": "No family waits more than four weeks",
        },
    ],
}


def benefits(times: int = 1) -> BenefitsPaper:
    answers = {
        key: value * times if isinstance(value, list) else value for key, value in BENEFITS_ANSWERS.items()
    }
    return benefits_paper(
        instrument("benefits"),
        answers,
        school=SCHOOL,
        on=DAY,
        sector=VC,
        reviews={"next_month": "December 2026", "six_months": "May 2027", "one_year": "November 2027"},
    )
