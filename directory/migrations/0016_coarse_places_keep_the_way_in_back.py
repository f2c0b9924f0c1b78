"""How to get in tells where the door is: of a coarse address that is kept back too, as is what is no first half."""

from django.db import migrations, models

NAME = "place_that_is_withheld_shows_the_outward_postcode"
KEEP_BACK = """
UPDATE directory_placeevent SET access_note = '' WHERE access_note <> '' AND withheld = 'coarse';
UPDATE directory_placeevent SET access_note = '' WHERE access_note <> ''
AND pgh_obj_id IN (SELECT id FROM directory_place WHERE withheld = 'coarse');
UPDATE directory_place SET access_note = '', postcode = CASE WHEN length(postcode) > 4 THEN '' ELSE postcode END
WHERE withheld = 'coarse' AND (access_note <> '' OR length(postcode) > 4);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0015_links_of_reminders")]

    operations = [
        migrations.RunSQL(KEEP_BACK, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="place", name=NAME),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=~models.Q(withheld="coarse")
                | models.Q(
                    name="", address_1="", address_2="", access_note="", postcode__regex="^[^ ]{0,4}$"
                ),
                name=NAME,
            ),
        ),
    ]
