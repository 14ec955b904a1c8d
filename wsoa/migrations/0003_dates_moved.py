import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('wsoa', '0002_rounds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DateMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(blank=True, max_length=200)),
                ('now', models.CharField(max_length=200)),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='date_moves', to='wsoa.action')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='DateMoveEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('was', models.CharField(blank=True, max_length=200)),
                ('now', models.CharField(max_length=200)),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.datemove')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='datemove',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='date_moved_with_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datemove',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='59ed07991f5ea58c790f4f23c70247e1f6078751', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_52a01', table='wsoa_datemove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datemove',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_datemoveevent" ("action_id", "at", "by_id", "id", "now", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "was") VALUES (NEW."action_id", NEW."at", NEW."by_id", NEW."id", NEW."now", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."was"); RETURN NULL;', hash='21817270dfbaf722895fe1d9a81da763bb10a287', operation='INSERT', pgid='pgtrigger_insert_insert_14e4a', table='wsoa_datemove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datemoveevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='53f5a38b150d5f8c4e11c379cede3d7957ea7bf6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bee08', table='wsoa_datemoveevent', when='BEFORE')),
        ),
    ]
