import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('wsoa', '0003_role_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionOrigin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('training', 'Training log'), ('case study', 'Case study'), ('audit', 'Audit recommendation')], max_length=20)),
                ('source', models.CharField(max_length=300)),
                ('on', models.DateField()),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='origin', to='wsoa.action')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionoriginevent" ("action_id", "id", "kind", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."action_id", NEW."id", NEW."kind", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='460aabca6e0e6b1f2a9845a9420b8c964eb7897b', operation='INSERT', pgid='pgtrigger_insert_insert_4681d', table='wsoa_actionorigin', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_actionoriginevent" ("action_id", "id", "kind", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."action_id", NEW."id", NEW."kind", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='6a6ae2cc5e8fc0160cff7199a9ca90ca3f834c2b', operation='UPDATE', pgid='pgtrigger_update_update_8c859', table='wsoa_actionorigin', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionoriginevent" ("action_id", "id", "kind", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."action_id", OLD."id", OLD."kind", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;', hash='c6354a1f2d5e58781b68d9bee0f755d610000da4', operation='DELETE', pgid='pgtrigger_delete_delete_84234', table='wsoa_actionorigin', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ActionOriginEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('training', 'Training log'), ('case study', 'Case study'), ('audit', 'Audit recommendation')], max_length=20)),
                ('source', models.CharField(max_length=300)),
                ('on', models.DateField()),
                ('action', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.actionorigin')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7aecd82de1b007536e7f09c8e5a5d87a48bd4a8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_34e71', table='wsoa_actionoriginevent', when='BEFORE'))],
            },
        ),
    ]
