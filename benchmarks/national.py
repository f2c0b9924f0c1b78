"""Fills the database with invented schools and services of any number: COPY for the words, set-based SQL for the rest.

Triggers of ours are off meanwhile (no history), and the words of the search are built at the end, in pieces.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import Model

from directory.models import (
    Access,
    Agency,
    Contact,
    Cost,
    Level,
    NeedArea,
    Offer,
    OpeningTime,
    OpenSheet,
    Phone,
    Place,
    SearchDocument,
    Service,
)
from partnerships.models import Partnership, Setting
from partnerships.sectors import Sector

PARTNERSHIPS = 150
TEXTS = 4_000
PIECE = 20_000
MODELS: tuple[type[Model], ...] = (
    *(Setting, Partnership, Agency, Service),
    *(Place, Contact, Phone, OpeningTime),
)
WORDS = """
child children family families parent parents carer young people school home support group worker help service team
listening talking sleep bereavement grief anxiety worry anger friendship autism ADHD speech language learning reading
behaviour attendance exclusion money debt housing food clothes health nurse dentist eyesight hearing continence weight
mental wellbeing counselling therapy play art music drama sport club holiday breakfast mentor course workshop drop-in
advice benefits rights refugee asylum interpreter carers disability SEND EHCP transport respite police safety online
bullying exploitation gangs drugs alcohol smoking domestic abuse separation prison fostering kinship adoption baby
toddler nursery early years secondary transition college apprenticeship careers volunteer community faith library park
""".split()
TOPICS = (
    "bereavement sleep anxiety speech money housing autism ADHD attendance food parenting mentoring".split()
)
TOWNS = (
    "Wexcombe Harrowby Elmstead Castlebridge Northwick Overton Silverdale Marlow Easthope Kingsmere".split()
)
KINDS = "Trust Service Project Centre Team Clinic Network Club House Partnership".split()


@dataclass(frozen=True)
class Size:
    settings: int
    services: int

    def part(self, share: int) -> "Size":
        """A share of it; never fewer services than a school works with."""
        return Size(max(1, self.settings // share), max(PARTNERSHIPS, self.services // share))


def fill(before: Size, size: Size) -> None:
    """From `before`, which is there already, to `size`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        which = "ALL" if cursor.fetchone()[0] else "USER"
        for table in tables():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {which}")
        _copy_texts(cursor)
        for sql in steps(cursor, before, size):
            cursor.execute(sql)
        for table in tables():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {which}")
        _index_words(cursor, before, size)
        in_pieces(cursor, "directory_open", 0, size.services)
        cursor.execute("DROP TABLE national_text")
        for table in (*tables(), SearchDocument._meta.db_table, OpenSheet._meta.db_table):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _index_words(cursor: Any, before: Size, size: Size) -> None:
    """In pieces, with the indexes made at the end."""
    with connection.schema_editor() as editor:
        for index in SearchDocument._meta.indexes:
            editor.remove_index(SearchDocument, index)
    in_pieces(cursor, "directory_index", before.services, size.services)
    with connection.schema_editor() as editor:
        for index in SearchDocument._meta.indexes:
            editor.add_index(SearchDocument, index)


def in_pieces(cursor: Any, function: str, first: int, end: int) -> None:
    """Calls the SQL function with the ids of these services."""
    ids = "SELECT md5('service' || n)::uuid FROM generate_series(%s, %s) n"
    for start in range(first, end, PIECE):
        cursor.execute(f"SELECT {function}(ARRAY({ids}))", [start, min(start + PIECE, end) - 1])


def tables() -> list[str]:
    return [model._meta.db_table for model in MODELS]


def _copy_texts(cursor: Any) -> None:
    """Names, profiles, topics and towns to choose from."""
    chance = random.Random(7)
    lines = []
    for number in range(TEXTS):
        name = f"{chance.choice(TOWNS)} {chance.choice(WORDS).title()} {chance.choice(KINDS)}"
        profile = " ".join(chance.choices(WORDS, k=chance.randint(20, 60))).capitalize()
        topics = "{" + ",".join(chance.sample(TOPICS, 2)) + "}"
        lines.append(f"{number}\t{name}\t{profile}.\t{topics}\t{chance.choice(TOWNS)}\n")
    cursor.execute(
        "CREATE UNLOGGED TABLE national_text (n int PRIMARY KEY, name text, profile text, topics text[], town text)"
    )
    cursor.copy_expert("COPY national_text FROM STDIN", StringIO("".join(lines)))


