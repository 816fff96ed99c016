"""The components: `{% load ui %}`. Arguments are told in ui/README.md; /gallery/ shows every one."""

from collections.abc import Iterable
from functools import cache

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daybridge.ui import charts, controls, icons, lines, toasts, words

register = template.Library()
register.simple_tag(icons.icon, name="icon")
register.simple_tag(controls.control, name="field")


@register.simple_tag
def mark() -> SafeString:
    return icons.MARK


@register.simple_tag
def still(name: str) -> SafeString:
    """A piece that is the same for everybody who reads this language: drawn once."""
    return _still(name, get_language()) if not settings.DEBUG else mark_safe(render_to_string(name))


@cache
def _still(name: str, _language: str | None) -> SafeString:
    return mark_safe(render_to_string(name))


@register.simple_tag(name="tag")
def status_tag(status: str, words_instead: str = "", **given: str) -> SafeString:
    """Shape + word + tone; `words`, `look`, `shape`, `tone` change one of them."""
    known = words.of(status)
    return format_html(
        '<span class="tag{}" data-tone="{}">{}{}</span>',
        " plain" if given.get("look") == "plain" else "",
        given.get("tone") or known.tone,
        icons.icon(given.get("shape") or known.shape),
        given.get("words") or words_instead or known.words,
    )


@register.simple_tag
def word(status: str) -> str:
    return str(words.of(status).words)


@register.simple_tag(name="button")
def press(label: str, href: str = "", look: str = "", icon: str = "", **named: str) -> SafeString:
    shape = icons.icon(icon) if icon else ""
    look = f" {look}" if look else ""
    if href:
        return format_html('<a class="button{}" href="{}">{}{}</a>', look, href, shape, label)
    known = {key: value for key, value in named.items() if key in ("name", "value", "type") and value != ""}
    attributes = format_html_join("", ' {}="{}"', {"type": "submit", **known}.items())
    return format_html('<button class="button{}"{}>{}{}</button>', look, attributes, shape, label)


@register.simple_tag(takes_context=True)
def act(context: Context, label: str, url: str, look: str = "row", **more: str) -> SafeString:
    """A POST form with one button."""
    return format_html(
        '<form class="act" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}</form>',
        url, context.get("csrf_token", ""), press(label, look=look, **more),
    )  # fmt: skip


@register.simple_block_tag
def head(content: str, title: str, sub: str = "") -> SafeString:
    small = format_html('<span class="sub">{}</span>', sub) if sub else ""
    acts = format_html('<div class="acts">{}</div>', content) if content.strip() else ""
    return format_html('<header class="head"><h1>{}</h1>{}{}</header>', title, small, acts)


@register.simple_block_tag
def card(content: str, title: str = "", href: str = "", more: str = "", look: str = "") -> SafeString:
    top = _top(title, "", href, more) if title else ""
    return format_html('<section class="card{}">{}{}</section>', f" {look}" if look else "", top, content)


@register.simple_block_tag(name="list")
def list_card(content: str, title: str, count: str = "", href: str = "", more: str = "") -> SafeString:
    return format_html('<section class="list">{}{}</section>', _top(title, count, href, more), content)


def _top(title: str, count: str, href: str, more: str) -> SafeString:
    number = format_html(' <span class="count">{}</span>', count) if count != "" else ""
    link = format_html('<a href="{}">{}</a>', href, more) if href else ""
    return format_html("<header><h2>{}{}</h2>{}</header>", title, number, link)


@register.simple_block_tag
def row(content: str, url: str, name: str, why: str = "", **shown: str) -> SafeString:
    """One row of a list: shape, name as link, reason; content is the side value and one act."""
    side = content if 'class="side"' in content else mark_safe('<span class="side"></span>' + content)
    shape = icons.icon(shown.get("shape", "circle-dot"), shown.get("label", ""))
    known = format_html('<a href="{}">{}</a>', url, name) if url else format_html("<b>{}</b>", name)
    return format_html(
        '<li data-tone="{}">{}<div class="what">{}<span class="why">{}</span></div>{}</li>',
        shown.get("tone", "quiet"), shape, known, why, side,
    )  # fmt: skip


@register.simple_tag
def clear(words_given: str) -> SafeString:
    return format_html('<div class="clear">{}{}</div>', icons.icon("circle-check"), words_given)


@register.simple_block_tag
def table(content: str, caption: str) -> SafeString:
    start = '<div class="scroll" role="region" tabindex="0" aria-label="{}"><table class="table"><caption>{}</caption>'
    return format_html(start + "{}</table></div>", caption, caption, content)


@register.simple_tag
def fields(form: object, names: str = "") -> SafeString:
    return format_html('<div class="fields">{}</div>', controls.visible(form, names))


@register.inclusion_tag("ui/_errors.html")
def errors(form: object) -> dict:
    return {"problems": controls.problems(form) if form else []}


