"""`make pictures`: the pictures of the README, taken from a running demo, at most 150 kB each."""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.harness import chromium
from tests.journeys.harness.looks import DESK
from tests.journeys.harness.served import served
from tests.journeys.harness.story import sign_in_as

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
MOST_BYTES = 150_000
COLORS = (256, 128, 64, 32)


def main() -> int:
    """Build a demo, walk to five pages, keep each as a picture."""
    if chromium.path() is None:
        print(chromium.NONE, file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(40, 6) as program, chromium.chromium() as browser:
        page = browser.new_context(
            base_url=program.address, viewport=DESK, color_scheme="light", reduced_motion="reduce", locale="en-US"
        ).new_page()
        for name, walk in WALKS.items():
            walk(page)
            page.wait_for_load_state("networkidle")
            size = _keep(page, FOLDER / f"{name}.png")
            print(f"docs/pictures/{name}.png  {size / 1000:.0f} kB")
    return 0


def _today(page: Page) -> None:
    sign_in_as(page, "Dana Whitfield")


def _admissions(page: Page) -> None:
    sign_in_as(page, "Sofia Marchetti")
    page.goto("/admissions/")


def _week(page: Page) -> None:
    page.goto("/week/")


def _chart(page: Page) -> None:
    sign_in_as(page, "Linh Chen")
    page.goto("/clients/")
    in_care = page.locator("tbody tr", has_text=re.compile(r"week \d"))
    in_care.filter(has_text="Linh Chen").or_(in_care).first.get_by_role("link").first.click()


def _note(page: Page) -> None:
    """A signed note; the newest one that names people."""
    sign_in_as(page, "Linh Chen")
    page.goto("/notes/")
    groups = page.locator("tbody tr", has_text=re.compile("Process Group|DBT Skills|Recovery Education"))
    groups.get_by_role("link", name="Read").first.click()


WALKS = {"today": _today, "admissions": _admissions, "week": _week, "chart": _chart, "note": _note}


def _keep(page: Page, path: Path) -> int:
    """Take it; with fewer colors, until it is small enough."""
    page.screenshot(path=path)
    from PIL import Image

    for colors in COLORS:
        if path.stat().st_size <= MOST_BYTES:
            break
        image = Image.open(path).convert("RGB")
        image.quantize(colors=colors, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
