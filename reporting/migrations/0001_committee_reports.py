import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0001_people_places_and_cases'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitteeReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', models.CharField(max_length=14)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('committee', models.CharField(max_length=120)),
                ('meeting_on', models.DateField(blank=True, null=True)),
                ('item', models.CharField(blank=True, max_length=10)),
                ('responsible_officer', models.CharField(max_length=150)),
                ('figures', models.JSONField(blank=True, null=True)),
                ('figures_as_at', models.DateField(blank=True, null=True)),
                ('built_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('edit_version', models.PositiveIntegerField(default=1)),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'version'), name='one_report_per_period_and_version'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('figures__isnull', False), ('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='report_signed_by_and_at_together')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_committeereportevent" ("built_at", "committee", "edit_version", "figures_as_at", "id", "item", "meeting_on", "opened_at", "opened_by_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_officer", "signed_at", "signed_by_id", "version") VALUES (NEW."built_at", NEW."committee", NEW."edit_version", NEW."figures_as_at", NEW."id", NEW."item", NEW."meeting_on", NEW."opened_at", NEW."opened_by_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."responsible_officer", NEW."signed_at", NEW."signed_by_id", NEW."version"); RETURN NULL;', hash='269726c33f27482849d6a5b0b74c3e0f58972a72', operation='INSERT', pgid='pgtrigger_insert_insert_8e882', table='reporting_committeereport', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."built_at" IS DISTINCT FROM (NEW."built_at") OR OLD."committee" IS DISTINCT FROM (NEW."committee") OR OLD."edit_version" IS DISTINCT FROM (NEW."edit_version") OR OLD."figures_as_at" IS DISTINCT FROM (NEW."figures_as_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item" IS DISTINCT FROM (NEW."item") OR OLD."meeting_on" IS DISTINCT FROM (NEW."meeting_on") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."responsible_officer" IS DISTINCT FROM (NEW."responsible_officer") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "reporting_committeereportevent" ("built_at", "committee", "edit_version", "figures_as_at", "id", "item", "meeting_on", "opened_at", "opened_by_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_officer", "signed_at", "signed_by_id", "version") VALUES (NEW."built_at", NEW."committee", NEW."edit_version", NEW."figures_as_at", NEW."id", NEW."item", NEW."meeting_on", NEW."opened_at", NEW."opened_by_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."responsible_officer", NEW."signed_at", NEW."signed_by_id", NEW."version"); RETURN NULL;', hash='955f2ede17d66bcdc0838abf2e6d9c4834c8c3fa', operation='UPDATE', pgid='pgtrigger_update_update_faf41', table='reporting_committeereport', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_committeereportevent" ("built_at", "committee", "edit_version", "figures_as_at", "id", "item", "meeting_on", "opened_at", "opened_by_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_officer", "signed_at", "signed_by_id", "version") VALUES (OLD."built_at", OLD."committee", OLD."edit_version", OLD."figures_as_at", OLD."id", OLD."item", OLD."meeting_on", OLD."opened_at", OLD."opened_by_id", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."responsible_officer", OLD."signed_at", OLD."signed_by_id", OLD."version"); RETURN NULL;', hash='cb9ada722f5f58dafaf9212fa32703cfaa1af71d', operation='DELETE', pgid='pgtrigger_delete_delete_caa79', table='reporting_committeereport', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CommitteeReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('period', models.CharField(max_length=14)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('committee', models.CharField(max_length=120)),
                ('meeting_on', models.DateField(blank=True, null=True)),
                ('item', models.CharField(blank=True, max_length=10)),
                ('responsible_officer', models.CharField(max_length=150)),
                ('figures_as_at', models.DateField(blank=True, null=True)),
                ('built_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('edit_version', models.PositiveIntegerField(default=1)),
                ('opened_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.committeereport')),
                ('signed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a4364aaead6255195e36cf95793f9b1a824866cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fd2af', table='reporting_committeereportevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PublishedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(max_length=60)),
                ('academic_year', models.CharField(max_length=7)),
                ('phase', models.CharField(max_length=25)),
                ('measure', models.CharField(max_length=30)),
                ('value', models.DecimalField(decimal_places=5, max_digits=14)),
                ('status', models.CharField(max_length=120)),
                ('source', models.CharField(max_length=160)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'academic_year', 'phase', 'measure'), name='one_published_figure')],
            },
        ),
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('access', models.CharField(choices=[('public', 'Public'), ('restricted', 'Restricted')], max_length=10)),
                ('form', models.CharField(choices=[('pdf', 'PDF'), ('html', 'Web page')], max_length=4)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('built_at', models.DateTimeField()),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reporting.committeereport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'access', 'form'), name='one_report_file_of_each')],
            },
        ),
        migrations.CreateModel(
            name='ReportSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=30)),
                ('body', models.TextField(blank=True)),
                ('carried_over', models.BooleanField(default=False)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='reporting.committeereport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'key'), name='one_section_per_report')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportsectionevent" ("body", "carried_over", "edited_at", "edited_by_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "version") VALUES (NEW."body", NEW."carried_over", NEW."edited_at", NEW."edited_by_id", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_id", NEW."version"); RETURN NULL;', hash='e1f4e4dbdf038ca2eced1b8ea4b50d395cc77278', operation='INSERT', pgid='pgtrigger_insert_insert_89050', table='reporting_reportsection', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_reportsectionevent" ("body", "carried_over", "edited_at", "edited_by_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "version") VALUES (NEW."body", NEW."carried_over", NEW."edited_at", NEW."edited_by_id", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_id", NEW."version"); RETURN NULL;', hash='e736216e68d7ef0bab94e4ba03d8ae748d574c10', operation='UPDATE', pgid='pgtrigger_update_update_365a6', table='reporting_reportsection', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportsectionevent" ("body", "carried_over", "edited_at", "edited_by_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "version") VALUES (OLD."body", OLD."carried_over", OLD."edited_at", OLD."edited_by_id", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."version"); RETURN NULL;', hash='c61b9620781d1a7d2f08d2e2ad7568d28facd624', operation='DELETE', pgid='pgtrigger_delete_delete_3a868', table='reporting_reportsection', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ReportSectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('key', models.CharField(max_length=30)),
                ('body', models.TextField(blank=True)),
                ('carried_over', models.BooleanField(default=False)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edited_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.reportsection')),
                ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.committeereport')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1a748b6c3642b2b43f2c32d9fe9a6da7f582106a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1b302', table='reporting_reportsectionevent', when='BEFORE'))],
            },
        ),
    ]
