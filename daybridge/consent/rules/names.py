"""When two names are the same, and when they only look it. Pure."""

import unicodedata

# Letters of other scripts and digits that pass for Latin ones in print.
_TWINS = str.maketrans({
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "к": "k", "м": "m", "т": "t", "в": "b",
    "н": "h", "і": "i", "ј": "j", "ѕ": "s", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ι": "i", "κ": "k", "τ": "t",
    "υ": "u", "0": "o", "1": "l", "|": "l", "5": "s", "ß": "s", "ł": "l", "ø": "o", "ı": "i", "i": "l",
})  # fmt: skip
_NEAR = 1


def plain(name: str) -> str:
    """A name as it is compared: one spelling of each accent, single spaces, case set aside."""
    return " ".join(unicodedata.normalize("NFC", name).split()).lower()


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same to the letter; nothing is the same as no name."""
    return bool(plain(one)) and plain(one) == plain(other)


def look_alike(one: str, other: str) -> bool:
    """Whether two different names could be taken for each other: twin letters, accents, marks, one letter off."""
    first, second = _key(one), _key(other)
    if not first or not second or same_name(one, other):
        return False
    return first == second or (min(len(first), len(second)) > 4 and _steps(first, second) <= _NEAR)


def _key(name: str) -> str:
    """A name by what the eye takes in: letters only, twins folded into one, doubled letters once."""
    apart = unicodedata.normalize("NFKD", plain(name))
    letters = "".join(one for one in apart.translate(_TWINS) if one.isalnum())
    folded = letters.replace("rn", "m").replace("vv", "w").replace("cl", "d")
    return "".join(one for place, one in enumerate(folded) if place == 0 or folded[place - 1] != one)


def _steps(one: str, other: str) -> int:
    """Letters to change, add, drop or swap with a neighbor to make one of the other; 2 stands for more than one."""
    if abs(len(one) - len(other)) > 1:
        return 2
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return abs(len(one) - len(other))
    first, second = one[start:], other[start:]
    swapped = first[1:2] + first[:1] + first[2:]
    near = (first[1:] == second[1:], first[1:] == second, first == second[1:], swapped == second)
    return 1 if any(near) else 2
