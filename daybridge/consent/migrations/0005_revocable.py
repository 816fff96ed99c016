"""A consent for a court says from when on it may be taken back (42 CFR 2.35)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_matter_and_how")]

    operations = [
        migrations.AddField(
            model_name="consent", name="revocable_event", field=models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(model_name="consent", name="revocable_on", field=models.DateField(null=True)),
    ]  # fmt: skip
