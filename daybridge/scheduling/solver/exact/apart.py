"""Free clients who must not meet. Source: H18."""

from ortools.sat.python.cp_model import IntVar

from daybridge.scheduling.solver.exact.model import Model


def keep_apart(model: Model) -> None:
    """No shared session, and for same_part no shared part of a day, between free clients."""
    on_site: dict[str, dict[tuple[int, int], IntVar]] = {}
    for pair in model.ground.ix.problem.conflicts:
        if pair.a not in model.part.free or pair.b not in model.part.free:
            continue
        for one in _shared(model, pair.a, pair.b):
            model.cp.add_at_most_one([model.x[pair.a, one], model.x[pair.b, one]])
        if pair.kind == "same_part":
            mine, theirs = (_parts(model, who, on_site) for who in (pair.a, pair.b))
            for key in sorted(set(mine) & set(theirs)):
                model.cp.add_at_most_one([mine[key], theirs[key]])


def _shared(model: Model, a: str, b: str) -> list[str]:
    """Sessions that both could attend."""
    return [one for client, one in model.x if client == a and (b, one) in model.x]


def _parts(model: Model, who: str, known: dict[str, dict[tuple[int, int], IntVar]]) -> dict[tuple[int, int], IntVar]:
    """Whether the client is on site in a part of a day."""
    if who not in known:
        known[who] = {}
        for day, start, end, var in _services(model, who):
            for number in sorted(model.ground.ix.parts(start, end)):
                here = known[who].setdefault((day, number), model.flag())
                model.cp.add_implication(var, here)
    return known[who]


def _services(model: Model, who: str) -> list[tuple[int, int, int, IntVar]]:
    ix = model.ground.ix
    groups = [(ix.sessions[one], var) for (client, one), var in model.x.items() if client == who]
    out = [(s.day, s.start, s.end, var) for s, var in groups]
    for appt, var in model.z.items():
        if appt.client == who:
            out.append((appt.day, appt.start, appt.start + ix.needs[who, appt.requirement].minutes, var))
    return out
