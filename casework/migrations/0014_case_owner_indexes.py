from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built beside a table in use: nobody waits for it.
    atomic = False

    dependencies = [
        ('casework', '0013_several_drafts_each'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(fields=['owner', 'id'], name='case_by_owner'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('owner__isnull', True)), fields=['id'], name='case_of_nobody'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(fields=['id'], include=('pupil', 'owner'), name='case_pupil_and_owner'),
        ),
    ]
