"""Which browser the stories are told in."""

import os
import shutil
from contextlib import contextmanager

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE = "no Chromium here: install it (on Debian: apt install chromium) or set DAYBRIDGE_BROWSER to its path"
SWITCHES = [
    "--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--force-color-profile=srgb",
]  # fmt: skip


def path() -> str | None:
    """DAYBRIDGE_BROWSER, or the first Chromium on the PATH; None where there is none."""
    return os.environ.get("DAYBRIDGE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium():
    """The browser, closed again in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path(), args=SWITCHES)
        try:
            yield browser
        finally:
            browser.close()
