"""A consent for a legal case names the case; an ending says how it was asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_signatures_of_earlier_consents")]

    operations = [
        migrations.AddField(
            model_name="consent", name="matter", field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="consentevent", name="how", field=models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
    ]  # fmt: skip
