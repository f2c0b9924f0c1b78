"""What the invented people of the demo wrote about themselves."""

from typing import Any

from toolkits.demo_words import PEOPLE

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
        "whereabouts": "Tuesdays, Rainbow Room, 1.15pm to 3pm",
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
        "whereabouts": "Wednesdays, Quiet room, 10.30am to noon",
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
