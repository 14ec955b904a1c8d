from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0014_case_owner_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='window',
            field=models.CharField(blank=True, default='', max_length=40),
            preserve_default=False,
        ),
    ]
