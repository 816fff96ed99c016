"""The head is sealed: without the key nobody sets it back to an earlier link."""

from django.db import migrations, models

from daybridge.audit.rules import End, seal
from daybridge.vault import keyring


def forward(apps, editor):
    for head in apps.get_model("audit", "Head").objects.filter(seq__gt=0):
        head.seal = seal(keyring.named("ledger.key"), head.chain, End(head.seq, head.mac))
        head.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("head", "seal", models.CharField(default="", max_length=64)),
        migrations.RunPython(forward, migrations.RunPython.noop),
    ]
