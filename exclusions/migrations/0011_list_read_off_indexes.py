from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built beside a table in use: nobody waits for it. The old indexes go last, so that there is always one.
    atomic = False

    dependencies = [
        ('casework', '0014_case_owner_indexes'),
        ('exclusions', '0010_records_whole'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='exclusion',
            index=models.Index(fields=['-first_day', '-id'], include=('case', 'school', 'kind', 'voided_at'), name='exclusion_in_order'),
        ),
        AddIndexConcurrently(
            model_name='exclusion',
            index=models.Index(fields=['year_group', '-first_day', '-id'], include=('case', 'school', 'kind', 'voided_at'), name='exclusion_year_group_order'),
        ),
        AddIndexConcurrently(
            model_name='exclusion',
            index=models.Index(fields=['sen', '-first_day', '-id'], include=('case', 'school', 'kind', 'voided_at'), name='exclusion_sen_order'),
        ),
        AddIndexConcurrently(
            model_name='exclusion',
            index=models.Index(fields=['social_care', '-first_day', '-id'], include=('case', 'school', 'kind', 'voided_at'), name='exclusion_social_care_order'),
        ),
        AddIndexConcurrently(
            model_name='exclusion',
            index=models.Index(fields=['early_help', '-first_day', '-id'], include=('case', 'school', 'kind', 'voided_at'), name='exclusion_early_help_order'),
        ),
        AddIndexConcurrently(
            model_name='exclusionreason',
            index=models.Index(fields=['reason', 'exclusion'], name='exclusions_of_reason'),
        ),
        RemoveIndexConcurrently(model_name='exclusion', name='exclusion_by_first_day'),
        RemoveIndexConcurrently(model_name='exclusion', name='exclusion_by_year_group'),
        RemoveIndexConcurrently(model_name='exclusion', name='exclusion_by_sen'),
        RemoveIndexConcurrently(model_name='exclusion', name='exclusion_by_social_care'),
        RemoveIndexConcurrently(model_name='exclusion', name='exclusion_by_early_help'),
    ]
