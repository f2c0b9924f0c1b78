"""Independent providers, families and young people, other; and what only Riverside keeps."""

from directory.demo.rows import LISTED, PRIVATE, DemoService, Here

INDEPENDENT = [
    DemoService(
        "Bramble Play Therapy",
        "Play and art therapy for children of 4 to 12, in school or in a garden studio.",
        "The school commissions twelve sessions.\nParents are met first and last.",
        "one_to_one",
        "Bramble",
        "Jonas Berg",
        "play therapist",
        street="The Studio, 3 Hedge Lane",
        postcode="WX4 8QR",
        takes="waiting",
        waits="next places after half term",
        seen=LISTED,
        here=Here(
            "WE FR",
            "9am to noon",
            "The Nest",
            "Jonas Berg",
            "coordination",
            "Twelve sessions a term, reviewed in July",
        ),
        confirmed=19,
    ),
    DemoService(
        "Kite Counselling",
        "School counselling, one day a week.",
        "Children ask themselves through the worry box, or staff do.",
        "one_to_one",
        seen=PRIVATE,
        here=Here("TH", "9am to 3pm", "Quiet room", "Imogen Hale", "collaboration"),
        confirmed=55,
    ),
    DemoService(
        "Steps Forward Mentoring",
        "Mentors for children at risk of exclusion.",
        "The head teacher agrees a plan of ten weeks.",
        "one_to_one outreach",
        seen=PRIVATE,
        takes="open",
        here=Here("MO TU", "1pm to 3pm", "Room 2", "Dwayne Carter", "cooperation"),
        confirmed=240,
    ),
]
FAMILY = [
    DemoService(
        "Hillside parents’ forum",
        "Parents and carers who say what works and what does not, and help others to find their way.",
        "Come to the coffee morning.",
        "group advice",
        "Hillside parents’ forum",
        "Nadia Rahman",
        "parent representative",
        seen=PRIVATE,
        here=Here("TU", "first of the month, 9am to 10am", "Parents’ room", "Nadia Rahman", "collaboration"),
        confirmed=70,
    ),
    DemoService(
        "Wexcombe Parent Carer Forum",
        "The voice of families of disabled children, with a helpline by parents for parents.",
        "Parents ring or join the group.",
        "group advice",
        riverside=True,
        confirmed=112,
        itself=True,
    ),
    DemoService(
        "Youth Voice Wexcombe",
        "Young people of 11 to 18 who look at services and tell them what to change.",
        "Young people come along; schools may nominate.",
        "group",
        "Wexcombe Youth Trust",
        seen=LISTED,
        confirmed=175,
    ),
]
OTHER = [
    DemoService(
        "Wexcombe Library",
        "Homework help, story time, free computers and a place to be.",
        "Come in.",
        "group practical",
        "Wexcombe Council",
        street="11 High Street",
        postcode="WX1 4ST",
        opening="Monday to Saturday, 9.30 to 6.00",
        confirmed=5,
    ),
    DemoService(
        "St Anne’s Parish",
        "A hall, a toddler group and people who visit.",
        "Ring the parish office.",
        "group practical",
        street="Church Row",
        postcode="WX4 3EF",
        seen=PRIVATE,
        confirmed=-1,
    ),
    DemoService(
        "Wexcombe Museum learning team",
        "Boxes of old things to borrow, and visits for children who find trips hard.",
        "The teacher books.",
        "group",
        seen=PRIVATE,
        confirmed=205,
    ),
]
RIVERSIDE = {
    "education": [
        DemoService(
            "Careers Compass",
            "Careers guidance from Year 9.",
            "Tutors book.",
            "one_to_one group",
            seen=PRIVATE,
        ),
        DemoService(
            "Riverside Alternative Provision",
            "A year in a workshop.",
            "Head of year refers.",
            "group",
            seen=PRIVATE,
        ),
    ],
    "health": [
        DemoService(
            "Eating Well clinic",
            "For young people who struggle with food.",
            "GP or school.",
            "one_to_one",
            seen=PRIVATE,
        ),
    ],
    "police": [
        DemoService(
            "County lines liaison",
            "Advice on exploitation.",
            "Safeguarding lead rings.",
            "advice",
            seen=PRIVATE,
        ),
    ],
    "voluntary": [
        DemoService(
            "Street Chess",
            "Chess and a listening adult by the bus station.",
            "Walk up.",
            "group",
            seen=PRIVATE,
        ),
        DemoService(
            "Riverside Pride Youth", "A group for LGBT+ young people.", "Send a text.", "group", seen=PRIVATE
        ),
        DemoService(
            "Bike Works",
            "Mend a bike and keep it.",
            "School books six places.",
            "practical",
            seen=PRIVATE,
            confirmed=260,
        ),
    ],
    "independent": [
        DemoService("Mindful Maths", "Tuition.", "Parents pay.", "group", seen=PRIVATE, confirmed=-1),
    ],
    "social_care": [
        DemoService(
            "Leaving Care team", "From 16 to 25.", "Social worker.", "one_to_one practical", seen=PRIVATE
        ),
    ],
}
ROWS = {"independent": INDEPENDENT, "family": FAMILY, "other": OTHER}
