"""Whatever is done to a chain without its key is found, and named for what it was. No database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daybridge.audit.rules import GENESIS, End, Head, Line, Link, Walk, What, link, named, seal

KEY, OTHER, CHAIN = b"k" * 32, b"o" * 32, "program"
START = datetime(2026, 3, 2, 15, tzinfo=UTC)
FIELDS = {
    "actor": "user:somebody-else", "verb": "chart.closed", "kind": "write", "object_type": "people.staff",
    "object_id": "7", "client_id": "c-other", "reason": "none", "origin": "10.9.9.9", "data": {"n": -1},
    "at": START - timedelta(days=9),
}  # fmt: skip


def chain(length: int, key: bytes = KEY) -> list[Link]:
    links, mac = [], GENESIS
    for seq in range(1, length + 1):
        line = Line(
            CHAIN, seq, START + timedelta(seconds=seq), "user:a", "chart.read", "read", "people.client", f"o{seq}",
            f"c{seq}", "", "10.0.0.1", {"n": seq},
        )  # fmt: skip
        links.append(Link(line, mac, link(key, mac, line)))
        mac = links[-1].mac
    return links


def head_of(links: list[Link], key: bytes = KEY) -> Head:
    end = End(links[-1].line.seq, links[-1].mac) if links else End()
    return Head(end, seal(key, CHAIN, end))


def faults(links: list[Link], head: Head | None, key: bytes = KEY):
    """As the program reads them: in the order of their numbers."""
    walk = Walk(key).over(sorted(links, key=lambda one: one.line.seq))
    return [(fault.what, fault.seq) for fault in named(walk, CHAIN, head)]


def renumbered(links: list[Link]) -> list[Link]:
    return [one.in_place(seq) for seq, one in enumerate(links, start=1)]


lengths = st.integers(3, 40)


@given(st.integers(0, 80))
def test_an_untouched_chain_has_no_fault(length):
    links = chain(length)
    assert faults(links, head_of(links) if links else None) == []


@given(lengths, st.data(), st.sampled_from(sorted(FIELDS)))
def test_a_changed_line_is_named(length, data, name):
    links = chain(length)
    head, place = head_of(links), data.draw(st.integers(0, length - 1))
    links[place] = links[place]._replace(line=links[place].line._replace(**{name: FIELDS[name]}))
    assert faults(links, head) == [(What.CHANGED, place + 1)]


@given(lengths, st.data(), st.sampled_from(["previous", "mac"]))
def test_a_changed_mark_is_named(length, data, name):
    links = chain(length)
    head, place = head_of(links), data.draw(st.integers(0, length - 1))
    links[place] = links[place]._replace(**{name: "f" * 64})
    assert faults(links, head) == [(What.CHANGED, place + 1)]


@given(lengths, st.data())
def test_lines_taken_out_are_named(length, data):
    links = chain(length)
    head, place = head_of(links), data.draw(st.integers(0, length - 2))
    many = data.draw(st.integers(1, length - 1 - place))
    del links[place : place + many]
    assert faults(links, head) == [(What.MISSING, place + 1)]


@given(lengths, st.data())
def test_a_line_taken_out_with_the_rest_numbered_anew_is_named(length, data):
    links = chain(length)
    place = data.draw(st.integers(0, length - 2))
    del links[place]
    links = renumbered(links)
    assert faults(links, head_of(links, OTHER))[0] == (What.MISSING, place + 1)


@given(lengths, st.data())
def test_a_line_put_in_with_the_rest_numbered_anew_is_named(length, data):
    links = chain(length)
    place = data.draw(st.integers(0, length - 1))
    head, false = head_of(links), links[place]._replace(mac="e" * 64)
    links.insert(place, false._replace(line=false.line._replace(verb="never.was")))
    assert faults(renumbered(links), head)[0] == (What.INSERTED, place + 1)


@given(lengths, st.data(), st.booleans())
def test_a_line_put_in_under_a_number_that_is_taken_is_named(length, data, is_copy):
    links = chain(length)
    head, place = head_of(links), data.draw(st.integers(0, length - 1))
    false = links[place] if is_copy else links[place]._replace(mac="e" * 64)
    links.insert(data.draw(st.integers(0, 1)) + place, false)
    assert (What.INSERTED, place + 1) in faults(links, head)


@given(lengths, st.integers(1, 3))
def test_lines_added_after_the_head_are_named(length, many):
    links = chain(length + many, OTHER)[length:]
    whole = chain(length)
    assert faults([*whole, *links], head_of(whole)) == [(What.INSERTED, length + 1)]


@given(lengths, st.data())
def test_lines_before_the_first_are_named(length, data):
    links = chain(length)
    false = links[0].in_place(-data.draw(st.integers(0, 5)))
    assert faults([*links, false], head_of(links))[0][0] is What.INSERTED


@given(lengths, st.data())
def test_two_lines_that_changed_places_are_named(length, data):
    links = chain(length)
    head = head_of(links)
    one, two = sorted(data.draw(st.permutations(range(length)))[:2])
    assume(two != one + 1 or length > 2)
    a, b = links[one], links[two]
    links[one], links[two] = b.in_place(one + 1), a.in_place(two + 1)
    found = faults(links, head)
    assert {seq for _, seq in found} & {one + 1, two + 1}
    assert {what for what, _ in found} <= {What.MOVED, What.MISSING, What.INSERTED}


@given(lengths, st.data())
def test_two_lines_that_exchanged_what_they_say_are_named(length, data):
    links = chain(length)
    head = head_of(links)
    one, two = sorted(data.draw(st.permutations(range(length)))[:2])
    a, b = links[one], links[two]
    links[one] = a._replace(line=b.line._replace(seq=one + 1))
    links[two] = b._replace(line=a.line._replace(seq=two + 1))
    assert faults(links, head) == [(What.MOVED, one + 1), (What.MOVED, two + 1)]


@given(lengths, st.data())
def test_a_chain_cut_short_is_named(length, data):
    links = chain(length)
    kept = data.draw(st.integers(0, length - 1))
    assert faults(links[:kept], head_of(links)) == [(What.CUT, kept + 1)]


@given(lengths, st.data())
def test_a_chain_cut_short_with_its_head_set_back_is_named(length, data):
    links = chain(length)
    kept = data.draw(st.integers(1, length - 1))
    end = End(kept, links[kept - 1].mac)
    assert faults(links[:kept], Head(end, head_of(links).seal)) == [(What.HEAD, kept)]
    assert faults(links[:kept], Head(end, "")) == [(What.HEAD, kept)]
    assert faults(links[:kept], None) == [(What.HEAD, kept)]


@given(lengths, st.data())
def test_a_head_that_was_changed_is_named(length, data):
    links = chain(length)
    head, back = head_of(links), data.draw(st.integers(1, length - 1))
    old = End(back, links[back - 1].mac)
    assert faults(links, Head(old, seal(KEY, CHAIN, old)))[0][0] is What.HEAD  # a seal kept from that day
    assert faults(links, Head(End(head.end.seq, "0" * 64), head.seal)) == [(What.HEAD, length)]
    assert faults(links, Head(End(), ""))[0][0] in (What.HEAD, What.INSERTED)


@given(lengths)
def test_another_key_is_named(length):
    links = chain(length, OTHER)
    assert faults(links, head_of(links, OTHER)) == [(What.KEY, 1)]


@given(lengths, st.data())
def test_a_line_of_another_history_is_named(length, data):
    """A restored backup that went its own way: the same key, another past."""
    links, place = chain(length), data.draw(st.integers(0, length - 2))
    other = links[place].line._replace(verb="another.past")
    before = links[place].previous
    links[place] = Link(other, before, link(KEY, before, other))
    assert faults(links, head_of(links)) == [(What.FOREIGN, place + 2)]


def _change(links: list[Link], draw) -> None:
    """One arbitrary act of somebody who can write every column, but has no key."""
    place = draw(st.integers(0, len(links) - 1))
    one = links[place]
    act = draw(st.sampled_from(["delete", "edit", "mark", "hang", "number", "copy", "swap", "shift"]))
    if act == "delete":
        del links[place]
    elif act == "edit":
        name = draw(st.sampled_from(sorted(FIELDS)))
        links[place] = one._replace(line=one.line._replace(**{name: FIELDS[name]}))
    elif act in ("mark", "hang"):
        links[place] = one._replace(
            **{"mac" if act == "mark" else "previous": draw(st.sampled_from(["", "a" * 64, links[0].mac]))}
        )
    elif act == "number":
        links[place] = one.in_place(draw(st.integers(-2, len(links) + 3)))
    elif act == "copy":
        links.append(one.in_place(draw(st.integers(1, len(links) + 3))))
    elif act == "swap":
        other = draw(st.integers(0, len(links) - 1))
        links[place], links[other] = links[other].in_place(one.line.seq), one.in_place(links[other].line.seq)
    else:
        links[:] = [*links[:place], *(later.in_place(later.line.seq + 1) for later in links[place:])]


@given(st.integers(2, 15), st.data())
def test_any_acts_one_or_many_are_found(length, data):
    whole = chain(length)
    links = list(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        if links:
            _change(links, data.draw)
    assume(sorted(links, key=lambda one: one.line.seq) != whole)
    assert faults(links, head_of(whole)) != []


def test_after_sixty_faults_the_walk_stops():
    links = [one._replace(mac="a" * 64) for one in chain(200)]
    walk = Walk(KEY).over(links)
    assert (walk.count, walk.is_full) == (60, True)


@pytest.mark.parametrize("what", What)
def test_every_fault_has_a_sentence(what):
    from daybridge.audit.rules.naming import Fault

    assert Fault(what, 1).sentence.endswith(".")


VALUES = st.one_of(st.integers(), st.text(), st.none(), st.booleans(), st.lists(st.text()))


@given(st.text(), st.dictionaries(st.text(), VALUES), st.datetimes(timezones=st.timezones()))
def test_the_bytes_signed_are_those_of_plain_json(text, data, at):
    import json

    text = text.encode("utf-8", "ignore").decode()
    data = json.loads(json.dumps(data).encode("utf-8", "ignore"))
    line = Line("c", 7, at, text, text, "read", text, text, text, text, text, data)
    try:
        fields = line._asdict() | {"at": at.astimezone(UTC).isoformat(timespec="microseconds")}
        plain = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except (OverflowError, UnicodeEncodeError):
        return
    assert line.canonical() == plain
