"""The credential of each post also stands among the credentials its holder has."""

from django.db import migrations


def copy(apps, schema_editor):
    Staff, Credential = apps.get_model("people", "Staff"), apps.get_model("people", "Credential")
    for staff in Staff.objects.exclude(credential="").iterator():
        Credential.objects.get_or_create(
            staff=staff, kind=staff.credential, defaults={"expires_on": staff.credential_until}
        )


class Migration(migrations.Migration):

    dependencies = [("people", "0005_staff")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
