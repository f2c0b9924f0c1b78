"""The words of a sheet that are chosen from a list, and so can be counted and filtered."""

from django.db import models


class Offer(models.TextChoices):
    """What a service offers: the eight of the information sheet."""

    ONE_TO_ONE = "one_to_one", "One-to-one support"
    GROUP = "group", "Group support"
    OUTREACH = "outreach", "Outreach"
    INTERPRETATION = "interpretation", "Interpretation"
    PRACTICAL = "practical", "Practical support"
    ADVICE = "advice", "Advice or information"
    OTHER = "other", "Other"
    PARTICULAR_GROUP = "particular_group", "For a particular group"


class Level(models.TextChoices):
    """Level of need. Each area words its own (Rules.level_words); the keys are shared."""

    UNIVERSAL = "universal", "For everyone"
    EARLY_HELP = "early_help", "Early help"
    TARGETED = "targeted", "Targeted"
    SPECIALIST = "specialist", "Specialist"


class NeedArea(models.TextChoices):
    """The four broad areas of the SEND code of practice (2015), paragraph 6.28."""

    COMMUNICATION = "communication", "Communication and interaction"
    COGNITION = "cognition", "Cognition and learning"
    SEMH = "semh", "Social, emotional and mental health"
    PHYSICAL = "physical", "Sensory or physical"


class Referrer(models.TextChoices):
    FAMILY = "family", "Family themselves"
    YOUNG_PERSON = "young_person", "Young person themselves"
    SCHOOL = "school", "School"
    GP = "gp", "GP"
    SOCIAL_CARE = "social_care", "Social care"
    PROFESSIONAL = "professional", "Other professionals"


class Cost(models.TextChoices):
    UNKNOWN = "unknown", "Not known"
    FREE = "free", "Free"
    SOME = "some", "Some things cost"
    PAID = "paid", "Families pay"


class Access(models.TextChoices):
    """How easy a place is to get into and to be in."""

    STEP_FREE = "step_free", "Step-free"
    LIFT = "lift", "Lift"
    TOILET = "toilet", "Accessible toilet"
    CHANGING = "changing", "Changing place"
    LOOP = "loop", "Hearing loop"
    QUIET = "quiet", "Quiet space"
    PARKING = "parking", "Accessible parking"
    BUS = "bus", "Bus stop close by"


class Withheld(models.TextChoices):
    """How much of an address is kept back."""

    NO = "", "The whole address is shown"
    COARSE = "coarse", "Only the first half of the postcode is shown"
    REFUGE = "refuge", "Only the council area is shown, as for a refuge"


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every second week"
    MONTHLY = "monthly", "Once a month"


class Season(models.TextChoices):
    ALL_YEAR = "", "All year"
    TERM = "term", "Term time only"
    HOLIDAYS = "holidays", "School holidays only"
