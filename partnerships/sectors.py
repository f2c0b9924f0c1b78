"""The sectors that people and services come from, with the badge of each."""

from django.db import models


class Sector(models.TextChoices):
    EDUCATION = "education", "Education"
    SEND = "send", "SEND and early years"
    HEALTH = "health", "Health"
    SOCIAL_CARE = "social_care", "Social care"
    POLICE = "police", "Police and justice"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary and community"
    INDEPENDENT = "independent", "Independent provider"
    FAMILY = "family", "Family or young person"
    OTHER = "other", "Other"

    @property
    def letters(self) -> str:
        return BADGE_LETTERS[self.value]

    @property
    def css(self) -> str:
        """The class of the badge: its letters in lower case."""
        return self.letters.lower()


BADGE_LETTERS = {
    "education": "Ed",
    "send": "SE",
    "health": "He",
    "social_care": "SC",
    "police": "PJ",
    "housing": "Ho",
    "voluntary": "VC",
    "independent": "IP",
    "family": "Fa",
    "other": "Ot",
}
