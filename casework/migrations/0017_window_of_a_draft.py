from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0016_schools_of_open_handovers'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='window',
            field=models.CharField(blank=True, default='', max_length=40),
            preserve_default=False,
        ),
    ]
