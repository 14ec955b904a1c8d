import casework.models.folding
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# PostgreSQL calls unaccent changeable because its dictionary could be; ours is the one that came with it.
FOLDED = """
CREATE FUNCTION casework_folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $folded$
  SELECT translate(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '-’''`.', ' ')
$folded$
"""
UNFOLDED = "DROP FUNCTION casework_folded(text)"


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_calendar_feed'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(FOLDED, UNFOLDED),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(max_length=120)),
                ('relationship', models.CharField(max_length=60)),
                ('parental_responsibility', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=7)),
                ('telephone', models.CharField(blank=True, max_length=30)),
                ('other_telephone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail')),
                ('address', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(blank=True, max_length=60)),
                ('needs_interpreter', models.BooleanField(default=False)),
                ('must_not_be_told', models.BooleanField(default=False)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='ContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(max_length=120)),
                ('relationship', models.CharField(max_length=60)),
                ('parental_responsibility', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=7)),
                ('telephone', models.CharField(blank=True, max_length=30)),
                ('other_telephone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail')),
                ('address', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(blank=True, max_length=60)),
                ('needs_interpreter', models.BooleanField(default=False)),
                ('must_not_be_told', models.BooleanField(default=False)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('given_back_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='HandoverEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('given_back_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OtherName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('formerly', 'Formerly'), ('known as', 'Known as'), ('spelling', 'Another spelling')], max_length=10)),
                ('first_name', models.CharField(max_length=80)),
                ('last_name', models.CharField(max_length=80)),
                ('source', models.CharField(max_length=100)),
                ('recorded_at', models.DateTimeField()),
                ('search_name', models.GeneratedField(db_persist=True, expression=casework.models.folding.Folded(django.db.models.functions.text.Concat('first_name', models.Value(' '), 'last_name')), output_field=models.CharField(max_length=200))),
            ],
        ),
        migrations.CreateModel(
            name='OtherNameEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('formerly', 'Formerly'), ('known as', 'Known as'), ('spelling', 'Another spelling')], max_length=10)),
                ('first_name', models.CharField(max_length=80)),
                ('last_name', models.CharField(max_length=80)),
                ('source', models.CharField(max_length=100)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OtherUpn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('upn', models.CharField(db_index=True, max_length=13, verbose_name='UPN')),
                ('kind', models.CharField(choices=[('former', 'Former UPN'), ('temporary', 'Temporary UPN'), ('mistaken', 'Given in error')], max_length=10)),
                ('source', models.CharField(max_length=100)),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='OtherUpnEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('upn', models.CharField(max_length=13, verbose_name='UPN')),
                ('kind', models.CharField(choices=[('former', 'Former UPN'), ('temporary', 'Temporary UPN'), ('mistaken', 'Given in error')], max_length=10)),
                ('source', models.CharField(max_length=100)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=40)),
                ('query', models.CharField(max_length=1000)),
                ('saved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SchoolOwner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SchoolOwnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SocialWorker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(max_length=120)),
                ('team', models.CharField(blank=True, max_length=120)),
                ('telephone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='SocialWorkerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(max_length=120)),
                ('team', models.CharField(blank=True, max_length=120)),
                ('telephone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='address',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='address',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='address',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='circumstance',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='circumstance',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='circumstance',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupil',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupil',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupil',
            name='delete_delete',
        ),
        migrations.RemoveField(
            model_name='pupilevent',
            name='search_name',
        ),
        migrations.AddField(
            model_name='address',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='address',
            name='withdrawn_because',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='address',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='addressevent',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='addressevent',
            name='withdrawn_because',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='addressevent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='circumstance',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='circumstance',
            name='withdrawn_because',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='circumstance',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='circumstanceevent',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='circumstanceevent',
            name='withdrawn_because',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='circumstanceevent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pupil',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='pupilevent',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        # A generated column cannot be changed, and holds nothing that its row does not.
        migrations.RemoveIndex(
            model_name='pupil',
            name='pupil_search_name',
        ),
        migrations.RemoveField(
            model_name='pupil',
            name='search_name',
        ),
        migrations.AddField(
            model_name='pupil',
            name='search_name',
            field=models.GeneratedField(db_persist=True, expression=casework.models.folding.Folded(django.db.models.functions.text.Concat('first_name', models.Value(' '), 'last_name')), output_field=models.CharField(max_length=200)),
        ),
        migrations.AddIndex(
            model_name='pupil',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_name', name='gin_trgm_ops'), name='pupil_search_name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_addressevent" ("first_day", "id", "last_day", "lines", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "pupil_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."lines", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."protected", NEW."pupil_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='89d4f83d2d9c277fe797b47aee46a69503b863c3', operation='INSERT', pgid='pgtrigger_insert_insert_21fca', table='casework_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_addressevent" ("first_day", "id", "last_day", "lines", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "pupil_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."lines", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."protected", NEW."pupil_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='30a6b34d6da83f7ae8dfb35c09bcf554fd5e12ee', operation='UPDATE', pgid='pgtrigger_update_update_8bd3d', table='casework_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_addressevent" ("first_day", "id", "last_day", "lines", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "pupil_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."first_day", OLD."id", OLD."last_day", OLD."lines", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."protected", OLD."pupil_id", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;', hash='0f41615326a2610d63d26b0ba0e33ee7246f263b', operation='DELETE', pgid='pgtrigger_delete_delete_9a4f2', table='casework_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='circumstance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_circumstanceevent" ("first_day", "id", "kind", "known_on", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "source", "value", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."first_day", NEW."id", NEW."kind", NEW."known_on", NEW."last_day", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."source", NEW."value", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='6cebcae684679caad217b2f0b503238d9c5afdd1', operation='INSERT', pgid='pgtrigger_insert_insert_7fd9b', table='casework_circumstance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='circumstance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_circumstanceevent" ("first_day", "id", "kind", "known_on", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "source", "value", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."first_day", NEW."id", NEW."kind", NEW."known_on", NEW."last_day", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."source", NEW."value", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='e0d8bcdcb18198f59bb073ebe554edff1da1e06d', operation='UPDATE', pgid='pgtrigger_update_update_fa472', table='casework_circumstance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='circumstance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_circumstanceevent" ("first_day", "id", "kind", "known_on", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "source", "value", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."first_day", OLD."id", OLD."kind", OLD."known_on", OLD."last_day", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."source", OLD."value", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;', hash='c7db9e3e2479b39461f652c1b01ef9ecb24e2196', operation='DELETE', pgid='pgtrigger_delete_delete_d879f', table='casework_circumstance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupil',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_pupilevent" ("created_at", "date_of_birth", "ethnicity", "first_name", "home_authority_id", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sex", "upn", "version") VALUES (NEW."created_at", NEW."date_of_birth", NEW."ethnicity", NEW."first_name", NEW."home_authority_id", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sex", NEW."upn", NEW."version"); RETURN NULL;', hash='332ee266419724f07035f0b1171c50ef81c3cbd7', operation='INSERT', pgid='pgtrigger_insert_insert_857ef', table='casework_pupil', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupil',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."date_of_birth" IS DISTINCT FROM (NEW."date_of_birth") OR OLD."ethnicity" IS DISTINCT FROM (NEW."ethnicity") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."home_authority_id" IS DISTINCT FROM (NEW."home_authority_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."upn" IS DISTINCT FROM (NEW."upn") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "casework_pupilevent" ("created_at", "date_of_birth", "ethnicity", "first_name", "home_authority_id", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sex", "upn", "version") VALUES (NEW."created_at", NEW."date_of_birth", NEW."ethnicity", NEW."first_name", NEW."home_authority_id", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."sex", NEW."upn", NEW."version"); RETURN NULL;', hash='62573fbb9f7a9cb6f37c86c9f0db3b844da5b745', operation='UPDATE', pgid='pgtrigger_update_update_3b62e', table='casework_pupil', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupil',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_pupilevent" ("created_at", "date_of_birth", "ethnicity", "first_name", "home_authority_id", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sex", "upn", "version") VALUES (OLD."created_at", OLD."date_of_birth", OLD."ethnicity", OLD."first_name", OLD."home_authority_id", OLD."id", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."sex", OLD."upn", OLD."version"); RETURN NULL;', hash='15a729318db8f183057f4c1d123059931ea67fe2', operation='DELETE', pgid='pgtrigger_delete_delete_69cfb', table='casework_pupil', when='AFTER')),
        ),
        migrations.AddField(
            model_name='contact',
            name='pupil',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='contact',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.contact'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='pupil',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='cases',
            field=models.ManyToManyField(related_name='handovers', to='casework.case'),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_back_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handoverevent',
            name='given_back_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handoverevent',
            name='given_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handoverevent',
            name='given_from',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handoverevent',
            name='given_to',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handoverevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='handoverevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.handover'),
        ),
        migrations.AddField(
            model_name='othername',
            name='pupil',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='other_names', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='othername',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='othername',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='othernameevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='othernameevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.othername'),
        ),
        migrations.AddField(
            model_name='othernameevent',
            name='pupil',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='othernameevent',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='othernameevent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='otherupn',
            name='pupil',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='other_upns', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='otherupn',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='otherupn',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='otherupnevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='otherupnevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.otherupn'),
        ),
        migrations.AddField(
            model_name='otherupnevent',
            name='pupil',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='otherupnevent',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='otherupnevent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedfilter',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schoolowner',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schoolowner',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owners', to='casework.school'),
        ),
        migrations.AddField(
            model_name='schoolownerevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schoolownerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='schoolownerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.schoolowner'),
        ),
        migrations.AddField(
            model_name='schoolownerevent',
            name='school',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.school'),
        ),
        migrations.AddField(
            model_name='socialworker',
            name='authority',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.localauthority'),
        ),
        migrations.AddField(
            model_name='socialworker',
            name='pupil',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='social_workers', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='socialworker',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='socialworkerevent',
            name='authority',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.localauthority'),
        ),
        migrations.AddField(
            model_name='socialworkerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='socialworkerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.socialworker'),
        ),
        migrations.AddField(
            model_name='socialworkerevent',
            name='pupil',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.pupil'),
        ),
        migrations.AddField(
            model_name='socialworkerevent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='contact_ends_after_it_begins'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_contactevent" ("address", "email", "first_day", "id", "language", "last_day", "must_not_be_told", "name", "needs_interpreter", "other_telephone", "parental_responsibility", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "relationship", "telephone", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."address", NEW."email", NEW."first_day", NEW."id", NEW."language", NEW."last_day", NEW."must_not_be_told", NEW."name", NEW."needs_interpreter", NEW."other_telephone", NEW."parental_responsibility", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."relationship", NEW."telephone", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='0e8a7f742c6ec9617384a5f3f6fbf62846123b4b', operation='INSERT', pgid='pgtrigger_insert_insert_2589a', table='casework_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_contactevent" ("address", "email", "first_day", "id", "language", "last_day", "must_not_be_told", "name", "needs_interpreter", "other_telephone", "parental_responsibility", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "relationship", "telephone", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."address", NEW."email", NEW."first_day", NEW."id", NEW."language", NEW."last_day", NEW."must_not_be_told", NEW."name", NEW."needs_interpreter", NEW."other_telephone", NEW."parental_responsibility", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."relationship", NEW."telephone", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='a326a8b4cdc330af0c627463ece892b062267fcc', operation='UPDATE', pgid='pgtrigger_update_update_7b6a9', table='casework_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_contactevent" ("address", "email", "first_day", "id", "language", "last_day", "must_not_be_told", "name", "needs_interpreter", "other_telephone", "parental_responsibility", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "relationship", "telephone", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."address", OLD."email", OLD."first_day", OLD."id", OLD."language", OLD."last_day", OLD."must_not_be_told", OLD."name", OLD."needs_interpreter", OLD."other_telephone", OLD."parental_responsibility", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."relationship", OLD."telephone", OLD."version", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;', hash='631edf5a84461b8e561128a3abaa1b41d883e05a', operation='DELETE', pgid='pgtrigger_delete_delete_2a70f', table='casework_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7cd323a713b78a061e8889e91d8ecac85b81ed5f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d07b', table='casework_contactevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_back_at__isnull', True), ('given_back_by__isnull', True)), models.Q(('given_back_at__isnull', False), ('given_back_by__isnull', False)), _connector='OR'), name='handover_given_back_at_and_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_handoverevent" ("at", "given_back_at", "given_back_by_id", "given_by_id", "given_from_id", "given_to_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."given_back_at", NEW."given_back_by_id", NEW."given_by_id", NEW."given_from_id", NEW."given_to_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='e241e603e97e57abc7d3feba611a18e3e1d58d98', operation='INSERT', pgid='pgtrigger_insert_insert_22aac', table='casework_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_handoverevent" ("at", "given_back_at", "given_back_by_id", "given_by_id", "given_from_id", "given_to_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."given_back_at", NEW."given_back_by_id", NEW."given_by_id", NEW."given_from_id", NEW."given_to_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='42a323a4fc1838ec695d311842875e992f5db505', operation='UPDATE', pgid='pgtrigger_update_update_49e38', table='casework_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_handoverevent" ("at", "given_back_at", "given_back_by_id", "given_by_id", "given_from_id", "given_to_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."at", OLD."given_back_at", OLD."given_back_by_id", OLD."given_by_id", OLD."given_from_id", OLD."given_to_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;', hash='2b0af6f6eb8b764b56296b9d7a8b6eafffb1d10e', operation='DELETE', pgid='pgtrigger_delete_delete_3e870', table='casework_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoverevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6537da3dc5c8df4104b9452d6f4971843328a5f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_48f88', table='casework_handoverevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='othername',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_name', name='gin_trgm_ops'), name='other_name_search_name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='othername',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_othernameevent" ("first_name", "id", "kind", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "recorded_by_id", "source", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."first_name", NEW."id", NEW."kind", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='a716f36f68041502096030c197ffa75f750902da', operation='INSERT', pgid='pgtrigger_insert_insert_4da82', table='casework_othername', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='othername',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."pupil_id" IS DISTINCT FROM (NEW."pupil_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_because" IS DISTINCT FROM (NEW."withdrawn_because") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))', func='INSERT INTO "casework_othernameevent" ("first_name", "id", "kind", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "recorded_by_id", "source", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."first_name", NEW."id", NEW."kind", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='6c69a42e60de58ab25f948a167b13d2170123c32', operation='UPDATE', pgid='pgtrigger_update_update_6eb47', table='casework_othername', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='othername',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_othernameevent" ("first_name", "id", "kind", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "recorded_by_id", "source", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."first_name", OLD."id", OLD."kind", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;', hash='00262f8f125ab3e7e04c15d1a17155b8ee61867d', operation='DELETE', pgid='pgtrigger_delete_delete_d2887', table='casework_othername', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='othernameevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4572247b7e1a3125e70c70b19067c5f73892fdca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_488d6', table='casework_othernameevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='otherupn',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('pupil', 'upn'), name='other_upn_once_a_child'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='otherupn',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_otherupnevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "recorded_by_id", "source", "upn", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."upn", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='7e7011b6937b28a55bafcea8f9273b9e250f5c55', operation='INSERT', pgid='pgtrigger_insert_insert_667b0', table='casework_otherupn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='otherupn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_otherupnevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "recorded_by_id", "source", "upn", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."upn", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='f90b9c64485be0deaec990502058d0879922b249', operation='UPDATE', pgid='pgtrigger_update_update_e377f', table='casework_otherupn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='otherupn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_otherupnevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "recorded_by_id", "source", "upn", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."upn", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;', hash='b6514b558ba43c551c687092a250b54c796f6ba1', operation='DELETE', pgid='pgtrigger_delete_delete_29295', table='casework_otherupn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='otherupnevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1489302724c5d4e4ec0b2e4a4638ec96e8bbd3a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f260', table='casework_otherupnevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('user', 'page', 'name'), name='saved_filter_name_once'),
        ),
        migrations.AddConstraint(
            model_name='schoolowner',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='school_owner_ends_after_beginning'),
        ),
        migrations.AddConstraint(
            model_name='schoolowner',
            constraint=models.UniqueConstraint(condition=models.Q(('last_day__isnull', True)), fields=('school',), name='one_present_owner_a_school'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolowner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_schoolownerevent" ("first_day", "id", "last_day", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id"); RETURN NULL;', hash='8bd9c002f576c1da9a081432c9190a564574c90e', operation='INSERT', pgid='pgtrigger_insert_insert_2bf99', table='casework_schoolowner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolowner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_schoolownerevent" ("first_day", "id", "last_day", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id"); RETURN NULL;', hash='b3e9abc39a5101c1f07e88c598ba444087a8a648', operation='UPDATE', pgid='pgtrigger_update_update_a3b22', table='casework_schoolowner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolowner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_schoolownerevent" ("first_day", "id", "last_day", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (OLD."first_day", OLD."id", OLD."last_day", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id"); RETURN NULL;', hash='c9bdca097592af30bcc1b65dfe33180c0c60cfeb', operation='DELETE', pgid='pgtrigger_delete_delete_f6096', table='casework_schoolowner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolownerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='67d29ace004dc0f567bf9d1c600b323ab2c382c6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b6f16', table='casework_schoolownerevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='socialworker',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='social_worker_ends_after_beginning'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='socialworker',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_socialworkerevent" ("authority_id", "email", "first_day", "id", "last_day", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "team", "telephone", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."authority_id", NEW."email", NEW."first_day", NEW."id", NEW."last_day", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."team", NEW."telephone", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='5e28e75a352becfb753bc60131d7ea7d0a09d2ff', operation='INSERT', pgid='pgtrigger_insert_insert_2f099', table='casework_socialworker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='socialworker',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_socialworkerevent" ("authority_id", "email", "first_day", "id", "last_day", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "team", "telephone", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."authority_id", NEW."email", NEW."first_day", NEW."id", NEW."last_day", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."team", NEW."telephone", NEW."version", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;', hash='3eb3c56008837d8c410e41bb346f236a470ae41d', operation='UPDATE', pgid='pgtrigger_update_update_533b0', table='casework_socialworker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='socialworker',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_socialworkerevent" ("authority_id", "email", "first_day", "id", "last_day", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "team", "telephone", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."authority_id", OLD."email", OLD."first_day", OLD."id", OLD."last_day", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."team", OLD."telephone", OLD."version", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;', hash='db6323a360e5d0e8f73bbb6f562aca4d50ff6999', operation='DELETE', pgid='pgtrigger_delete_delete_9c600', table='casework_socialworker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='socialworkerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6e9c51a0e58bd2d39f95a057e18797c8c3ce62ab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_105fe', table='casework_socialworkerevent', when='BEFORE')),
        ),
    ]
