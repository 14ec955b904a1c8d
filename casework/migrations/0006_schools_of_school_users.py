"""Each school user's one school becomes the first of those for which they act."""

from django.db import migrations


def to_rows(apps, schema_editor):
    User, UserSchool = apps.get_model("casework", "User"), apps.get_model("casework", "UserSchool")
    UserSchool.objects.bulk_create(
        UserSchool(user=user, school_id=user.school_id, first_day=user.created_at.date())
        for user in User.objects.filter(school__isnull=False)
    )


def to_field(apps, schema_editor):
    UserSchool = apps.get_model("casework", "UserSchool")
    for row in UserSchool.objects.filter(last_day__isnull=True).select_related("user").order_by("-pk"):
        if row.user.role == "school_user":
            row.user.school_id = row.school_id
            row.user.save(update_fields=["school"])
    UserSchool.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_places_imports_and_accounts")]

    operations = [migrations.RunPython(to_rows, to_field)]
