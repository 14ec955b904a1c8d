import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0001_people_places_and_cases'),
        ('panels', '0002_item_actions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='termsofreference',
            name='insert_insert',
        ),
        migrations.AddField(
            model_name='termsofreference',
            name='reply_within',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='termsofreferenceevent',
            name='reply_within',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='termsofreference',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "panels_termsofreferenceevent" ("added_at", "added_by_id", "casting_vote", "credit_weeks", "criteria", "decision_model", "delegation", "fairness_model", "former_years", "id", "in_force_from", "looked_after_placed_elsewhere", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pseudonymised", "reply_within", "routes") VALUES (NEW."added_at", NEW."added_by_id", NEW."casting_vote", NEW."credit_weeks", NEW."criteria", NEW."decision_model", NEW."delegation", NEW."fairness_model", NEW."former_years", NEW."id", NEW."in_force_from", NEW."looked_after_placed_elsewhere", NEW."panel_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pseudonymised", NEW."reply_within", NEW."routes"); RETURN NULL;', hash='0272f1b6f70ca356f5453e0d7decabafa6daf6db', operation='INSERT', pgid='pgtrigger_insert_insert_9d797', table='panels_termsofreference', when='AFTER')),
        ),
        migrations.CreateModel(
            name='PlacementFollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weeks', models.PositiveSmallIntegerField(choices=[(6, '6 weeks'), (12, '12 weeks'), (26, '26 weeks')])),
                ('on', models.DateField()),
                ('outcome', models.CharField(choices=[('there', 'On roll and attending'), ('not_attending', 'On roll, not attending'), ('moved', 'Moved to another school'), ('excluded', 'Permanently excluded again'), ('withdrawn', 'Withdrawn from the school')], max_length=20)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placement_follow_ups', to='panels.referral')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.school')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_because', ''), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='follow_up_withdrawn_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('outcome__in', ['excluded', 'moved', 'withdrawn'])), models.Q(models.Q(('outcome__in', ['excluded', 'moved', 'withdrawn']), _negated=True), ('ended_on__isnull', True)), _connector='OR'), name='placement_that_is_over_has_a_last_day'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('referral', 'school', 'weeks'), name='one_follow_up_of_a_week')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "panels_placementfollowupevent" ("ended_on", "id", "on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referral_id", "school_id", "weeks", "withdrawn_at", "withdrawn_because", "withdrawn_by_id", "words") VALUES (NEW."ended_on", NEW."id", NEW."on", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."referral_id", NEW."school_id", NEW."weeks", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id", NEW."words"); RETURN NULL;', hash='5686e819a095534163dafed88a5d08900e2e65b8', operation='INSERT', pgid='pgtrigger_insert_insert_b4496', table='panels_placementfollowup', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "panels_placementfollowupevent" ("ended_on", "id", "on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referral_id", "school_id", "weeks", "withdrawn_at", "withdrawn_because", "withdrawn_by_id", "words") VALUES (NEW."ended_on", NEW."id", NEW."on", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."referral_id", NEW."school_id", NEW."weeks", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id", NEW."words"); RETURN NULL;', hash='2690cf0ae54801f1048b997c3de5dd84d9c611cd', operation='UPDATE', pgid='pgtrigger_update_update_835be', table='panels_placementfollowup', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "panels_placementfollowupevent" ("ended_on", "id", "on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referral_id", "school_id", "weeks", "withdrawn_at", "withdrawn_because", "withdrawn_by_id", "words") VALUES (OLD."ended_on", OLD."id", OLD."on", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."referral_id", OLD."school_id", OLD."weeks", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id", OLD."words"); RETURN NULL;', hash='7604327581d0f93b9b9d758d88e6ecbfaf143fb4', operation='DELETE', pgid='pgtrigger_delete_delete_a9e55', table='panels_placementfollowup', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PlacementFollowUpEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('weeks', models.PositiveSmallIntegerField(choices=[(6, '6 weeks'), (12, '12 weeks'), (26, '26 weeks')])),
                ('on', models.DateField()),
                ('outcome', models.CharField(choices=[('there', 'On roll and attending'), ('not_attending', 'On roll, not attending'), ('moved', 'Moved to another school'), ('excluded', 'Permanently excluded again'), ('withdrawn', 'Withdrawn from the school')], max_length=20)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='panels.placementfollowup')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='panels.referral')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.school')),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d59664cee093632523d7740a281fe1edf00c90ff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1aefa', table='panels_placementfollowupevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PlacementStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('application_refused', 'In-year application refused'), ('agreed', 'Agreed that the child comes under the protocol'), ('asked', 'School asked to admit the child'), ('accepted', 'School agreed to admit'), ('refused', 'School refused'), ('direction_intended', 'School told that a direction is intended'), ('to_adjudicator', 'School went to the adjudicator'), ('secretary_of_state_asked', 'Secretary of State asked to direct'), ('directed', 'School directed to admit'), ('on_roll', 'Put on the roll'), ('started', 'First day at the school')], max_length=30)),
                ('on', models.DateField()),
                ('words', models.CharField(blank=True, max_length=500)),
                ('looked_after', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placement_steps', to='panels.referral')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.school')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_because', ''), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='placement_step_withdrawn_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('step', 'refused'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='place_refused_with_reasons'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('referral', 'school', 'step'), name='one_placement_step_of_a_kind')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "panels_placementstepevent" ("id", "looked_after", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referral_id", "school_id", "step", "withdrawn_at", "withdrawn_because", "withdrawn_by_id", "words") VALUES (NEW."id", NEW."looked_after", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."referral_id", NEW."school_id", NEW."step", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id", NEW."words"); RETURN NULL;', hash='a5a99e9f69e402f14bab96677ad9df7b8f66fb15', operation='INSERT', pgid='pgtrigger_insert_insert_5c316', table='panels_placementstep', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "panels_placementstepevent" ("id", "looked_after", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referral_id", "school_id", "step", "withdrawn_at", "withdrawn_because", "withdrawn_by_id", "words") VALUES (NEW."id", NEW."looked_after", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."referral_id", NEW."school_id", NEW."step", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id", NEW."words"); RETURN NULL;', hash='34c3d43bb3ed6464e52f0e9787a929079d02f40f', operation='UPDATE', pgid='pgtrigger_update_update_e935f', table='panels_placementstep', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "panels_placementstepevent" ("id", "looked_after", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referral_id", "school_id", "step", "withdrawn_at", "withdrawn_because", "withdrawn_by_id", "words") VALUES (OLD."id", OLD."looked_after", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."referral_id", OLD."school_id", OLD."step", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id", OLD."words"); RETURN NULL;', hash='2d103ebf4db9ec3d9f3f83a623184e6bdff517c2', operation='DELETE', pgid='pgtrigger_delete_delete_a86f0', table='panels_placementstep', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PlacementStepEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('step', models.CharField(choices=[('application_refused', 'In-year application refused'), ('agreed', 'Agreed that the child comes under the protocol'), ('asked', 'School asked to admit the child'), ('accepted', 'School agreed to admit'), ('refused', 'School refused'), ('direction_intended', 'School told that a direction is intended'), ('to_adjudicator', 'School went to the adjudicator'), ('secretary_of_state_asked', 'Secretary of State asked to direct'), ('directed', 'School directed to admit'), ('on_roll', 'Put on the roll'), ('started', 'First day at the school')], max_length=30)),
                ('on', models.DateField()),
                ('words', models.CharField(blank=True, max_length=500)),
                ('looked_after', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='panels.placementstep')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='panels.referral')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.school')),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ff74b2629c4116d2e202fbe57f317f0118e5a745', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_00c92', table='panels_placementstepevent', when='BEFORE'))],
            },
        ),
    ]
