import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('wsoa', '0001_plans_and_rounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='waits', to='wsoa.action')),
                ('waits_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waited_for_by', to='wsoa.action')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('action', 'waits_for'), name='waits_for_another_once'), models.CheckConstraint(condition=models.Q(('action', models.F('waits_for')), _negated=True), name='waits_for_another')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionwaitevent" ("action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "waits_for_id") VALUES (NEW."action_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."waits_for_id"); RETURN NULL;', hash='aa271a85d4e92e248aa23565d7d1d234064342e9', operation='INSERT', pgid='pgtrigger_insert_insert_036b0', table='wsoa_actionwait', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_actionwaitevent" ("action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "waits_for_id") VALUES (NEW."action_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."waits_for_id"); RETURN NULL;', hash='808ad162c024ade61b7733b90eefe6c07b11cce1', operation='UPDATE', pgid='pgtrigger_update_update_61a8b', table='wsoa_actionwait', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionwaitevent" ("action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "waits_for_id") VALUES (OLD."action_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."waits_for_id"); RETURN NULL;', hash='ee729540c76e32a6c99697216531298e2d6a2fbe', operation='DELETE', pgid='pgtrigger_delete_delete_a3c75', table='wsoa_actionwait', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ActionWaitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('action', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.actionwait')),
                ('waits_for', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='33a3ad9b130d67df31f29e9fd1de9171cd82d169', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_727a9', table='wsoa_actionwaitevent', when='BEFORE'))],
            },
        ),
    ]
