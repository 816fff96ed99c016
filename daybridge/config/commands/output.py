"""Two voices: people's words on standard error, data on standard output."""

import argparse
import json
import sys


def say(words: str) -> None:
    """A sentence for people."""
    print(words, file=sys.stderr, flush=True)


def data(value: object) -> None:
    """One JSON value, on one line."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def answer(words: str) -> None:
    """What a person asked for, when no JSON was wanted."""
    print(words, flush=True)


def wants_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="data as JSON on standard output")


class Bar:
    """A progress bar on standard error; on a terminal it redraws, elsewhere it says every tenth."""

    WIDTH = 30

    def __init__(self, label: str) -> None:
        self.label, self.shown = label, -1

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        if percent == self.shown:
            return
        if sys.stderr.isatty():
            full = self.WIDTH * percent // 100
            end = "\n" if percent == 100 else ""
            line = f"\r{self.label} {'█' * full}{'░' * (self.WIDTH - full)} {percent:3d} %{end}"
            print(line, end="", file=sys.stderr, flush=True)
        elif percent // 10 != self.shown // 10:
            say(f"{self.label} {percent} %")
        self.shown = percent
