"""On PostgreSQL the database itself refuses a room or a facilitator in two places at once.

No extension is needed: a one-value range stands for the equal id. SQLite has no exclusion constraint;
there the action checks under the write lock, and the unique starts catch the commonest slip.
"""

from django.db import migrations

COLUMNS = {"room": "room_id", "lead": "lead_id"}


def forward(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    editor.execute(
        "CREATE FUNCTION scheduling_key(value uuid) RETURNS int8range IMMUTABLE LANGUAGE sql AS "
        "$$ SELECT int8range(k, k, '[]') FROM (SELECT ('x' || substr(md5(value::text), 1, 15))::bit(60)::int8 AS k) t $$"
    )
    for name, column in COLUMNS.items():
        editor.execute(
            f"ALTER TABLE scheduling_session ADD CONSTRAINT scheduling_{name}_in_one_place EXCLUDE USING gist "
            f"(scheduling_key({column}) WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (status <> 'cancelled')"
        )


def backward(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    for name in COLUMNS:
        editor.execute(f"ALTER TABLE scheduling_session DROP CONSTRAINT scheduling_{name}_in_one_place")
    editor.execute("DROP FUNCTION scheduling_key(uuid)")


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
