"""Names of zones and devices. Pure."""

from zoneinfo import ZoneInfo

from daybridge.kit.errors import BadInput


def check_zone(name: str) -> None:
    """Raise BadInput unless `name` is a time zone of the IANA list, such as America/New_York."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadInput("“{name}” is not a time zone; write it like America/New_York.", name=name[:60]) from None


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
MACHINES = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"),
            ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"))  # fmt: skip


def device_words(user_agent: str) -> str:
    """A browser's long name for itself in plain words: "Firefox on Windows", or "Unknown device"."""
    browser = next((words for key, words in BROWSERS if key in user_agent), "")
    machine = next((words for key, words in MACHINES if key in user_agent), "")
    return " on ".join(part for part in (browser, machine) if part) or "Unknown device"
