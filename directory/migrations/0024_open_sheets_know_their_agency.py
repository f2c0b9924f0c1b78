# ruff: noqa: S608 - all of these names are our own
"""Organisations with an open sheet, in their order, from the list of open sheets alone."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FOR_EVER = "date '9999-12-31'"
USUAL_MONTHS = 12
FUNCTION = f"""
CREATE OR REPLACE FUNCTION directory_open(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever decides about the same sheet at the same time waits here, and then sees what the other has written.
    PERFORM FROM directory_service WHERE id = ANY (ids) AND visibility = 'public' ORDER BY id FOR NO KEY UPDATE;
    WITH open AS (
        SELECT s.id, s.sort_name, s.agency_id, a.sort_name AS agency_sort_name, max(least(
            coalesce(p.ended_on - 1, {FOR_EVER}),
            CASE WHEN r.hides_stale IS FALSE THEN {FOR_EVER} ELSE directory_last_day(
                coalesce(s.confirmed_on, (s.created_at AT TIME ZONE '{settings.TIME_ZONE}')::date),
                coalesce(r.stale_months, {USUAL_MONTHS})) END
        )) AS until
        FROM directory_service s
        JOIN directory_agency a ON a.id = s.agency_id
        JOIN partnerships_partnership p ON p.service_id = s.id
        JOIN partnerships_setting t ON t.id = p.setting_id AND t.publishes_directory
        LEFT JOIN directory_rules r ON r.setting_id = t.id
        WHERE s.id = ANY (ids) AND s.visibility = 'public' AND s.retired_at IS NULL
        GROUP BY s.id, a.id
    ), gone AS (
        DELETE FROM directory_opensheet WHERE service_id = ANY (ids) AND service_id NOT IN (SELECT id FROM open)
    )
    INSERT INTO directory_opensheet AS was (service_id, sort_name, agency_id, agency_sort_name, until)
    SELECT id, sort_name, agency_id, agency_sort_name, until FROM open
    ON CONFLICT (service_id) DO UPDATE SET sort_name = excluded.sort_name, agency_id = excluded.agency_id,
        agency_sort_name = excluded.agency_sort_name, until = excluded.until
    WHERE (was.sort_name, was.agency_id, was.agency_sort_name, was.until)
        IS DISTINCT FROM (excluded.sort_name, excluded.agency_id, excluded.agency_sort_name, excluded.until);
END $$;
"""
COLUMNS = "visibility retired_at confirmed_on created_at sort_name agency_id".split()
OF_SERVICES = "SELECT n.id FROM new n JOIN old o USING (id) WHERE ({new}) IS DISTINCT FROM ({old})".format(
    **{which: ", ".join(f"{which[0]}.{column}" for column in COLUMNS) for which in ("new", "old")}
)
OF_AGENCIES = """
    SELECT service_id FROM directory_opensheet WHERE agency_id IN (
        SELECT n.id FROM new n JOIN old o USING (id) WHERE n.sort_name IS DISTINCT FROM o.sort_name
    )
"""
TRIGGERS = "".join(
    f"""
CREATE OR REPLACE FUNCTION open_{table}_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids uuid[] := ARRAY({touched});
BEGIN
    IF cardinality(ids) > 0 THEN PERFORM directory_open(ids); END IF;
    RETURN NULL;
END $$;
"""
    for table, touched in (("directory_service", OF_SERVICES), ("directory_agency", OF_AGENCIES))
)
AGENCY_TRIGGER = """
CREATE TRIGGER open_directory_agency_update AFTER UPDATE ON directory_agency
REFERENCING NEW TABLE AS new OLD TABLE AS old FOR EACH STATEMENT EXECUTE FUNCTION open_directory_agency_update();
"""
EMPTY = "DELETE FROM directory_opensheet; SET CONSTRAINTS ALL IMMEDIATE;"
FILL = """
SELECT directory_open(ARRAY(SELECT id FROM directory_service WHERE visibility = 'public'));
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0023_pathways_remember_what_went")]

    operations = [
        migrations.RunSQL(EMPTY),
        migrations.AddField(
            "opensheet",
            "agency",
            models.ForeignKey(
                db_index=False,
                default=uuid.uuid4,  # no row is there
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="directory.agency",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "opensheet", "agency_sort_name", models.TextField(default=""), preserve_default=False
        ),
        migrations.AddIndex(
            "opensheet",
            models.Index(fields=["agency_sort_name", "agency", "until"], name="open_agencies_in_order"),
        ),
        migrations.AddIndex(
            "agency",
            django.contrib.postgres.indexes.GinIndex(
                fields=["sort_name"], name="agency_name_trigram", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.RunSQL(FUNCTION + TRIGGERS + AGENCY_TRIGGER),
        migrations.RunSQL(FILL),
    ]
