"""Two pictures in one: clients who reach their hours by hand, by us, at most; and how cost and bound close in."""

import json
from pathlib import Path

SHOWN = {"by hand": "#b9b3a6", "solved": "#2f6f6a", "at most": "#d8a24a"}


def draw(runs: list[dict], path: Path) -> None:
    """Write the picture as SVG. `runs` are rows of bench.schedule_solve."""
    import vl_convert

    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": {"font": "sans-serif", "view": {"stroke": None}, "axis": {"grid": False}},
        "resolve": {"scale": {"color": "independent"}},
        "hconcat": [_shares(runs), _closing(runs)],
    }
    path.write_text(vl_convert.vegalite_to_svg(json.dumps(spec)), encoding="utf-8")


def _shares(runs: list[dict]) -> dict:
    rows = [
        {"instance": run["instance"], "what": what, "percent": round(100 * run[key] / run["clients"], 1)}
        for run in runs
        for what, key in (("by hand", "greedy_reached"), ("solved", "reached"), ("at most", "reached_bound"))
    ]
    scale = {"domain": list(SHOWN), "range": list(SHOWN.values())}
    return {
        "title": "Clients who reach their hours, percent",
        "width": 340,
        "data": {"values": rows},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "y": {"field": "instance", "type": "nominal", "title": None},
            "yOffset": {"field": "what", "sort": list(SHOWN)},
            "x": {"field": "percent", "type": "quantitative", "title": None, "scale": {"domain": [0, 100]}},
            "color": {"field": "what", "scale": scale, "title": None, "sort": list(SHOWN)},
        },
    }


def _closing(runs: list[dict]) -> dict:
    rows = [
        {"instance": run["instance"], "seconds": max(0.1, seconds), "line": line, "ratio": value / max(1, run["cost"])}
        for run in runs
        for seconds, cost, bound, _ in run["trace"]
        for line, value in (("cost", cost), ("bound", bound))
        if value > 0
    ]
    return {
        "title": "Cost and bound over time, by the cost in the end",
        "width": 420,
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "step-after"},
        "encoding": {
            "x": {"field": "seconds", "type": "quantitative", "scale": {"type": "log"}},
            "y": {"field": "ratio", "type": "quantitative", "title": None, "scale": {"type": "log", "zero": False}},
            "color": {"field": "instance", "type": "nominal", "title": None},
            "strokeDash": {"field": "line", "type": "nominal", "title": None},
        },
    }
