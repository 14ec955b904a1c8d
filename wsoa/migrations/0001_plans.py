import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('dates_as_written', models.CharField(blank=True, max_length=200)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('due', models.DateField(blank=True, null=True)),
                ('ongoing', models.BooleanField(default=False)),
                ('lead_as_written', models.CharField(blank=True, max_length=200)),
                ('partners_as_written', models.CharField(blank=True, max_length=400)),
                ('resource', models.CharField(blank=True, max_length=400)),
                ('how_known', models.CharField(blank=True, max_length=600, verbose_name='How will we know?')),
                ('status_as_written', models.CharField(blank=True, max_length=120)),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('retired_because', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('reference', models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='ActionPlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('reference', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('lead', 'Leads'), ('partner', 'Helps')], default='lead', max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ActionRoleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('part', models.CharField(choices=[('lead', 'Leads'), ('partner', 'Helps')], default='lead', max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('per_cent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('behind', models.BooleanField(blank=True, null=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ActionUpdateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField()),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('per_cent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('behind', models.BooleanField(blank=True, null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('target_as_written', models.CharField(blank=True, max_length=200)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('direction', models.CharField(blank=True, choices=[('down', 'Lower is better'), ('up', 'Higher is better')], max_length=4)),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ('baseline_on', models.DateField(blank=True, null=True)),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ('target_note', models.CharField(blank=True, max_length=120)),
                ('due', models.DateField(blank=True, null=True)),
                ('indicator', models.CharField(blank=True, choices=[('permanent-ehc', 'Permanent exclusions of children with an EHC plan'), ('suspension-rate-ehc', 'Suspensions per 100 children with an EHC plan'), ('repeat-sen-support', 'Repeat suspensions at SEN support')], max_length=30)),
                ('since', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='MeasureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('target_as_written', models.CharField(blank=True, max_length=200)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('direction', models.CharField(blank=True, choices=[('down', 'Lower is better'), ('up', 'Higher is better')], max_length=4)),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ('baseline_on', models.DateField(blank=True, null=True)),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ('target_note', models.CharField(blank=True, max_length=120)),
                ('due', models.DateField(blank=True, null=True)),
                ('indicator', models.CharField(blank=True, choices=[('permanent-ehc', 'Permanent exclusions of children with an EHC plan'), ('suspension-rate-ehc', 'Suspensions per 100 children with an EHC plan'), ('repeat-sen-support', 'Repeat suspensions at SEN support')], max_length=30)),
                ('since', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=10)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('exclusions', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='MeasureReadingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=10)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('exclusions', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('reference', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='OutcomeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('reference', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=160, unique=True)),
                ('kind', models.CharField(choices=[('written statement', 'Written Statement of Action'), ('accelerated progress', 'Accelerated Progress Plan'), ('send action plan', 'SEND action plan'), ('improvement plan', 'Inspection improvement plan'), ('recommendations', 'Scrutiny recommendations')], max_length=30)),
                ('layout', models.CharField(choices=[('written statement', 'Written Statement of Action: red, amber, green'), ('improvement plan', 'Improvement plan: four words and per cent'), ('recommendations', 'Recommendations: in progress, completed')], max_length=30)),
                ('answers', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('paper_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='PlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('written statement', 'Written Statement of Action'), ('accelerated progress', 'Accelerated Progress Plan'), ('send action plan', 'SEND action plan'), ('improvement plan', 'Inspection improvement plan'), ('recommendations', 'Scrutiny recommendations')], max_length=30)),
                ('layout', models.CharField(choices=[('written statement', 'Written Statement of Action: red, amber, green'), ('improvement plan', 'Improvement plan: four words and per cent'), ('recommendations', 'Recommendations: in progress, completed')], max_length=30)),
                ('answers', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('paper_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('reference', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('theme', models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='PriorityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('reference', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('theme', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('organisation', models.CharField(blank=True, max_length=80)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='RoleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=160)),
                ('organisation', models.CharField(blank=True, max_length=80)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='RoleHolderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('where', models.CharField(blank=True, max_length=120)),
                ('what', models.CharField(max_length=300)),
                ('by_rule', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='SlipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('where', models.CharField(blank=True, max_length=120)),
                ('what', models.CharField(max_length=300)),
                ('by_rule', models.BooleanField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StateChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed', models.CharField(choices=[('complete', 'Complete'), ('on track', 'On track'), ('behind', 'Behind'), ('overdue', 'Overdue'), ('no update', 'No update'), ('not due', 'Not due')], max_length=20)),
                ('proposed_because', models.CharField(max_length=200)),
                ('state', models.CharField(blank=True, choices=[('complete', 'Complete'), ('on track', 'On track'), ('behind', 'Behind'), ('overdue', 'Overdue'), ('no update', 'No update'), ('not due', 'Not due')], max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='StateChoiceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('proposed', models.CharField(choices=[('complete', 'Complete'), ('on track', 'On track'), ('behind', 'Behind'), ('overdue', 'Overdue'), ('no update', 'No update'), ('not due', 'Not due')], max_length=20)),
                ('proposed_because', models.CharField(max_length=200)),
                ('state', models.CharField(blank=True, choices=[('complete', 'Complete'), ('on track', 'On track'), ('behind', 'Behind'), ('overdue', 'Overdue'), ('no update', 'No update'), ('not due', 'Not due')], max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('dates_as_written', models.CharField(blank=True, max_length=200)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('due', models.DateField(blank=True, null=True)),
                ('ongoing', models.BooleanField(default=False)),
                ('lead_as_written', models.CharField(blank=True, max_length=200)),
                ('partners_as_written', models.CharField(blank=True, max_length=400)),
                ('resource', models.CharField(blank=True, max_length=400)),
                ('how_known', models.CharField(blank=True, max_length=600, verbose_name='How will we know?')),
                ('status_as_written', models.CharField(blank=True, max_length=120)),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('retired_because', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('retired_because', ''), ('retired_on__isnull', True)), models.Q(('retired_on__isnull', False), models.Q(('retired_because', ''), _negated=True)), _connector='OR'), name='retired_with_a_reason')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionevent" ("dates_as_written", "due", "how_known", "id", "lead_as_written", "ongoing", "partners_as_written", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "retired_because", "retired_on", "starts_on", "status_as_written", "title", "version") VALUES (NEW."dates_as_written", NEW."due", NEW."how_known", NEW."id", NEW."lead_as_written", NEW."ongoing", NEW."partners_as_written", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."resource", NEW."retired_because", NEW."retired_on", NEW."starts_on", NEW."status_as_written", NEW."title", NEW."version"); RETURN NULL;', hash='22ed4d6d34a6f204ae9937b9fd7df4a47a135351', operation='INSERT', pgid='pgtrigger_insert_insert_e1c4b', table='wsoa_action', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_actionevent" ("dates_as_written", "due", "how_known", "id", "lead_as_written", "ongoing", "partners_as_written", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "retired_because", "retired_on", "starts_on", "status_as_written", "title", "version") VALUES (NEW."dates_as_written", NEW."due", NEW."how_known", NEW."id", NEW."lead_as_written", NEW."ongoing", NEW."partners_as_written", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."resource", NEW."retired_because", NEW."retired_on", NEW."starts_on", NEW."status_as_written", NEW."title", NEW."version"); RETURN NULL;', hash='b90c5afdf7ecbae88b0eb344b6dd0426f6c31386', operation='UPDATE', pgid='pgtrigger_update_update_bbf88', table='wsoa_action', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionevent" ("dates_as_written", "due", "how_known", "id", "lead_as_written", "ongoing", "partners_as_written", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "retired_because", "retired_on", "starts_on", "status_as_written", "title", "version") VALUES (OLD."dates_as_written", OLD."due", OLD."how_known", OLD."id", OLD."lead_as_written", OLD."ongoing", OLD."partners_as_written", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."resource", OLD."retired_because", OLD."retired_on", OLD."starts_on", OLD."status_as_written", OLD."title", OLD."version"); RETURN NULL;', hash='f4403c367adaaffc7d0ffa4cc2c03a3c428c3a3e', operation='DELETE', pgid='pgtrigger_delete_delete_0e23e', table='wsoa_action', when='AFTER')),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='actionplace',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='actionplaceevent',
            name='action',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='actionplaceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='actionplaceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.actionplace'),
        ),
        migrations.AddField(
            model_name='actionrole',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='actionroleevent',
            name='action',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='actionroleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='actionroleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.actionrole'),
        ),
        migrations.AddField(
            model_name='actionupdate',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='actionupdate',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionupdateevent',
            name='action',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='actionupdateevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionupdateevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='actionupdateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.actionupdate'),
        ),
        migrations.AddField(
            model_name='measureevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='measureevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.measure'),
        ),
        migrations.AddField(
            model_name='measurereading',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurereading',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='wsoa.measure'),
        ),
        migrations.AddField(
            model_name='measurereadingevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurereadingevent',
            name='measure',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.measure'),
        ),
        migrations.AddField(
            model_name='measurereadingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='measurereadingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.measurereading'),
        ),
        migrations.AddField(
            model_name='actionplaceevent',
            name='outcome',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.outcome'),
        ),
        migrations.AddField(
            model_name='actionplace',
            name='outcome',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='wsoa.outcome'),
        ),
        migrations.AddField(
            model_name='outcomeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='outcomeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_planevent" ("answers", "closed_on", "code", "id", "kind", "layout", "paper_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (NEW."answers", NEW."closed_on", NEW."code", NEW."id", NEW."kind", NEW."layout", NEW."paper_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."title", NEW."version"); RETURN NULL;', hash='92444478d7b1d0e1ac36555300f18c67f6b6dd53', operation='INSERT', pgid='pgtrigger_insert_insert_947de', table='wsoa_plan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_planevent" ("answers", "closed_on", "code", "id", "kind", "layout", "paper_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (NEW."answers", NEW."closed_on", NEW."code", NEW."id", NEW."kind", NEW."layout", NEW."paper_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."title", NEW."version"); RETURN NULL;', hash='47a1ab6f6127f6d1b0e8bdc2a06c29992479a481', operation='UPDATE', pgid='pgtrigger_update_update_15720', table='wsoa_plan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_planevent" ("answers", "closed_on", "code", "id", "kind", "layout", "paper_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (OLD."answers", OLD."closed_on", OLD."code", OLD."id", OLD."kind", OLD."layout", OLD."paper_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."title", OLD."version"); RETURN NULL;', hash='94080b23f9a90c4f9d3ba8a4b93d127062893493', operation='DELETE', pgid='pgtrigger_delete_delete_8bc17', table='wsoa_plan', when='AFTER')),
        ),
        migrations.AddField(
            model_name='planevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.plan'),
        ),
        migrations.AddField(
            model_name='priority',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='wsoa.plan'),
        ),
        migrations.AddField(
            model_name='outcomeevent',
            name='priority',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.priority'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='priority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='wsoa.priority'),
        ),
        migrations.AddField(
            model_name='measureevent',
            name='priority',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.priority'),
        ),
        migrations.AddField(
            model_name='measure',
            name='priority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='wsoa.priority'),
        ),
        migrations.AddField(
            model_name='actionplaceevent',
            name='priority',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.priority'),
        ),
        migrations.AddField(
            model_name='actionplace',
            name='priority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='wsoa.priority'),
        ),
        migrations.AddField(
            model_name='priorityevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='priorityevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.priority'),
        ),
        migrations.AddField(
            model_name='priorityevent',
            name='plan',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.plan'),
        ),
        migrations.AddField(
            model_name='actionroleevent',
            name='role',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.role'),
        ),
        migrations.AddField(
            model_name='actionrole',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='wsoa.role'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_roleevent" ("code", "id", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."code", NEW."id", NEW."organisation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='37c64c8293a0909cf945bcbe6bb47f339ad5d982', operation='INSERT', pgid='pgtrigger_insert_insert_53e6f', table='wsoa_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_roleevent" ("code", "id", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."code", NEW."id", NEW."organisation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='a16999e10f538f34bad5c1070afd1b9e3ec9edf3', operation='UPDATE', pgid='pgtrigger_update_update_42377', table='wsoa_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_roleevent" ("code", "id", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (OLD."code", OLD."id", OLD."organisation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."version"); RETURN NULL;', hash='ae129fa3639fc4d7eb667194fa4f68e08a43c3c5', operation='DELETE', pgid='pgtrigger_delete_delete_be49c', table='wsoa_role', when='AFTER')),
        ),
        migrations.AddField(
            model_name='roleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='roleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.role'),
        ),
        migrations.AddField(
            model_name='roleholder',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_roles', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleholder',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='wsoa.role'),
        ),
        migrations.AddField(
            model_name='roleholderevent',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleholderevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='roleholderevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.roleholder'),
        ),
        migrations.AddField(
            model_name='roleholderevent',
            name='role',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.role'),
        ),
        migrations.AddField(
            model_name='slip',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='wsoa.plan'),
        ),
        migrations.AddField(
            model_name='slipevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='slipevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.slip'),
        ),
        migrations.AddField(
            model_name='slipevent',
            name='plan',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.plan'),
        ),
        migrations.AddField(
            model_name='statechoice',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='state_choices', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='statechoice',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statechoiceevent',
            name='action',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wsoa.action'),
        ),
        migrations.AddField(
            model_name='statechoiceevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statechoiceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='statechoiceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wsoa.statechoice'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='865d1be95b6acdf7cdc4139dd82110265801e89b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_55de3', table='wsoa_actionevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='actionupdate',
            index=models.Index(fields=['action', '-on', '-id'], name='update_latest'),
        ),
        migrations.AddConstraint(
            model_name='actionupdate',
            constraint=models.CheckConstraint(condition=models.Q(('per_cent__isnull', True), ('per_cent__lte', 100), _connector='OR'), name='update_per_cent_0_to_100'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionupdate',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='993101b53934b0e19717a6471dac056dc5086883', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3567', table='wsoa_actionupdate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionupdate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionupdateevent" ("action_id", "at", "behind", "by_id", "id", "on", "per_cent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."action_id", NEW."at", NEW."behind", NEW."by_id", NEW."id", NEW."on", NEW."per_cent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text"); RETURN NULL;', hash='3ecc02d3a2721d0dc2b67bf70d5548d18dd2581d', operation='INSERT', pgid='pgtrigger_insert_insert_212d8', table='wsoa_actionupdate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionupdateevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='156dd97785fdd280559baf3c5bc6a88cccc7826b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c770', table='wsoa_actionupdateevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='measurereading',
            index=models.Index(fields=['measure', '-on', '-id'], name='measure_reading_latest'),
        ),
        migrations.AddConstraint(
            model_name='measurereading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('exclusions__isnull', True), models.Q(('evidence', ''), _negated=True)), models.Q(('by__isnull', True), ('evidence', ''), ('exclusions__isnull', False)), _connector='OR'), name='entered_with_evidence_or_kept_with_cases'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurereading',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='773dfa636f09f0ea1aa279254aaf97c788fed981', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d225a', table='wsoa_measurereading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurereading',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_measurereadingevent" ("at", "by_id", "evidence", "exclusions", "id", "measure_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."at", NEW."by_id", NEW."evidence", NEW."exclusions", NEW."id", NEW."measure_id", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."value"); RETURN NULL;', hash='dc808f3824e72792870dfa0eac695e16ab9d2e53', operation='INSERT', pgid='pgtrigger_insert_insert_386cb', table='wsoa_measurereading', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurereadingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ba2e3835fed6160dbf17f72c88074989d3dad158', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_55b0f', table='wsoa_measurereadingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8cdd471613e26f744f5bd72af4ef77d374dd9980', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0497c', table='wsoa_planevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.UniqueConstraint(fields=('plan', 'position'), name='priority_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='priority',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_priorityevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "reference", "theme", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."reference", NEW."theme", NEW."title"); RETURN NULL;', hash='13bec33899aa1da561c832210fcd9ecb300b81ba', operation='INSERT', pgid='pgtrigger_insert_insert_7a5da', table='wsoa_priority', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='priority',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_priorityevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "reference", "theme", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."reference", NEW."theme", NEW."title"); RETURN NULL;', hash='a0f05c61c02eb6ad63e8493eb839d351fa7ae0a0', operation='UPDATE', pgid='pgtrigger_update_update_da3a0', table='wsoa_priority', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='priority',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_priorityevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "reference", "theme", "title") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."position", OLD."reference", OLD."theme", OLD."title"); RETURN NULL;', hash='8f2ddec8f92de2add20988d5a371d748638d3115', operation='DELETE', pgid='pgtrigger_delete_delete_1a7bc', table='wsoa_priority', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcomeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c611c054ddc7cce8722fb2d7ab35a2f380dc7d00', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ef63', table='wsoa_outcomeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('priority', 'position'), name='outcome_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_outcomeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "reference", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."priority_id", NEW."reference", NEW."title"); RETURN NULL;', hash='8c233f64867b34a00dab3856e885ebfbecd076af', operation='INSERT', pgid='pgtrigger_insert_insert_83b5f', table='wsoa_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_outcomeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "reference", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."priority_id", NEW."reference", NEW."title"); RETURN NULL;', hash='7971753c8adfa8efb836516f12332ccd20bd3d72', operation='UPDATE', pgid='pgtrigger_update_update_c63db', table='wsoa_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_outcomeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "reference", "title") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."priority_id", OLD."reference", OLD."title"); RETURN NULL;', hash='937f98822c4b41aa89a71c4dc88b1cbffc3ec093', operation='DELETE', pgid='pgtrigger_delete_delete_14491', table='wsoa_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f9219b690cbcab82272c6fa78b48de4b06698a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e455e', table='wsoa_measureevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('priority', 'position'), name='measure_position_once'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('baseline__isnull', True), ('baseline_on__isnull', True)), models.Q(('baseline__isnull', False), ('baseline_on__isnull', False)), _connector='OR'), name='baseline_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('target__isnull', True), models.Q(('direction', ''), _negated=True), _connector='OR'), name='target_has_a_direction'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_measureevent" ("baseline", "baseline_on", "direction", "due", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "since", "target", "target_as_written", "target_note", "title", "unit", "version") VALUES (NEW."baseline", NEW."baseline_on", NEW."direction", NEW."due", NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."priority_id", NEW."since", NEW."target", NEW."target_as_written", NEW."target_note", NEW."title", NEW."unit", NEW."version"); RETURN NULL;', hash='4a883b07af519722d488c15d1e949460fef10acf', operation='INSERT', pgid='pgtrigger_insert_insert_a7256', table='wsoa_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_measureevent" ("baseline", "baseline_on", "direction", "due", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "since", "target", "target_as_written", "target_note", "title", "unit", "version") VALUES (NEW."baseline", NEW."baseline_on", NEW."direction", NEW."due", NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."priority_id", NEW."since", NEW."target", NEW."target_as_written", NEW."target_note", NEW."title", NEW."unit", NEW."version"); RETURN NULL;', hash='8dffd7c7f24f7d4235d422bfc7826806a19a385a', operation='UPDATE', pgid='pgtrigger_update_update_b5c25', table='wsoa_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_measureevent" ("baseline", "baseline_on", "direction", "due", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "since", "target", "target_as_written", "target_note", "title", "unit", "version") VALUES (OLD."baseline", OLD."baseline_on", OLD."direction", OLD."due", OLD."id", OLD."indicator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."priority_id", OLD."since", OLD."target", OLD."target_as_written", OLD."target_note", OLD."title", OLD."unit", OLD."version"); RETURN NULL;', hash='5dc06ff45f8b04b906d4deb89b8915d4def37dff', operation='DELETE', pgid='pgtrigger_delete_delete_390b7', table='wsoa_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionplaceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b801176574c8f79107b778ccc639dddfe30379b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_04e6e', table='wsoa_actionplaceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='actionplace',
            constraint=models.UniqueConstraint(fields=('priority', 'position'), name='place_position_once'),
        ),
        migrations.AddConstraint(
            model_name='actionplace',
            constraint=models.UniqueConstraint(fields=('action', 'priority'), name='action_once_in_a_priority'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionplaceevent" ("action_id", "id", "outcome_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "reference") VALUES (NEW."action_id", NEW."id", NEW."outcome_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."priority_id", NEW."reference"); RETURN NULL;', hash='8e24aea5206a2a57e73596ae4bc9a0097b994f7b', operation='INSERT', pgid='pgtrigger_insert_insert_dc13d', table='wsoa_actionplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_actionplaceevent" ("action_id", "id", "outcome_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "reference") VALUES (NEW."action_id", NEW."id", NEW."outcome_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."priority_id", NEW."reference"); RETURN NULL;', hash='804b1040550f11c33a5017418551f38cd36e414f', operation='UPDATE', pgid='pgtrigger_update_update_09113', table='wsoa_actionplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionplaceevent" ("action_id", "id", "outcome_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_id", "reference") VALUES (OLD."action_id", OLD."id", OLD."outcome_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."priority_id", OLD."reference"); RETURN NULL;', hash='074c3d873425b9c7f829110e21719491e6d2b5b9', operation='DELETE', pgid='pgtrigger_delete_delete_a1b3a', table='wsoa_actionplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='priorityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='307816488718130a6d54b4a4afbbbd7399d8cb49', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3466', table='wsoa_priorityevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionroleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ef45c72cbe65cdc142d85641b7ffea306df76a54', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ef199', table='wsoa_actionroleevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='actionrole',
            constraint=models.UniqueConstraint(fields=('action', 'role', 'part'), name='role_once_in_an_action'),
        ),
        migrations.AddConstraint(
            model_name='actionrole',
            constraint=models.UniqueConstraint(fields=('action', 'part', 'position'), name='action_role_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionrole',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionroleevent" ("action_id", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role_id") VALUES (NEW."action_id", NEW."id", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."role_id"); RETURN NULL;', hash='594e3a4dc421d9c9d925ba4db56fb8e42475e66f', operation='INSERT', pgid='pgtrigger_insert_insert_b4b78', table='wsoa_actionrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionrole',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_actionroleevent" ("action_id", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role_id") VALUES (NEW."action_id", NEW."id", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."role_id"); RETURN NULL;', hash='3a61e023ac608f60491700e811cb89062866051e', operation='UPDATE', pgid='pgtrigger_update_update_f3625', table='wsoa_actionrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionrole',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_actionroleevent" ("action_id", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role_id") VALUES (OLD."action_id", OLD."id", OLD."part", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."role_id"); RETURN NULL;', hash='475af0f3ba8f70ba524b1e9faf10fa6b5357b73d', operation='DELETE', pgid='pgtrigger_delete_delete_0663d', table='wsoa_actionrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8ce1631fdbb0f8da39cb6fd0547c77f7ba1f0d17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0dc6a', table='wsoa_roleevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='roleholder',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='holder_ends_after_beginning'),
        ),
        migrations.AddConstraint(
            model_name='roleholder',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('role'), models.F('role'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='INT8RANGE', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('first_day'), models.F('last_day'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_holder_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleholder',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_roleholderevent" ("email", "first_day", "id", "last_day", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "version") VALUES (NEW."email", NEW."first_day", NEW."id", NEW."last_day", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role_id", NEW."version"); RETURN NULL;', hash='1866ebf1a21602fd12af8b11932337d82a2e968d', operation='INSERT', pgid='pgtrigger_insert_insert_69faa', table='wsoa_roleholder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleholder',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wsoa_roleholderevent" ("email", "first_day", "id", "last_day", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "version") VALUES (NEW."email", NEW."first_day", NEW."id", NEW."last_day", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role_id", NEW."version"); RETURN NULL;', hash='d46b4132a34f42d7f1e7074ea3c14ccb22ace102', operation='UPDATE', pgid='pgtrigger_update_update_02196', table='wsoa_roleholder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleholder',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_roleholderevent" ("email", "first_day", "id", "last_day", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "version") VALUES (OLD."email", OLD."first_day", OLD."id", OLD."last_day", OLD."name", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role_id", OLD."version"); RETURN NULL;', hash='3d59f417ab98bb352a3b9f14fb35f2020c2942fb', operation='DELETE', pgid='pgtrigger_delete_delete_66425', table='wsoa_roleholder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleholderevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b3c599c97c3bd7747235172c024fa5d2f1a8b80f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8847c', table='wsoa_roleholderevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.UniqueConstraint(fields=('plan', 'position'), name='slip_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slip',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_slipevent" ("by_rule", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "what", "where") VALUES (NEW."by_rule", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."what", NEW."where"); RETURN NULL;', hash='63694804812949ee8f92cf94ea50486e3d0c08c9', operation='INSERT', pgid='pgtrigger_insert_insert_c436b', table='wsoa_slip', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='36354a987fc32dacc8231bf961d55c9753fe2634', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_870f4', table='wsoa_slipevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='statechoice',
            index=models.Index(fields=['action', '-id'], name='state_choice_latest'),
        ),
        migrations.AddConstraint(
            model_name='statechoice',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='state_chosen_with_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechoice',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7178d9492db88bb0951f76cde2fee9610d740c26', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3ff2b', table='wsoa_statechoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechoice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wsoa_statechoiceevent" ("action_id", "at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "proposed_because", "reason", "state") VALUES (NEW."action_id", NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed", NEW."proposed_because", NEW."reason", NEW."state"); RETURN NULL;', hash='1273a00b56ff0d18fdaef07b8f9d8d9c642a5a5f', operation='INSERT', pgid='pgtrigger_insert_insert_0d2a8', table='wsoa_statechoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechoiceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d3de142fd672ecaf5666ed754d105c939a38873c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7314c', table='wsoa_statechoiceevent', when='BEFORE')),
        ),
    ]
