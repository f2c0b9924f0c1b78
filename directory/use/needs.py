"""The needs that people look for most: to say what a referral was about, and to begin a pathway with."""

NEEDS = (
    "Anxiety",
    "Attendance",
    "Autism assessment",
    "Bereavement",
    "Behaviour",
    "Domestic abuse",
    "Food and money",
    "Friendships and bullying",
    "Housing",
    "Low mood",
    "Online safety",
    "Parenting",
    "Self-harm",
    "Sleep",
    "Special educational needs",
    "Speech and language",
    "Substance use",
    "Young carers",
    "Something else",
)
CHOICES = [(need, need) for need in NEEDS]
