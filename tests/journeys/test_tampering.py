"""Somebody with the database's password rewrites the past; the privacy officer finds it, and its place."""

from playwright.sync_api import expect

from tests.journeys.harness.looks import PHONE, is_fine
from tests.journeys.harness.story import go, press, says, sign_in_as

# Past the program and past the triggers, as whoever owns the database can.
TAMPER = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    cursor.execute("UPDATE audit_entry SET reason = %s WHERE seq = 40", ["WORDS"])
    if connection.vendor == "sqlite":
        for _, again in triggers:
            cursor.execute(again)
    else:
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
"""


def rewrite(program, words: str) -> None:
    program.run("-c", TAMPER.replace("WORDS", words))


def test_a_rewritten_line_is_found_and_named(page, open_page, program, tmp_path):
    point = tmp_path / "checkpoint.json"
    sign_in_as(page, "Ruth Adeyemi")
    go(page, "Ledger")
    is_fine(page)
    press(page, "Prove the chain now")
    says(page, "The chain holds.")
    is_fine(page)
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download the signed checkpoint").click()
    kept.value.save_as(point)

    rewrite(program, "nothing happened here")
    try:
        press(page, "Prove the chain now")
        says(page, "The chain is broken.")
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="changed"))
        expect(row.get_by_role("cell").first).to_have_text("40")
        is_fine(page)
        phone = open_page(viewport=PHONE)
        sign_in_as(phone, "Ruth Adeyemi")
        phone.goto("/ledger/")
        says(phone, "The chain is broken.")
        is_fine(phone)
    finally:
        rewrite(program, "")

    press(page, "Prove the chain now")
    says(page, "The chain holds.")
    assert "The checkpoint holds" in program.command("verify", "--against", str(point))
