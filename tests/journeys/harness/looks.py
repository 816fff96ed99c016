"""The question asked of every page: is it fine? For everybody (WCAG 2.2 AA), without a complaint, on a phone too."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# what the browser says when the drafts service tells a script that it is signed out or that two windows differ
TOLD_BY_DRAFTS = ("status of 401", "status of 409")
_complaints: dict[Page, list[str]] = {}
_axe = Axe()


def listen(page: Page) -> Page:
    """Hear what the page's console says from now on."""
    heard = _complaints.setdefault(page, [])
    page.on("console", lambda message: _note(heard, message))
    page.on("pageerror", lambda error: heard.append(f"script error: {error}"))
    page.on("close", lambda gone: _complaints.pop(gone, None))
    return page


def _note(heard: list[str], message: ConsoleMessage) -> None:
    by_drafts = "/drafts/" in message.location.get("url", "") and any(one in message.text for one in TOLD_BY_DRAFTS)
    if message.type in {"error", "warning"} and not by_drafts:
        heard.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


def forgive(page: Page, status: int) -> None:
    """Take back the browser's own line about a refusal that the story asked for."""
    heard = _complaints.get(page, [])
    heard[:] = [line for line in heard if f"status of {status}" not in line]


def is_fine(page: Page) -> None:
    """Zero axe violations, nothing on the console, and no sideways scrolling at 390 pixels."""
    page.wait_for_load_state("load")
    problems = violations(page) + _complaints.get(page, [])
    size = page.viewport_size or DESK
    if size["width"] != PHONE["width"]:
        page.set_viewport_size(PHONE)
        problems += sideways(page)
        page.set_viewport_size(size)
    else:
        problems += sideways(page)
    assert not problems, f"{page.url}\n" + "\n".join(problems)


def violations(page: Page) -> list[str]:
    """What axe finds, one line for each place."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_axe.axe_script)
    found = page.evaluate("(rules) => axe.run(document, rules).then((told) => told.violations)", RULES)
    return [
        f"axe {one['id']}: {one['help']}; {', '.join(map(str, node['target']))}: {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"]
    ]


def sideways(page: Page) -> list[str]:
    """What sticks out of the page at the width it has now."""
    wide = page.evaluate(
        """() => {
            const root = document.documentElement, most = root.clientWidth;
            if (root.scrollWidth <= most) return null;
            const all = [...document.querySelectorAll("body *")].filter((one) => {
                const box = one.getBoundingClientRect();
                if (!box.width || box.right + scrollX <= most + 1) return false;
                for (let up = one.parentElement; up; up = up.parentElement)
                    if (getComputedStyle(up).overflowX !== "visible") return false;
                return true;
            });
            return [root.scrollWidth, all.slice(0, 4).map((one) => `${one.tagName}.${one.className}`)];
        }"""
    )
    return [] if wide is None else [f"scrolls sideways: {wide[0]} pixels wide, {', '.join(wide[1])}"]
