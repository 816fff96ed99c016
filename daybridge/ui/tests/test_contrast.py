"""Every text and shape pair of tokens.css, in light and dark, meets its contrast."""

import math
import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "static" / "ui" / "tokens.css").read_text()
TONES = ("ok", "wait", "info", "quiet", "safety")
KINDS = ("skills", "process", "learn", "one", "family", "medical")
THEMES = {
    "light": ":root {",
    "dark": ':root[data-theme="dark"] {',
    "dark by system": ':root:not([data-theme="light"]) {',
}


def pairs():
    for ground in ("ground", "surface", "sunken"):
        yield from (("ink", ground, 7), ("ink-soft", ground, 4.5), ("accent-ink", ground, 4.5))
        yield from ((shape, ground, 3) for shape in ("accent", "focus", "line-strong"))
        for tone in TONES:
            yield from ((f"{tone}-ink", ground, 4.5), (f"{tone}-mark", ground, 3))
    for tone in TONES:
        soft = f"{tone}-soft"
        yield from (("ink", soft, 7), (f"{tone}-ink", soft, 4.5), (f"{tone}-mark", soft, 3))
    for kind in KINDS:
        yield from (
            ("ink", f"kind-{kind}", 7),
            ("ink-soft", f"kind-{kind}", 4.5),
            (f"kind-{kind}-edge", f"kind-{kind}", 3),
        )
    yield from (
        ("on-accent", "accent", 7),
        ("on-hero", "hero", 7),
        ("on-hero-act", "hero-act", 7),
        ("on-safety", "safety", 4.5),
    )
    yield from (("rail-ink", "rail", 7), ("rail-ink", "rail-on", 4.5), ("dawn", "rail", 3))
    yield from (("ink", "dawn-soft", 7), ("ink-soft", "dawn-soft", 4.5))
    yield from (("ink", "accent-soft", 7), ("accent-ink", "accent-soft", 4.5), ("ink-soft", "accent-soft", 4.5))


def luminance(color):
    lightness, chroma, hue = color
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (min(1, max(0, part)) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens(selector):
    block = CSS.split(selector, 1)[1].split("}", 1)[0]
    return {
        name: tuple(map(float, value.split())) for name, value in re.findall(r"--([\w-]+): oklch\(([\d. ]+)\)", block)
    }


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_can_be_read(theme):
    found = tokens(THEMES[theme])
    low = [
        (one, other, round(ratio(found[one], found[other]), 2))
        for one, other, need in pairs()
        if ratio(found[one], found[other]) < need
    ]
    assert low == []


def test_both_ways_into_the_dark_are_the_same():
    assert tokens(THEMES["dark"]) == tokens(THEMES["dark by system"])
