"""The cards of the board, drawn as one piece: there are dozens, and a template for each costs more than its data."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from daybridge.admissions.views.acts import Slip
from daybridge.ui.addresses import address
from daybridge.ui.icons import icon
from daybridge.ui.templatetags.ui import status_tag

CONCERN = 70
SLIP = (
    '<li class="slip"><h3><a href="{}">{}</a><small>{}</small></h3>\n  {}\n'
    '  <span class="tag" data-tone="{}">{}{}</span>\n  <footer>{}{}</footer></li>'
)
MOVER = (
    '<details class="mover" hx-get="{}" hx-trigger="toggle once" hx-target="find .moves" hx-swap="innerHTML">'
    '<summary aria-label="{} {}">{}</summary><div class="moves"><a href="{}">{}</a></div></details>'
)
ENDED = '<li><a href="{}">{}</a>{}<span class="side">{}</span>{}</li>'
LINK = '<a class="button row" href="{}">{}</a>'
POST = (
    '<form class="act" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="version" value="{}"><input type="hidden" name="was" value="{}">'
    '<button class="button row" type="submit" name="to" value="{}">{}</button></form>'
)


def drawn(slips: Iterable[Slip], token: str, mover: tuple[str, str] | None) -> SafeString:
    """The items of a lane. `token` goes into their forms; `mover` are the words of the menu, None without one."""
    return mark_safe("".join(_slip(slip, token, mover) for slip in slips))


def ended(slips: Iterable[Slip]) -> SafeString:
    """The items of those who left the lanes."""
    rows = [
        (address("admissions:referral", slip.card.id), slip.card.name, status_tag(slip.card.state, look="plain"),
         slip.card.source, _put(LINK, slip.button.url, slip.button.label))
        for slip in slips
    ]  # fmt: skip
    return mark_safe("".join(_put(ENDED, *row) for row in rows))


def mover_words() -> tuple[str, str]:
    return _("Move to another step:"), _("Move it on its own page")


def _put(html: str, *parts: object) -> SafeString:
    """`format_html` without its care for words that are still to be translated: a board has a thousand parts."""
    return mark_safe(html.format(*[one if isinstance(one, SafeString) else escape(str(one)) for one in parts]))


def _slip(slip: Slip, token: str, mover: tuple[str, str] | None) -> SafeString:
    card, url = slip.card, address("admissions:referral", slip.card.id)
    return _put(
        SLIP, url, card.name, card.age, _lines(card.source, _short(card.concern), card.extra), card.tag.tone,
        icon(card.tag.shape), card.tag.words, _next(slip, token), _mover(slip, url, mover) if mover else "",
    )  # fmt: skip


def _short(concern: str) -> str:
    return concern if len(concern) <= CONCERN else Truncator(concern).chars(CONCERN)


def _lines(*said: str) -> SafeString:
    return _put("<p>" + "</p><p>".join("{}" for line in said if line) + "</p>", *filter(None, said))


def _next(slip: Slip, token: str) -> SafeString:
    button = slip.button
    if not button.to:
        return _put(LINK, button.url, button.label)
    return _put(POST, button.url, token, slip.card.version, slip.card.state, button.to, button.label)


def _mover(slip: Slip, url: str, words: tuple[str, str]) -> SafeString:
    menu, page = words
    moves = address("admissions:moves", slip.card.id)
    return _put(MOVER, moves, menu, slip.card.name, icon("arrow-right-left"), url, page)
