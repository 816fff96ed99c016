"""The ledger's rows. Append-only: triggers on both databases refuse UPDATE and DELETE of an entry."""

from django.db import models

from daybridge.kit.ids import new_id


class Head(models.Model):
    """The newest link of a chain, sealed; locked while the next one is written, so that no two writers fork it."""

    chain = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="")
    seal = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Entry(models.Model):
    """One thing that happened: who, what, when, why, from where. Ids only, never names."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=[("write", "write"), ("read", "read"), ("disclosure", "disclosure")])
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    client_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=100, blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_one_link_per_place")]
        indexes = [
            models.Index(fields=["client_id", "at"], name="audit_entry_by_client"),
            models.Index(fields=["object_id"], name="audit_entry_by_object"),
            models.Index(fields=["at"], name="audit_entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.verb}"


class Proving(models.Model):
    """One walk along the chain: who asked for it, how far it went, and every fault it found. Shown, never relied on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    entries = models.BigIntegerField()
    faults = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="audit_proving_newest")]

    def __str__(self) -> str:
        return f"{self.entries} entries"
