"""The shape in which a browser sends a draft."""

import json

from django import forms

from daybridge.ui.rules import MAX_KEY, Typed


class DraftForm(forms.Form):
    """`fields` is JSON: a list of [name, value] pairs, in the order of the form."""

    key = forms.CharField(max_length=MAX_KEY)
    fields_typed = forms.CharField(strip=False)
    version = forms.IntegerField(min_value=0)
    url = forms.CharField(required=False, max_length=500)
    title = forms.CharField(required=False, max_length=200)

    def clean_fields_typed(self) -> dict[str, list[str]]:
        try:
            pairs = [(str(name), str(value)) for name, value in json.loads(self.cleaned_data["fields_typed"])]
        except (ValueError, TypeError) as error:
            raise forms.ValidationError("Not a list of pairs.") from error
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            found.setdefault(name, []).append(value)
        return found

    @property
    def typed(self) -> Typed:
        clean = self.cleaned_data
        return Typed(clean["fields_typed"], clean["url"], clean["title"])


class DiscardForm(forms.Form):
    key = forms.CharField(max_length=MAX_KEY)
