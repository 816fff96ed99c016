"""Count what a job costs: loads (whole pages), clicks (a pointer or a key that acts) and fields (typed or chosen)."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

# a field counts once for each page it stands on, however often it is corrected
LISTEN = """document.addEventListener("input", ({ target }) => {
    if (target.name) window.daybridgeTyped(`${location.pathname} ${target.name}`);
}, true);"""


@dataclass(slots=True)
class Cost:
    """What was spent so far."""

    loads: int = 0
    clicks: int = 0
    fields: set[str] = field(default_factory=set)

    def click(self, where: Locator) -> None:
        self.clicks += 1
        where.click()

    def loaded(self) -> None:
        self.loads += 1

    def __str__(self) -> str:
        return f"{self.loads} loads, {self.clicks} clicks, {len(self.fields)} fields: {sorted(self.fields)}"


def counting(page: Page, so_far: Cost | None = None) -> Cost:
    """Count on this page from the next load on, onto what was spent before."""
    cost = so_far or Cost()
    page.on("domcontentloaded", lambda _page: cost.loaded())
    page.expose_function("daybridgeTyped", lambda name: cost.fields.add(name))
    page.add_init_script(LISTEN)
    return cost
