"""An address that is withheld moves to a table of its own, and out of the history of its place."""

from django.db import migrations, models

MOVE = """
INSERT INTO directory_withheldaddress
    (place_id, name, address_1, address_2, city, county, postcode, access, access_note)
SELECT id, name, address_1, address_2, city, county, postcode, access, access_note
FROM directory_place WHERE is_withheld;
UPDATE directory_place
SET withheld = 'coarse', name = '', address_1 = '', address_2 = '', postcode = split_part(postcode, ' ', 1)
WHERE is_withheld;
UPDATE directory_placeevent
SET name = '', address_1 = '', address_2 = '', postcode = split_part(postcode, ' ', 1)
WHERE pgh_obj_id IN (SELECT id FROM directory_place WHERE is_withheld);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_the_sheets_depth")]

    operations = [
        migrations.RemoveField(
            model_name='placeevent',
            name='is_withheld',
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='place',
            name='is_withheld',
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withheld', 'refuge'), _negated=True), models.Q(('access', []), ('access_note', ''), ('address_1', ''), ('address_2', ''), ('city', ''), ('county', ''), ('latitude', None), ('name', ''), ('postcode', '')), _connector='OR'), name='place_of_a_refuge_shows_the_council_area_alone'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withheld', 'coarse'), _negated=True), models.Q(('address_1', ''), ('address_2', ''), ('name', ''), models.Q(('postcode__contains', ' '), _negated=True)), _connector='OR'), name='place_that_is_withheld_shows_the_outward_postcode'),
        ),
    ]
