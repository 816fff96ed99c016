"""Every consent signed so far gets its signature as a row of its own."""

from django.db import migrations


def forward(apps, schema_editor):
    consents, signatures = apps.get_model("consent", "Consent"), apps.get_model("consent", "ConsentSignature")
    signed = consents.objects.exclude(signed_at=None).exclude(signer_name="").filter(signatures=None)
    signatures.objects.bulk_create(
        (
            signatures(
                consent=one, name=one.signer_name, relation=one.signer_relation or "self",
                kind=one.signature_kind or "typed", mark=one.signature, text_hash=one.text_hash, device=one.device,
                at=one.signed_at, by=f"user:{one.witness_id}" if one.witness_id else "system:migration",
            )
            for one in signed.iterator()
        ),
        batch_size=500,
    )


def backward(apps, schema_editor):
    apps.get_model("consent", "ConsentSignature").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_wider_consents")]

    operations = [migrations.RunPython(forward, backward)]
