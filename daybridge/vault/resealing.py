"""Seal every sealed column anew with the current key, in small steps, while the program is being served."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models, transaction

from daybridge.vault import keyring
from daybridge.vault.fields import SealedField
from daybridge.vault.sealing import seal_bytes, unseal_bytes

STEP = 25  # rows in one transaction: nobody who writes waits long
Progress = Callable[[int, int], None]


def columns() -> list[tuple[type[models.Model], SealedField]]:
    """Every sealed column of every table."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]


def waiting() -> int:
    """How many values are still sealed with an earlier key."""
    return sum(_earlier(model, field).count() for model, field in columns())


def _earlier(model: type[models.Model], field: SealedField) -> models.QuerySet:
    number, _key = keyring.current()
    return model._base_manager.filter(
        **{f"{field.name}__gt": b"", f"{field.name}__lt": number.to_bytes(4, "big")}
    )  # a sealed value starts with its key's number


def reseal(on_progress: Progress | None = None) -> int:
    """Reseal what is sealed with an earlier key; how many values. Called again after an interruption, it goes on.

    A value that somebody writes meanwhile is left to them: they seal with the current key.
    """
    total, done = waiting(), 0
    for model, field in columns():
        for keys in _steps(model, field):
            done += _step(model, field, keys)
            if on_progress:
                on_progress(min(done, total), total)
    return done


def _steps(model: type[models.Model], field: SealedField) -> Iterator[list]:
    last = None
    while True:
        found = _earlier(model, field).order_by("pk")
        found = found if last is None else found.filter(pk__gt=last)
        keys = list(found.values_list("pk", flat=True)[:STEP])
        if not keys:
            return
        yield keys
        last = keys[-1]


@transaction.atomic
def _step(model: type[models.Model], field: SealedField, keys: list) -> int:
    """One row in memory at a time: a document may be large."""
    rows = (_earlier(model, field).filter(pk=key).only("pk", field.name, *field.columns).first() for key in keys)
    return sum(_one(model, field, row) for row in rows if row)


def _one(model: type[models.Model], field: SealedField, row: models.Model) -> int:
    old, context = bytes(getattr(row, field.name)), field.context_of(row)
    new = seal_bytes(unseal_bytes(old, context), context)
    return model._base_manager.filter(**{"pk": row.pk, field.name: old}).update(**{field.name: new})
