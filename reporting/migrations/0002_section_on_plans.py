from django.db import migrations

KEY = "plans"
OPENING = "The tables show where each priority of the council’s plans stood when the last round of updates was approved."


def give_drafts_the_section(apps, schema_editor):
    """Give every report that is not signed the section on plans, which reports opened from now on have."""
    sections = apps.get_model("reporting", "ReportSection")
    for report in apps.get_model("reporting", "CommitteeReport").objects.filter(signed_at__isnull=True):
        sections.objects.get_or_create(report=report, key=KEY, defaults={"body": OPENING})


def take_it_away(apps, schema_editor):
    apps.get_model("reporting", "ReportSection").objects.filter(key=KEY).delete()


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_committee_reports")]

    operations = [migrations.RunPython(give_drafts_the_section, take_it_away)]