def steps(cursor: Any, before: Size, size: Size) -> Iterator[str]:
    services = f"generate_series({before.services}, {size.services - 1}) n"
    texts = f"{services} JOIN national_text t ON t.n = n.n % {TEXTS}"
    yield insert(cursor, Setting, SETTING, f"generate_series({before.settings}, {size.settings - 1}) n")
    yield insert(cursor, Agency, AGENCY, texts)
    yield insert(cursor, Service, SERVICE, texts)
    yield insert(cursor, Place, PLACE, texts)
    yield insert(cursor, Contact, CONTACT, services)
    yield insert(cursor, Phone, PHONE, services)
    yield insert(cursor, OpeningTime, OPENING, f"{services}, generate_series(0, 1) k")
    pairs = (
        f"generate_series({before.settings}, {size.settings - 1}) n, generate_series(0, {PARTNERSHIPS - 1}) k"
    )
    chosen = f"md5('service' || ((n * 151 + k * 7919) % {size.services}))::uuid"
    yield insert(cursor, Partnership, {**PARTNERSHIP, "service_id": chosen}, pairs)


def insert(cursor: Any, model: type[Model], values: dict[str, str], source: str) -> str:
    """Rows of `source`; a column that `values` does not name has its default."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(str(field.column) for field in fields)
    chosen = ", ".join(values.get(str(field.column)) or _default(cursor, field) for field in fields)
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {chosen} FROM {source}"


def _default(cursor: Any, field: Any) -> str:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return "now()"
    value = field.get_db_prep_save(field.get_default(), connection)
    if value == []:
        return "'{}'"
    found = cursor.mogrify("%s", [value])
    return str(found.decode() if isinstance(found, bytes) else found)


def one_of(choices: Iterable[str], by: str) -> str:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return f"(ARRAY[{listed}])[1 + ({by}) % {len(list(choices))}]"


ID = "md5('{0}' || n)::uuid"
OWNER = ID.format("service")
SETTING = {
    "id": ID.format("setting"),
    "slug": "'national-' || n",
    "name": "'School ' || n",
    "safeguarding_name": "'Lead ' || n",
    "safeguarding_telephone": "'01632 960 ' || lpad((n % 1000)::text, 3, '0')",
    "publishes_directory": "true",
    "postcode": "''",
}
AGENCY = {
    "id": ID.replace("|| n)", "|| n.n)").format("agency"),
    "name": "t.name || ' ' || n.n",
    "sector": "'health'",
}
SERVICE = {
    "id": ID.replace("|| n)", "|| n.n)").format("service"),
    "agency_id": ID.replace("|| n)", "|| n.n)").format("agency"),
    "name": "t.name || ' ' || n.n",
    "sector": one_of(Sector.values, "n.n / 3"),
    "profile": "t.profile",
    "topics": "t.topics",
    "offers": f"ARRAY[{one_of(Offer.values[:5], 'n.n')}]",
    "levels": f"ARRAY[{one_of(Level.values, 'n.n')}]",
    "need_areas": f"ARRAY[{one_of(NeedArea.values, 'n.n / 2')}]",
    "referrers": f"ARRAY['school', {one_of(['family', 'gp'], 'n.n')}]",
    "capacity": one_of(Service.Capacity.values, "n.n / 5"),
    "waiting_weeks": "n.n % 20",
    "waiting_on": "current_date - n.n % 150",
    "cost": one_of(Cost.values, "n.n / 7"),
    "languages": f"ARRAY[{one_of(['en', 'pl', 'ur', 'bn', 'so'], 'n.n')}]",
    "min_age": "n.n % 12",
    "max_age": "11 + n.n % 14",
    "referral": "'Talk with the family first. Then ring.'",
    "visibility": "'public'",
    "confirmed_on": "current_date - n.n % 400",
    "confirmed_by": "'Somebody'",
}
PLACE = {
    "id": ID.replace("|| n)", "|| n.n)").format("place"),
    "service_id": SERVICE["id"],
    "address_1": "n.n || ' High Street'",
    "city": "t.town",
    "postcode": "'WX' || n.n % 90 || ' ' || n.n % 10 || 'AA'",
    "latitude": "51 + (n.n % 4000) / 1000.0",
    "longitude": "-3 + (n.n % 3000) / 1000.0",
    "access": f"ARRAY[{one_of(Access.values, 'n.n')}]",
}
CONTACT = {
    "id": ID.format("contact"),
    "service_id": OWNER,
    "name": "'Person ' || n % 5000",
    "title": "'manager'",
}
PHONE = {
    "id": ID.format("phone"),
    "service_id": OWNER,
    "number": "'01632 960 ' || lpad((n % 1000)::text, 3, '0')",
}
OPENING = {
    "id": "md5('time' || n || '-' || k)::uuid",
    "service_id": OWNER,
    "position": "k",
    "days": "CASE k WHEN 0 THEN ARRAY['MO', 'TU', 'WE', 'TH', 'FR'] ELSE ARRAY['SA'] END",
    "opens": "'09:00'",
    "closes": "'17:00'",
}
PARTNERSHIP = {
    "id": "md5('with' || n || '-' || k)::uuid",
    "setting_id": ID.format("setting"),
    "days": "CASE k % 5 WHEN 0 THEN ARRAY['MO', 'TH'] ELSE '{}' END",
    "contact_name": "'Contact ' || k",
}
