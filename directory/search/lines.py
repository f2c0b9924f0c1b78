"""A service as a line of the results: what decides, at once."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from config.text import lines, listed, shortened
from directory.models import Phone, Referrer, Service
from directory.notices import is_shut, put_notices
from directory.places.distance import miles_words
from directory.search.finding import Found, in_order
from directory.search.rows import Row
from directory.sheet.coding import times_from
from directory.sheet.completeness import Missing, essential_missing
from directory.sheet.opening import Clock, opening_words
from directory.sheet.times import Times
from partnerships.models import Partnership, Setting

REFERRERS = {
    Referrer.FAMILY: "family",
    Referrer.YOUNG_PERSON: "young person",
    Referrer.SCHOOL: "school",
    Referrer.GP: "GP",
    Referrer.SOCIAL_CARE: "social care",
    Referrer.PROFESSIONAL: "other professionals",
}
STEP_LENGTH = 110
ABOUT_LENGTH = 150


@dataclass(frozen=True)
class Line:
    """What it does, who comes to the school and when, the number to ring, how to refer, when it is open next, how
    far it is.
    """

    service: Service
    about: str
    here: str
    telephone: Phone | None
    refer: str
    step: str
    opens: str
    miles: str

    @cached_property
    def incomplete(self) -> list[Missing]:
        """What has to be filled in before anybody can turn to the service."""
        return essential_missing(self.service)


def lines_of(found: Found, pks: list[UUID], setting: Setting) -> list[Line]:
    """A constant number of queries."""
    rows = {row.pk: row for row in found.rows}
    shown = Service.visible_to(setting).select_related("agency")
    services = in_order(shown.prefetch_related("phones"), pks)
    clock = Clock.of(setting)
    return [_line(service, rows[service.pk], clock) for service in services]


def _line(service: Service, row: Row, clock: Clock) -> Line:
    put_notices(service, row.said)
    return Line(
        service,
        shortened(service.profile, ABOUT_LENGTH),
        here_words(Partnership(**row.here)),
        next(iter(service.telephones), None),
        refer_words(service.referrers),
        first_step(service.referral),
        "" if is_shut(service) else opens_words([times_from(found) for found in row.times], clock),
        "" if row.miles is None else miles_words(row.miles),
    )


def refer_words(referrers: list[str]) -> str:
    """ "Family or school refers"."""
    names = [words for referrer, words in REFERRERS.items() if referrer in referrers]
    if not names:
        return ""
    if names == ["family"]:
        return "Family refers itself"
    joined = listed(names, "or")
    return f"{joined[0].upper()}{joined[1:]} {'refer' if names[-1].endswith('s') else 'refers'}"


def first_step(referral: str) -> str:
    return shortened(next(iter(lines(referral)), ""), STEP_LENGTH)


def here_words(partnership: Partnership) -> str:
    """ "Here on Monday, Thursday, 9 to 12: Tom Whitlock"; who it is, where no days are known."""
    when = f"Here on {partnership.when_words}" if partnership.days else ""
    return ": ".join(filter(None, [when, partnership.contact_name]))


def opens_words(times: list[Times], clock: Clock) -> str:
    """When anybody may walk in; "By appointment" where that is all."""
    _, words = opening_words((each for each in times if not each.by_appointment), clock)
    return words or ("By appointment" if any(each.by_appointment for each in times) else "")
