import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0014_case_owner_indexes'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='HandedSchool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_schools', to='casework.handover')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.school')),
            ],
        ),
        migrations.CreateModel(
            name='HandedSchoolEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('handover', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.handover')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.handedschool')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='handedschool',
            constraint=models.UniqueConstraint(fields=('handover', 'school'), name='school_once_a_handover'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handedschool',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_handedschoolevent" ("handover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."handover_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id"); RETURN NULL;', hash='1a8c6b6eeada2fbb3e1d1eb70991f9ab63fd4141', operation='INSERT', pgid='pgtrigger_insert_insert_45f56', table='casework_handedschool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handedschool',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_handedschoolevent" ("handover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."handover_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id"); RETURN NULL;', hash='e980c6b1317e8bd2d9f001b54e088d2ef7256fb4', operation='UPDATE', pgid='pgtrigger_update_update_d8b62', table='casework_handedschool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handedschool',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_handedschoolevent" ("handover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (OLD."handover_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id"); RETURN NULL;', hash='f4b5c0976553848ec836480a77895022d3546ee3', operation='DELETE', pgid='pgtrigger_delete_delete_fce8a', table='casework_handedschool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handedschoolevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='53bd5367e907fb76fb8d06438b5f1adf1c03d95b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_68588', table='casework_handedschoolevent', when='BEFORE')),
        ),
    ]
