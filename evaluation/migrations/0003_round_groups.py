import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0002_initial'),
        ('partnerships', '0002_names'),
        ('toolkits', '0002_guests_drafts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='round',
            options={'ordering': ['-opens_on', 'pk']},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreedlevel',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreedlevel',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='update_update',
        ),
        migrations.AddField(
            model_name='agreedlevel',
            name='dissent',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='agreedlevelevent',
            name='dissent',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='round',
            name='grouping',
            field=models.CharField(choices=[('sectors', 'By sector'), ('wide', 'By wider groups'), ('none', 'Everyone together')], default='sectors', max_length=10),
        ),
        migrations.AddField(
            model_name='round',
            name='groups',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='round',
            name='is_ready',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='round',
            name='reminded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='words',
            field=models.TextField(blank=True, max_length=600),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='grouping',
            field=models.CharField(choices=[('sectors', 'By sector'), ('wide', 'By wider groups'), ('none', 'Everyone together')], default='sectors', max_length=10),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='groups',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='is_ready',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='reminded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='words',
            field=models.TextField(blank=True, max_length=600),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['setting', '-opens_on'], name='evaluation__setting_6d0b43_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedlevel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_agreedlevelevent" ("dissent", "id", "level", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "statement") VALUES (NEW."dissent", NEW."id", NEW."level", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id", NEW."statement"); RETURN NULL;', hash='ff0b402ee824f9605f0700f37125ce54ec4922fd', operation='INSERT', pgid='pgtrigger_insert_insert_62ecf', table='evaluation_agreedlevel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedlevel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_agreedlevelevent" ("dissent", "id", "level", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "statement") VALUES (NEW."dissent", NEW."id", NEW."level", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id", NEW."statement"); RETURN NULL;', hash='33f69cb9949810c85c6d67aca18e171cd2c1e7f0', operation='UPDATE', pgid='pgtrigger_update_update_85214', table='evaluation_agreedlevel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_roundevent" ("activity_id", "agreed_words", "closed_at", "closes_on", "created_by_id", "grouping", "groups", "id", "is_ready", "minimum", "opened_at", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "setting_id", "shared_at", "term_id", "version", "words") VALUES (NEW."activity_id", NEW."agreed_words", NEW."closed_at", NEW."closes_on", NEW."created_by_id", NEW."grouping", NEW."groups", NEW."id", NEW."is_ready", NEW."minimum", NEW."opened_at", NEW."opens_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reminded_on", NEW."setting_id", NEW."shared_at", NEW."term_id", NEW."version", NEW."words"); RETURN NULL;', hash='a93264bf12695a71f51858441c9f08e71a4e3c51', operation='INSERT', pgid='pgtrigger_insert_insert_a0c04', table='evaluation_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."agreed_words" IS DISTINCT FROM (NEW."agreed_words") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closes_on" IS DISTINCT FROM (NEW."closes_on") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."grouping" IS DISTINCT FROM (NEW."grouping") OR OLD."groups" IS DISTINCT FROM (NEW."groups") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_ready" IS DISTINCT FROM (NEW."is_ready") OR OLD."minimum" IS DISTINCT FROM (NEW."minimum") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opens_on" IS DISTINCT FROM (NEW."opens_on") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."setting_id" IS DISTINCT FROM (NEW."setting_id") OR OLD."shared_at" IS DISTINCT FROM (NEW."shared_at") OR OLD."term_id" IS DISTINCT FROM (NEW."term_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."words" IS DISTINCT FROM (NEW."words"))', func='INSERT INTO "evaluation_roundevent" ("activity_id", "agreed_words", "closed_at", "closes_on", "created_by_id", "grouping", "groups", "id", "is_ready", "minimum", "opened_at", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "setting_id", "shared_at", "term_id", "version", "words") VALUES (NEW."activity_id", NEW."agreed_words", NEW."closed_at", NEW."closes_on", NEW."created_by_id", NEW."grouping", NEW."groups", NEW."id", NEW."is_ready", NEW."minimum", NEW."opened_at", NEW."opens_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reminded_on", NEW."setting_id", NEW."shared_at", NEW."term_id", NEW."version", NEW."words"); RETURN NULL;', hash='a97afcf542adcca46d479a345b7a29991da18a34', operation='UPDATE', pgid='pgtrigger_update_update_305c2', table='evaluation_round', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('results', None)), models.Q(('closed_at__isnull', False), ('opened_at__isnull', False), ('results__isnull', False)), _connector='OR'), name='round_has_results_once_closed'),
        ),
    ]
