# ruff: noqa: S608 - all of these names are our own
"""The words of every sheet for the search, kept true by triggers whoever writes: forms, imports, COPY."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

WORDS = "hword, hword_part, word, asciiword, asciihword, hword_asciipart"
CONFIGURATIONS = f"""
CREATE TEXT SEARCH DICTIONARY directory_plain (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION directory_plain (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION directory_plain ALTER MAPPING FOR {WORDS} WITH unaccent, directory_plain;
CREATE TEXT SEARCH CONFIGURATION directory_stems (COPY = english);
ALTER TEXT SEARCH CONFIGURATION directory_stems ALTER MAPPING FOR {WORDS} WITH unaccent, english_stem;
"""
NO_CONFIGURATIONS = """
DROP TEXT SEARCH CONFIGURATION directory_stems;
DROP TEXT SEARCH CONFIGURATION directory_plain;
DROP TEXT SEARCH DICTIONARY directory_plain;
"""
FUNCTIONS = """
CREATE FUNCTION directory_vector(words text, weight "char") RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('directory_stems', words) || to_tsvector('directory_plain', words), weight)
$$;

CREATE FUNCTION directory_index(ids uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO directory_searchdocument (service_id, vector, words)
    SELECT s.id,
        directory_vector(s.name, 'A')
        || directory_vector(concat_ws(' ', a.name, array_to_string(s.topics, ' . '), s.who_for, s.offer_group,
            s.offer_other), 'B')
        || directory_vector(concat_ws(' ', s.profile, s.referral, s.other_information, p.words, c.shown, l.words), 'C')
        || directory_vector(coalesce(c.hidden, ''), 'D'),
        sort_key(concat_ws(' ', s.name, a.name, array_to_string(s.topics, ' '), p.towns))
    FROM directory_service s
    JOIN directory_agency a ON a.id = s.agency_id
    LEFT JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', name, address_1, address_2, city, county, council, postcode,
                replace(postcode, ' ', '')), ' . ') AS words,
            string_agg(DISTINCT city, ' ') AS towns
        FROM directory_place WHERE service_id = s.id AND withheld <> 'refuge'
    ) p ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', title, CASE WHEN is_public THEN name END), ' . ') AS shown,
            string_agg(name, ' . ') FILTER (WHERE NOT is_public) AS hidden
        FROM directory_contact WHERE service_id = s.id
    ) c ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(words, ' . ') AS words FROM directory_summary WHERE service_id = s.id
    ) l ON true
    WHERE s.id = ANY (ids)
    ON CONFLICT (service_id) DO UPDATE SET vector = excluded.vector, words = excluded.words
$$;

CREATE FUNCTION directory_people(setting uuid, service uuid) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT directory_vector(concat_ws(' . ',
        (SELECT contact_name FROM partnerships_partnership WHERE setting_id = $1 AND service_id = $2),
        (SELECT string_agg(u.full_name, ' . ') FROM partnerships_membership m
            JOIN partnerships_user u ON u.id = m.user_id
            WHERE m.service_id = $2 AND m.setting_id = $1 AND (m.left_on IS NULL OR m.left_on > CURRENT_DATE))
    ), 'B')
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION directory_people(uuid, uuid);
DROP FUNCTION directory_index(uuid[]);
DROP FUNCTION directory_vector(text, "char");
"""

SERVICE_WORDS = (
    "(n.name, n.agency_id, n.topics, n.who_for, n.offer_group, n.offer_other, n.profile, n.referral, "
    "n.other_information)"
)
CHANGED = {
    "service": f"{SERVICE_WORDS} IS DISTINCT FROM {SERVICE_WORDS.replace('n.', 'o.')}",
    "agency": "n.name IS DISTINCT FROM o.name",
    "place": "(n.service_id, n.name, n.address_1, n.address_2, n.city, n.county, n.council, n.postcode, n.withheld) "
    "IS DISTINCT FROM "
    "(o.service_id, o.name, o.address_1, o.address_2, o.city, o.county, o.council, o.postcode, o.withheld)",
    "contact": "(n.service_id, n.name, n.title, n.is_public) "
    "IS DISTINCT FROM (o.service_id, o.name, o.title, o.is_public)",
    "summary": "(n.service_id, n.words) IS DISTINCT FROM (o.service_id, o.words)",
}
OF_AGENCY = "SELECT id FROM directory_service WHERE agency_id IN (SELECT n.id FROM new n JOIN old o USING (id) WHERE {})"
TRANSITIONS = {
    "insert": "REFERENCING NEW TABLE AS new",
    "update": "REFERENCING NEW TABLE AS new OLD TABLE AS old",
    "delete": "REFERENCING OLD TABLE AS old",
}


def touched(table, event):
    """The services whose words a statement on `table` may have changed."""
    if table == "agency":
        return OF_AGENCY.format(CHANGED[table])
    column = "id" if table == "service" else "service_id"
    if event != "update":
        return f"SELECT {column} FROM {'new' if event == 'insert' else 'old'}"  # noqa: S608 - our own names
    ids = f"SELECT n.{column} FROM new n JOIN old o USING (id) WHERE {CHANGED[table]}"  # noqa: S608 - our own names
    return ids if table == "service" else f"{ids} UNION {ids.replace('n.service_id FROM', 'o.service_id FROM')}"


EVENTS = [
    *(("service", event) for event in ("insert", "update")),
    ("agency", "update"),
    *((table, event) for table in ("place", "contact", "summary") for event in TRANSITIONS),
]
TRIGGERS = "".join(
    f"""
CREATE FUNCTION search_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids uuid[] := ARRAY({touched(table, event)});
BEGIN
    IF cardinality(ids) > 0 THEN PERFORM directory_index(ids); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER search_{table}_{event} AFTER {event.upper()} ON directory_{table}
{TRANSITIONS[event]} FOR EACH STATEMENT EXECUTE FUNCTION search_{table}_{event}();
"""
    for table, event in EVENTS
)
NO_TRIGGERS = "".join(
    f"DROP TRIGGER search_{table}_{event} ON directory_{table}; DROP FUNCTION search_{table}_{event}();"
    for table, event in EVENTS
)
FILL = "SELECT directory_index(ARRAY(SELECT id FROM directory_service)); SET CONSTRAINTS ALL IMMEDIATE;"


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_suggested_texts_have_no_history"),
        ("partnerships", "0003_visitor"),
        ("config", "0001_extensions"),
    ]

    operations = [
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="directory.service",
                    ),
                ),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                ("words", models.TextField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_document_vector"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="search_document_words", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
