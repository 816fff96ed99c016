"""Count what a job costs: loads (whole pages), clicks (a pointer or a key that acts) and fields (typed or chosen)."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass(slots=True)
class Cost:
    """What was spent so far."""

    page: Page
    loads: int = 0
    clicks: int = 0
    fields: int = 0

    def click(self, where: Locator) -> None:
        self.clicks += 1
        where.click()

    def fill(self, where: Locator, words: str) -> None:
        self.fields += 1
        where.fill(words)

    def choose(self, where: Locator) -> None:
        """A radio, chip or checkbox: one field, chosen."""
        self.fields += 1
        where.check()

    def __str__(self) -> str:
        return f"{self.loads} loads, {self.clicks} clicks, {self.fields} fields"


def counting(page: Page) -> Cost:
    """Count from here on; the page that is open already is not counted."""
    cost = Cost(page)

    def loaded(*_: object) -> None:
        cost.loads += 1

    page.on("domcontentloaded", loaded)
    return cost
