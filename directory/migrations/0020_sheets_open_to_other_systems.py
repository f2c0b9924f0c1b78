# ruff: noqa: S608 - all of these names are our own
"""Which sheets other systems may read, and until which day, kept true by triggers whoever writes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FOR_EVER = "date '9999-12-31'"
USUAL_MONTHS = 12
FUNCTIONS = f"""
CREATE FUNCTION directory_last_day(confirmed date, months integer) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- the last day of which so many months before is not after `confirmed`
    SELECT CASE WHEN date_part('day', $1 + 1) = 1
        THEN (date_trunc('month', $1 + make_interval(months => $2)) + interval '1 month - 1 day')::date
        ELSE ($1 + make_interval(months => $2))::date END
$$;

CREATE FUNCTION directory_open(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever decides about the same sheet at the same time waits here, and then sees what the other has written.
    PERFORM FROM directory_service WHERE id = ANY (ids) AND visibility = 'public' ORDER BY id FOR NO KEY UPDATE;
    WITH open AS (
        SELECT s.id, s.sort_name, max(least(
            coalesce(p.ended_on - 1, {FOR_EVER}),
            CASE WHEN r.hides_stale IS FALSE THEN {FOR_EVER} ELSE directory_last_day(
                coalesce(s.confirmed_on, (s.created_at AT TIME ZONE '{settings.TIME_ZONE}')::date),
                coalesce(r.stale_months, {USUAL_MONTHS})) END
        )) AS until
        FROM directory_service s
        JOIN partnerships_partnership p ON p.service_id = s.id
        JOIN partnerships_setting t ON t.id = p.setting_id AND t.publishes_directory
        LEFT JOIN directory_rules r ON r.setting_id = t.id
        WHERE s.id = ANY (ids) AND s.visibility = 'public' AND s.retired_at IS NULL
        GROUP BY s.id
    ), gone AS (
        DELETE FROM directory_opensheet WHERE service_id = ANY (ids) AND service_id NOT IN (SELECT id FROM open)
    )
    INSERT INTO directory_opensheet AS was (service_id, sort_name, until) SELECT id, sort_name, until FROM open
    ON CONFLICT (service_id) DO UPDATE SET sort_name = excluded.sort_name, until = excluded.until
    WHERE (was.sort_name, was.until) IS DISTINCT FROM (excluded.sort_name, excluded.until);
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION directory_open(uuid[]);
DROP FUNCTION directory_last_day(date, integer);
"""

TRANSITIONS = {
    "insert": "REFERENCING NEW TABLE AS new",
    "update": "REFERENCING NEW TABLE AS new OLD TABLE AS old",
    "delete": "REFERENCING OLD TABLE AS old",
}
OF_SETTINGS = "SELECT p.service_id FROM partnerships_partnership p JOIN ({}) t ON t.id = p.setting_id"


def both(columns):
    """Whether any of the columns is another now."""
    new, old = (", ".join(f"{which}.{column}" for column in columns.split()) for which in "no")
    return f"({new}) IS DISTINCT FROM ({old})"


CHANGED_TIE = f"FROM new n JOIN old o USING (id) WHERE {both('service_id setting_id ended_on')}"
TOUCHED = {
    ("directory_service", "insert"): "SELECT id FROM new WHERE visibility = 'public'",
    ("directory_service", "update"): "SELECT n.id FROM new n JOIN old o USING (id) WHERE "
    + both("visibility retired_at confirmed_on created_at sort_name"),
    ("partnerships_partnership", "insert"): "SELECT service_id FROM new",
    ("partnerships_partnership", "update"): f"SELECT n.service_id {CHANGED_TIE} UNION SELECT o.service_id {CHANGED_TIE}",
    ("partnerships_partnership", "delete"): "SELECT service_id FROM old",
    ("partnerships_setting", "update"): OF_SETTINGS.format(
        "SELECT id FROM new n JOIN old o USING (id) WHERE " + both("publishes_directory")
    ),
    ("directory_rules", "insert"): OF_SETTINGS.format("SELECT setting_id AS id FROM new"),
    ("directory_rules", "update"): OF_SETTINGS.format(
        "SELECT setting_id AS id FROM new n JOIN old o USING (setting_id) WHERE " + both("hides_stale stale_months")
    ),
    ("directory_rules", "delete"): OF_SETTINGS.format("SELECT setting_id AS id FROM old"),
}
"""The services of which a statement may have changed whether they are open."""
TRIGGERS = "".join(
    f"""
CREATE FUNCTION open_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids uuid[] := ARRAY({touched});
BEGIN
    IF cardinality(ids) > 0 THEN PERFORM directory_open(ids); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER open_{table}_{event} AFTER {event.upper()} ON {table}
{TRANSITIONS[event]} FOR EACH STATEMENT EXECUTE FUNCTION open_{table}_{event}();
"""
    for (table, event), touched in TOUCHED.items()
)
NO_TRIGGERS = "".join(
    f"DROP TRIGGER open_{table}_{event} ON {table}; DROP FUNCTION open_{table}_{event}();" for table, event in TOUCHED
)
FILL = """
SELECT directory_open(ARRAY(SELECT id FROM directory_service WHERE visibility = 'public'));
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0019_sheets_said_to_be_the_same"),
        ("partnerships", "0005_weekly_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenSheet",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="open_sheet",
                        serialize=False,
                        to="directory.service",
                    ),
                ),
                ("sort_name", models.TextField()),
                ("until", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sort_name", "service", "until"], name="open_sheets_in_order"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["service", "position", "id"], name="places_in_order"),
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
