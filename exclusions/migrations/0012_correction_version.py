
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exclusions', '0011_list_read_off_indexes'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='insert_insert',
        ),
        migrations.AddField(
            model_name='correction',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "exclusions_correctionevent" ("because", "changes", "corrected_at", "corrected_by_id", "exclusion_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."because", NEW."changes", NEW."corrected_at", NEW."corrected_by_id", NEW."exclusion_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='6b238fa01b53038f6ef284d02d8054c1e5ddd4b7', operation='INSERT', pgid='pgtrigger_insert_insert_bc925', table='exclusions_correction', when='AFTER')),
        ),
    ]