@register.simple_tag
def notice(words_given: object, tone: str = "wait", lead: str = "", href: str = "", act: str = "") -> SafeString:
    if not words_given and not lead:
        return mark_safe("")
    shape = {"ok": "circle-check", "wait": "triangle-alert", "safety": "octagon-alert"}.get(tone, "info")
    bold = format_html("<b>{}</b> ", lead) if lead else ""
    link = press(act, href=href, look="row") if href else ""
    role = "alert" if tone in ("wait", "safety") else "status"
    return format_html(
        '<div class="notice" data-tone="{}" role="{}">{}<span>{}{}</span>{}</div>',
        tone, role, icons.icon(shape), bold, words_given or "", link,
    )  # fmt: skip


@register.inclusion_tag("ui/_tabs.html")
def tabs(items: Iterable, label: str) -> dict:
    return {"items": items, "label": label}


@register.simple_tag
def timeline(items: Iterable) -> SafeString:
    return lines.timeline(items)


@register.simple_tag
def empty(words_given: str, more: str = "", href: str = "", act: str = "") -> SafeString:
    small = format_html("<span>{}</span>", more) if more else ""
    link = press(act, href=href) if href else ""
    return format_html('<div class="empty">{}<b>{}</b>{}{}</div>', icons.MARK, words_given, small, link)


@register.simple_block_tag
def dialog(content: str, title: str, name: str) -> SafeString:
    start = (
        '<dialog class="dialog" data-dialog="{0}" aria-labelledby="dialog-{0}"><h2 id="dialog-{0}">{1}</h2>{2}</dialog>'
    )
    return format_html(start, name, title, content)


@register.inclusion_tag("ui/_pager.html", takes_context=True)
def pager(context: Context, page: object) -> dict:
    request = context.get("request")
    return {"page": page, "query": request.GET if request else QueryDict()}


@register.simple_block_tag
def facts(content: str, look: str = "") -> SafeString:
    return format_html('<dl class="facts{}">{}</dl>', f" {look}" if look else "", content)


@register.simple_tag
def fact(term: str, value: object) -> SafeString:
    return mark_safe("") if value in (None, "") else format_html("<dt>{}</dt><dd>{}</dd>", term, value)


@register.inclusion_tag("ui/_steps.html")
def steps(items: Iterable) -> dict:
    return {"items": items}


@register.simple_tag
def crumb(*parts: str) -> SafeString:
    """Label, url, label, url, …, last label."""
    links = format_html_join("", '<li><a href="{}">{}</a></li>', zip(parts[1::2], parts[0::2], strict=False))
    last = format_html("<li>{}</li>", parts[-1]) if len(parts) % 2 else ""
    return format_html('<ol class="crumb">{}{}</ol>', links, last)


@register.inclusion_tag("ui/_toast.html", takes_context=True)
def toast(context: Context, message: object) -> dict:
    return {"toast": toasts.read(message), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/_sign.html")
def sign(name: object, drawn: object) -> dict:
    return {"name": name, "drawn": drawn}


@register.simple_tag
def drawn(path: str) -> SafeString:
    box = '<svg class="drawn" viewBox="0 0 600 160" width="300" height="80" aria-hidden="true"><path d="{}"/></svg>'
    return format_html(box, path) if path else mark_safe("")


@register.simple_tag
def saved(words_given: str, shape: str = "check") -> SafeString:
    return format_html('<span class="saved">{}<span>{}</span></span>', icons.icon(shape), words_given)


@register.simple_tag
def progress(label: str, value: float, most: float) -> SafeString:
    bar = '<label class="field"><span>{}</span><progress class="progress" value="{}" max="{}"></progress></label>'
    return format_html(bar, label, f"{value:g}", f"{most:g}")


@register.simple_tag
def hours(delivered_minutes: int, booked_minutes: int, prescribed_minutes: int, more: str = "") -> SafeString:
    came, plan = charts.hour_words(delivered_minutes), charts.hour_words(prescribed_minutes)
    said = _("%(came)s of %(plan)s") % {"came": came, "plan": plan}
    drawn_bridge = charts.bridge(delivered=delivered_minutes, booked=booked_minutes, prescribed=prescribed_minutes)
    return format_html('<span class="hours">{}<b>{}</b>{}</span>', drawn_bridge, said, f" {more}" if more else "")


@register.simple_tag
def spark(values: Iterable[float], low: float = 0, high: float = 10, title: str = "", **good: float) -> SafeString:
    scale = charts.Scale(low=low, high=high, good_from=good.get("good_from"), good_to=good.get("good_to"))
    return charts.spark(values=list(values), scale=scale, title=title)


@register.simple_tag
def bars(rows: Iterable[tuple[str, float]], caption: str = "", unit: str = "") -> SafeString:
    return charts.bars(rows=rows, caption=caption, unit=unit)


@register.simple_tag
def columns(rows: Iterable[tuple[str, float]], title: str, goal: float | None = None) -> SafeString:
    return charts.columns(rows=rows, title=title, goal=goal)
