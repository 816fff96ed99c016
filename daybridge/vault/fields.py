"""A column of sealed words: it says under which context each row's words are sealed, so that they can be resealed."""

from string import Formatter
from typing import Any

from django.db import models


class SealedField(models.BinaryField):
    """Bytes made by `vault.seal`; `context` names columns of the row: "notes.line:{note_id}:{episode_id}".

    Without one it is the table, the column and the row: "rights.request.asked:<id>". To the database and to
    migrations it is a plain BinaryField.
    """

    def __init__(self, context: str = "", **kwargs: Any) -> None:
        self.context = context
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    @property
    def columns(self) -> list[str]:
        """The columns the context is made of."""
        return [name for _text, name, _spec, _turn in Formatter().parse(self.context) if name]

    def context_of(self, row: models.Model) -> str:
        """What this row's words are sealed under."""
        if not self.context:
            return f"{row._meta.label_lower}.{self.name}:{row.pk}"
        return self.context.format(**{name: getattr(row, name) for name in self.columns})
