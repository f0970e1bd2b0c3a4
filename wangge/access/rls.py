"""Row-level security as a migration step: enable, force, one policy per verb for the app role."""

from django.db.migrations.operations import RunSQL

IN_MY_AREAS = "area_id = any ((select wg_areas())::int[])"

APP_ROLE = "wg_app"


def guard(table: str, *, read: str, insert: str | None = None, update: str | None = None) -> RunSQL:
    """Let the app role see only rows for which `read` holds; write them only where `insert`/`update` hold.

    Without an expression the verb has no policy, so PostgreSQL refuses it. Expressions are ours, never user input.
    """
    policies: list[str] = [f"create policy {table}_read on {table} for select to {APP_ROLE} using ({read})"]
    if insert is not None:
        policies.append(f"create policy {table}_insert on {table} for insert to {APP_ROLE} with check ({insert})")
    if update is not None:
        policies.append(
            f"create policy {table}_update on {table} for update to {APP_ROLE} using ({read}) with check ({update})"
        )
    on = [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
    off = [f"alter table {table} no force row level security", f"alter table {table} disable row level security"]
    off += [f"drop policy if exists {table}_{verb} on {table}" for verb in ("read", "insert", "update")]
    return RunSQL("; ".join(on + policies), "; ".join(off))
