"""What is never counted: whatever has to do with a refuge or with domestic abuse, and what looks like one child."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from uuid import UUID

from django.db.models import Q

from config.case_data import find_case_data
from directory.models import Service, Withheld

ABUSE = frozenset(
    """abuse abused abuser abusive abusing assault attacked battered beaten beating beats coercive controlling
    cruelty dash domestic escape escaping fgm fleeing frightened genital harassment hits hitting hurting hurts
    idva isva marac marriage mutilation partner rape raped refuge refuges sanctuary scared shelter stalker stalking
    strangled strangling survivor survivors threatened threats trafficked trafficking unsafe victim victims violence
    violent""".split()
)
"""Any of these in what is looked for, or a word spelt much like one, keeps all of it from being counted."""
ABOUT = re.compile(
    r"\b(?:(?:domestic|sexual) (?:abuse|violence)|refuges?|coercive|forced marriage|honour.based|fgm|rape)\b",
    re.IGNORECASE,
)
"""In what a sheet says of itself: the service deals with abuse."""
SPELT_ALIKE = 0.8
SHORTEST_SLIP = 5
PLAIN = re.compile(r"[^\W\d_][\w ’'&/-]*", re.UNICODE)


def is_of_abuse(term: str) -> bool:
    """Whether the words speak of abuse, misspelt or not."""
    words = re.findall(r"\w+", term.lower())
    return any(
        word in ABUSE
        or (len(word) >= SHORTEST_SLIP and get_close_matches(word, ABUSE, n=1, cutoff=SPELT_ALIKE))
        for word in words
    )


def may_keep_term(term: str, typed: str) -> bool:
    """Whether a search may be counted by its words: no abuse, no child, no number, address or code."""
    digits = sum(sign.isdigit() for sign in typed)
    if len(term) < 3 or digits > 3 or not PLAIN.fullmatch(term):
        return False
    return not find_case_data(typed) and not is_of_abuse(term)


def names_a_refuge(term: str) -> bool:
    """Whether a word of the search stands in the name of a refuge, listed in this school or not."""
    words = [word for word in re.findall(r"\w+", term.lower()) if len(word) > 3]
    if not words:
        return False
    named = Q()
    for word in words:
        named |= Q(sort_name__contains=word) | Q(agency__sort_name__contains=word)
    refuges = Service.objects.filter(places__withheld=Withheld.REFUGE)
    return refuges.filter(named).exists()


def never_counted(pks: Iterable[UUID]) -> set[UUID]:
    """Those of the services whose being opened is not counted either."""
    services = Service.objects.filter(pk__in=list(pks))
    refuges = set(services.filter(places__withheld=Withheld.REFUGE).values_list("pk", flat=True))
    said = services.values_list("pk", "name", "profile", "topics")
    return refuges | {
        pk for pk, name, profile, topics in said if ABOUT.search(" ".join([name, profile, *topics]))
    }
