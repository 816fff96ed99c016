"""The program asks no other machine for anything: there is nothing a forged request could make it fetch."""

from tests.security.sources import imports

CLIENTS = {
    "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib", "smtplib", "telnetlib",
    "imaplib", "poplib", "xmlrpc", "xml.etree.ElementTree", "xml.sax", "xml.dom", "lxml", "pickle", "marshal", "shelve",
}  # fmt: skip
# socket: the name of this machine for a worker's row, and looking for a free port when serving.
KNOWN_SOCKETS = {"jobs/runners.py", "config/commands/serve.py"}


def test_no_room_can_fetch_an_address():
    wrong = [
        f"{path}: {name}" for path, name in imports()
        if any(name == client or name.startswith(f"{client}.") for client in CLIENTS)
        and name not in {"xml.sax.saxutils", "xml.sax.saxutils.escape", "xml.sax.saxutils.quoteattr"}
    ]  # fmt: skip
    assert wrong == []


def test_sockets_are_named():
    found = {path for path, name in imports() if name == "socket" or name.startswith("socket.")}
    assert found <= KNOWN_SOCKETS
