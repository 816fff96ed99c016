"""How one bound field is drawn: label, hint, error and input, tied together for speech."""

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from daybridge.ui.icons import icon

# The browser's own picker needs the type and the ISO form.
PICKERS = (
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.TimeInput, "time", "%H:%M"),
)
SHORT = (forms.DateInput, forms.TimeInput, forms.NumberInput)


def control(bound: BoundField, look: str = "") -> SafeString:
    """The field as markup; `look` is `short`, `rating` or `choices`."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _group(bound, look)
    if isinstance(widget, forms.CheckboxInput):
        return _check(bound)
    _use_picker(widget)
    short = " short" if look == "short" or (isinstance(widget, SHORT) and not look) else ""
    return format_html(
        '<div class="field">{}{}{}{}</div>',
        format_html('<label for="{}">{}{}</label>', bound.id_for_label, bound.label, _optional(bound)),
        _hint(bound),
        bound.as_widget(attrs={"class": f"input{short}", **_described(bound)}),
        _error(bound),
    )


def _group(bound: BoundField, look: str) -> SafeString:
    many = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    shape = {"rating": "chips rating", "choices": "choices"}.get(look, "checks" if many else "chips")
    options = format_html_join(
        "", "<label>{}<span>{}</span></label>",
        ((option.tag(), option.choice_label) for option in bound.subwidgets if many or option.data["value"] != ""),
    )  # fmt: skip
    described = format_html(' aria-describedby="{}"', " ".join(_described(bound).values())) if _described(bound) else ""
    return format_html(
        '<fieldset class="field"{}><legend>{}{}</legend>{}'
        '<div class="wrap"><div class="{}">{}</div></div>{}</fieldset>',
        described, bound.label, _optional(bound), _hint(bound), shape, options, _error(bound),
    )  # fmt: skip


def _check(bound: BoundField) -> SafeString:
    return format_html(
        '<div class="field"><label class="check" for="{}">{}<span>{}</span></label>{}{}</div>',
        bound.id_for_label, bound.as_widget(attrs=_described(bound)), bound.label, _hint(bound), _error(bound),
    )  # fmt: skip


def _use_picker(widget: forms.Widget) -> None:
    for kind, input_type, form in PICKERS:
        if isinstance(widget, kind):
            widget.input_type, widget.format = input_type, form


def _optional(bound: BoundField) -> SafeString | str:
    return "" if bound.field.required else format_html(' <span class="optional">{}</span>', _("(optional)"))


def _hint(bound: BoundField) -> SafeString | str:
    return (
        format_html('<span class="hint" id="{}_helptext">{}</span>', bound.auto_id, bound.help_text)
        if bound.help_text
        else ""
    )


def _error(bound: BoundField) -> SafeString | str:
    if not bound.errors:
        return ""
    return format_html(
        '<span class="error" id="{}_error">{}{}</span>', bound.auto_id, icon("circle-alert"), " ".join(sentences(bound))
    )


def _described(bound: BoundField) -> dict[str, str]:
    ids = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    return {"aria-describedby": " ".join(ids)} if ids else {}


def problems(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Each fault of `form` with the id of the input to go to ("" for the form as a whole)."""
    if not form.is_bound:
        return []
    found = [("", str(error)) for error in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            found += [(first_id(form[name]), sentence) for sentence in sentences(form[name])]
    return found


def sentences(bound: BoundField) -> list[str]:
    """The faults of one field, each as a full sentence that says which field it means."""
    found = []
    for error in bound.errors.as_data():
        for message in error.messages:
            found.append(
                _("“%(label)s” is needed.") % {"label": bound.label} if error.code == "required" else str(message)
            )
    return found


def first_id(bound: BoundField) -> str:
    """The id of the input that takes the focus: the first of a group."""
    grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if grouped else bound.auto_id


def visible(form: forms.BaseForm, names: str = "") -> SafeString:
    """The named fields, or all; hidden ones come along only when all are asked for."""
    chosen = [form[name] for name in names.split()] if names else list(form)
    return mark_safe("".join(control(bound) for bound in chosen))
