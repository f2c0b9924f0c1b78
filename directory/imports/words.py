"""The words that schools use for our choices: sectors, offers, days, yes and no."""

import re

from directory.imports.headings import BY_HEADING, plain
from directory.models import Agency, Offer, Service
from partnerships.models import Partnership
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector

YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "1", "x", "✓", "✔", "☑", "√", "tick", "ticked", "on"), True),
    **dict.fromkeys(("no", "n", "false", "0", "✗", "✘", "☐", "off", "not offered"), False),
}


def _table(text: str, labels: dict[str, str]) -> dict[str, str]:
    """ "key: word, word" a line, and our own labels."""
    pairs = [line.split(": ") for line in text.strip().splitlines()]
    table = {plain(word): key.strip() for key, listed in pairs for word in listed.split(",")}
    return table | {plain(label): key for key, label in labels.items()} | {plain(key): key for key in labels}


def look_up(cell: str, table: dict[str, str]) -> str | None:
    """The choice that a cell names: as a whole, or by a word or words in it, if they name only one."""
    text = plain(cell)
    if text in table:
        return table[text]
    inside = {
        key for word, key in table.items() if len(word) > 3 and re.search(rf"\b{re.escape(word)}\b", text)
    }
    return inside.pop() if len(inside) == 1 else None


SECTORS = _table(
    """
    education: school, schools, college, learning, attendance, educational psychology, education psychology
    send: sen, special needs, special educational needs, disability, early years, inclusion, nursery, portage
    health: nhs, medical, mental health, camhs, gp, nursing, public health, therapy, hospital, wellbeing
    social_care: social services, social work, social worker, childrens services, safeguarding, family support,
    police: police, justice, youth justice, yot, yos, youth offending, probation, courts, fire, community safety
    housing: homes, homelessness, tenancy
    voluntary: charity, charities, third sector, vcs, vcfse, vcse, community, faith, not for profit, non profit, ngo
    independent: private, commercial, commissioned, business, freelance, independent or commissioned provider
    family: parent, parents, carers, young people, families
    other: misc, miscellaneous
    """,
    {str(value): str(label) for value, label in Sector.choices},
)
SECTORS.pop("", None)
SECTOR_LABELS = [str(label) for label in Sector.labels]

STATUSES = _table(
    """
    public: statutory, nhs, council, local authority, government
    private: independent, commercial, business
    voluntary: charity, third sector, not for profit, community, vcs
    """,
    {str(value): str(label) for value, label in Agency.Status.choices},
)
CAPACITIES = _table(
    """
    open: yes, open, now, can take someone, taking referrals, accepting, available, spaces, y
    waiting: waiting list, wait, waiting
    full: no, full, closed, not taking referrals, none, n, not accepting
    unknown: not known, unknown, ask
    """,
    {str(value): str(label) for value, label in Service.Capacity.choices},
)
DEGREES = _table("", {str(value): str(label) for value, label in Partnership.Degree.choices})

TICKED = [str(offer) for offer in Offer if offer != Offer.OTHER]
OFFER_WORDS = {
    **{
        heading: key.removeprefix("offers_")
        for heading, key in BY_HEADING.items()
        if key.startswith("offers_")
    },
    **{plain(str(label)): str(value) for value, label in Offer.choices},
}


def split_offers(cell: str) -> tuple[list[str], list[str]]:
    """(the offers named, in our order; the words that name none of them)."""
    pieces = [piece.strip() for piece in re.split(r"[;\n|]" if re.search(r"[;\n|]", cell) else r"[,/]", cell)]
    found: set[str] = set()
    rest: list[str] = []
    for piece in filter(None, pieces):
        offer = OFFER_WORDS.get(plain(piece))
        found.add(offer or Offer.OTHER)
        if offer is None:
            rest.append(re.sub(r"^other\s*:\s*", "", piece, flags=re.IGNORECASE))
    return [str(offer) for offer in Offer if offer in found], rest


_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_RANGE = re.compile(rf"\b({_DAY})\s*(?:-|–|to|until)\s*({_DAY})\b", re.IGNORECASE)
_ONE = re.compile(rf"\b({_DAY})\b", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:daily|every\s?day|weekdays|all week)\b", re.IGNORECASE)
_JOIN = re.compile(r"\b(?:and|on|every|each)\b|[\s,;&+/.-]+", re.IGNORECASE)
_STEMS = [label[:3].lower() for label in Weekday.labels]


def split_days(cell: str) -> tuple[list[str], str]:
    """(the days named, Monday first; what else the cell says)."""
    found: set[int] = set()
    for first, last in _RANGE.findall(cell):
        start, end = _STEMS.index(first[:3].lower()), _STEMS.index(last[:3].lower())
        found |= set(range(start, end + 1)) if start <= end else {*range(start, 7), *range(end + 1)}
    rest = _RANGE.sub(" ", cell)
    found |= {_STEMS.index(day[:3].lower()) for day in _ONE.findall(rest)}
    if _DAILY.search(rest):
        found |= set(range(5))
    rest = _JOIN.sub("", _DAILY.sub(" ", _ONE.sub(" ", rest)))
    return [str(list(Weekday)[at].value) for at in sorted(found)], rest
