import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exclusions", "0012_correction_version"),
    ]

    operations = [
        migrations.AlterField(
            model_name="exclusionreason",
            name="reason",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exclusions.reasoncode",
            ),
        ),
    ]
