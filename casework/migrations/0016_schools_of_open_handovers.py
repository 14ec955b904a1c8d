from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def fill(apps, schema_editor):
    """Keep the schools of each handover not given back: those that the colleague had to the day before it.

    A school whose owner had begun on that very day left no row behind, and stays where it is.
    """
    handovers = apps.get_model("casework", "Handover").objects
    owners = apps.get_model("casework", "SchoolOwner").objects
    handed = apps.get_model("casework", "HandedSchool")
    open_ones = handovers.filter(with_schools=True, given_back_at=None, given_from__isnull=False)
    for handover in open_ones.iterator():
        day = timezone.localtime(handover.at).date()
        had = owners.filter(owner=handover.given_from_id, last_day=day - timedelta(days=1)).values("school")
        now = owners.filter(owner=handover.given_to_id, first_day=day, last_day=None, school__in=had)
        handed.objects.bulk_create(
            [handed(handover_id=handover.pk, school_id=pk) for pk in now.values_list("school", flat=True)],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_schools_of_handovers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
