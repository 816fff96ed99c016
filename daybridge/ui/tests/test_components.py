"""Components: what they say, and that nothing gets through unescaped."""

import re
from types import SimpleNamespace as Row

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from daybridge.ui import charts, words
from daybridge.ui.fields import DrawnField
from daybridge.ui.icons import icon

EVIL = '"><script>x</script>'


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize("status", words.WORDS)
def test_every_status_has_words_shape_and_tone(status):
    known = words.WORDS[status]
    assert str(known.words)
    assert known.tone in words.TONES
    assert "<path" in icon(known.shape) or "<circle" in icon(known.shape)
    assert str(known.words) in draw("{% tag status %}", status=status)


def test_red_exists_once():
    assert [name for name, word in words.WORDS.items() if word.tone == "safety"] == ["safety"]


def test_no_status_blames_anybody():
    said = " ".join(str(word.words).lower() for word in words.WORDS.values())
    assert not re.search(r"\b(dirty|clean|failed|failure|abus\w+|non-compliant|refused)\b", said)


def test_a_status_without_words_is_shown_at_rest():
    assert 'data-tone="quiet"' in draw("{% tag 'brand_new' %}")
    assert "Brand new" in draw("{% tag 'brand_new' %}")


EVERY = """
{% tag evil %}
{% tag 'held' words=evil %}
{% button evil href=evil %}
{% button evil name=evil value=evil %}
{% act evil evil %}
{% head evil sub=evil %}{% endhead %}
{% card title=evil href=evil more=evil %}{{ evil }}{% endcard %}
{% list evil count=evil %}{% endlist %}
{% row evil evil why=evil label=evil %}{% endrow %}
{% notice evil lead=evil href=evil act=evil %}
{% empty evil more=evil href=evil act=evil %}
{% dialog evil evil %}{% enddialog %}
{% crumb evil evil evil %}
{% facts %}{% fact evil evil %}{% endfacts %}
{% table evil %}{% endtable %}
{% saved evil %}
{% progress evil 1 2 %}
{% hours 60 0 540 more=evil %}
{% bars rows caption=evil unit=evil %}
{% columns rows title=evil %}
{% spark values title=evil %}
{% tabs items label=evil %}
{% timeline items %}
{% steps items %}
{% drawn evil %}
{% clear evil %}
{% icon 'check' label=evil %}
"""


@pytest.mark.parametrize("source", EVERY.strip().splitlines())
def test_no_component_lets_markup_through(source):
    item = Row(url=EVIL, label=EVIL, count=EVIL, words=EVIL, more=EVIL, at=EVIL, tone=EVIL, state="current")
    html = draw(source, evil=EVIL, rows=[(EVIL, 3)], values=[1, 2], items=[item])
    assert "<script" not in html
    assert "&lt;script" in html or "script" not in html


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As you like to be called.")
    born = forms.DateField(label="Born")
    time = forms.ChoiceField(
        label="Time", choices=[("", "---"), ("am", "Morning"), ("pm", "Evening")], widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label="I agree", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_label_hint_and_error_to_its_input():
    html = draw("{% field form.name %}", form=SampleForm({}))
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count('id="id_name_error"') == 1
    assert "“Name” is needed." in html


def test_radios_are_chips_without_the_empty_choice():
    html = draw("{% field form.time %}", form=SampleForm())
    assert html.count('type="radio"') == 2
    assert "<legend>Time</legend>" in html
    assert 'class="chips"' in html
    assert 'class="chips rating"' in draw("{% field form.time 'rating' %}", form=SampleForm())


def test_a_date_opens_the_browsers_picker_with_its_value():
    html = draw("{% field form.born %}", form=SampleForm(initial={"born": __import__("datetime").date(1990, 2, 3)}))
    assert html.count("type=") == 1
    assert 'type="date"' in html
    assert 'value="1990-02-03"' in html


def test_all_fields_of_a_form_are_drawn_once():
    html = draw("{% fields form %}", form=SampleForm())
    assert [html.count(f'name="{name}"') for name in ("name", "born", "time", "agrees", "secret")] == [1, 1, 2, 1, 1]
    assert "(optional)" not in html


def test_the_summary_leads_to_each_fault_and_is_empty_without_one():
    form = SampleForm({"born": "x"})
    form.add_error(None, "The plan is closed.")
    html = draw("{% errors form %}", form=form)
    assert ['href="#id_name"' in html, 'href="#id_born"' in html, 'href="#id_time_0"' in html] == [True] * 3
    assert "The plan is closed." in html
    assert draw("{% errors form %}", form=SampleForm()).strip() == ""


def test_a_drawn_signature_holds_only_moves_and_lines():
    assert DrawnField().clean("M1 2L30 40L5 6M7 8") == "M1 2L30 40L5 6M7 8"
    assert DrawnField().clean("") == ""
    with pytest.raises(ValidationError):
        DrawnField().clean('M1 2"/><script>')


@pytest.mark.parametrize(
    ("minutes", "said"), [(540, "9"), (390, "6.5"), (165, "2.75"), (539, "8.75"), (0, "0"), (600, "10")]
)
def test_hours_never_round_up(minutes, said):
    assert charts.hour_words(minutes) == said


def test_the_bridge_has_one_arch_an_hour_and_says_so():
    html = draw("{% hours 180 90 540 %}")
    assert "<b>3 of 9</b>" in html
    assert 'aria-label="3 of 9 hours; 4.5 with what is booked"' in html
    came, booked, still_open = re.findall(r'class="(?:on|plan|off)" d="([^"]*)"', html)
    assert (came.count("M"), booked.count("M"), still_open.count("M")) == (3, 2, 5)


@pytest.mark.parametrize(("came", "booked", "plan"), [(600, 0, 540), (0, 0, 0), (0, 0, 450), (30, 900, 60)])
def test_the_bridge_never_leaves_its_frame(came, booked, plan):
    html = charts.bridge(delivered=came, booked=booked, prescribed=plan)
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', html).group(1))
    parts = re.findall(r'<svg x="([\d.]+)" width="([\d.]+)"', html)
    assert all(float(x) + float(wide) <= width + 0.01 for x, wide in parts)


def test_a_line_of_one_or_no_values_is_still_a_line_or_nothing():
    assert "polyline" in charts.spark(values=[4], scale=charts.Scale())
    assert charts.spark(values=[], scale=charts.Scale()) == ""


def test_charts_carry_their_numbers_as_words():
    html = draw("{% columns rows title='Hours by week' goal=9 %}", rows=[("Oct 5", 7.5), ("Oct 12", 0)])
    assert "<desc>Oct 5 7.5, Oct 12 0</desc>" in html
    assert html.count('<th scope="row">') == 2
    assert html.count("<rect") == 2


def test_the_pager_keeps_the_query():
    request = RequestFactory().get("/x/?q=ann&page=2")
    page = Paginator(range(100), 25).get_page(2)
    html = draw("{% pager page %}", page=page, request=request)
    assert "q=ann&amp;page=1" in html
    assert "26 to 50 of 100" in html
    assert draw("{% pager page %}", page=Paginator(range(3), 25).get_page(1), request=request).strip() == ""


def test_nothing_is_drawn_for_what_is_not_known():
    assert draw("{% notice '' %}{% fact 'Payer' '' %}{% fact 'Payer' none %}", none=None) == ""
    assert "0" in draw("{% fact 'Missed' 0 %}")
