from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def keep_the_newest(apps, schema_editor):
    """Leave each person one draft of a form, the one kept last, so that the old rule holds again."""
    drafts = apps.get_model("casework", "Draft").objects
    newest = drafts.filter(user=OuterRef("user"), form=OuterRef("form")).order_by("-kept_at", "-pk").values("pk")[:1]
    drafts.annotate(newest=Subquery(newest)).exclude(pk=F("newest")).delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_account_versions")]

    # Backwards the last is done first: the rule comes back when no second draft is left.
    operations = [
        migrations.RemoveConstraint(model_name="draft", name="one_draft_per_person_and_form"),
        migrations.RunPython(migrations.RunPython.noop, keep_the_newest),
        migrations.AddIndex(
            model_name="draft", index=models.Index(fields=["user", "-kept_at"], name="draft_by_person")
        ),
    ]
