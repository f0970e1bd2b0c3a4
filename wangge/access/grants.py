"""What the app role may do to which table: the whole list, applied after each migration and compared by a test."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

READ, ADD, CHANGE, REMOVE = "select", "insert", "update", "delete"

EXPORT_GOES_ON = (  # what was asked for is never changed
    "state, sample, decided_by_id, decided_organisation, decided_at, answer, made_at, made_rows, digest, size, stored,"
    " trouble, downloads, downloaded_at, ended_at"
)

RIGHTS_GO_ON = (  # who asked for what, when and by which way is never changed
    "person_id, area_id, field, state, identity, outcome, reason, law, article, answered_at, told_at, told_by, sought,"
    " authority, words, reply"
)

GRANTS: dict[str, tuple[str, ...]] = {
    "access_post": (READ, ADD, "update (valid_to)"),
    "access_reach": (READ,),
    "access_reachversion": (READ,),
    "access_receipt": (READ, ADD, REMOVE),
    "access_role": (READ,),
    "account_emailaddress": (READ,),
    "account_emailconfirmation": (),
    "auth_group": (),
    "auth_group_permissions": (),
    "auth_permission": (),
    "cases_case": (READ, ADD, CHANGE),
    "cases_contact": (READ, ADD, "update (phone, phone_index, original)", REMOVE),
    "cases_formerarea": (READ, ADD),
    "cases_handover": (READ, ADD, "update (signed_by_id, signed_at, acknowledged_by_id, acknowledged_at)"),
    "cases_handoveritem": (READ, ADD, "update (decision, new_lead_id, decided_by_id, decided_at)"),
    "cases_photo": (READ, ADD, REMOVE),
    "cases_step": (READ, ADD, "update (until)"),
    "catalogue_version": (READ, ADD),
    "clocks_day": (READ, ADD, CHANGE, REMOVE),
    "clocks_year": (READ, ADD, CHANGE),
    "delivery_message": (READ, ADD, CHANGE, REMOVE),
    "django_content_type": (READ,),
    "django_migrations": (READ,),
    "django_session": (),
    "exchange_change": (READ, ADD, "update (undone)", REMOVE),
    "exchange_doubt": (READ, ADD, CHANGE, REMOVE),
    "exchange_export": (READ, ADD, f"update ({EXPORT_GOES_ON})", REMOVE),
    "exchange_import": (READ, ADD, CHANGE),
    "exchange_known": (READ, ADD, CHANGE, REMOVE),
    "exchange_row": (READ, ADD, CHANGE, REMOVE),
    "exchange_source": (READ, ADD, CHANGE),
    "files_file": (READ, ADD, REMOVE),
    "insight_countedday": (READ, ADD, CHANGE),
    "insight_daycount": (READ, ADD, CHANGE),
    "insight_mark": (READ, REMOVE),
    "ledger_cursor": (READ, ADD, CHANGE),
    "ledger_entry": (READ, "insert (verb, subject, area_id, facts, purpose)"),
    "ledger_seal": (READ,),
    "mfa_authenticator": (READ, ADD, CHANGE, REMOVE),
    "people_alarm": (READ, ADD),
    "people_arrival": (READ, ADD, CHANGE, REMOVE),
    "people_canary": (READ, ADD, "update (ended_at)", REMOVE),
    "people_carecount": (READ, ADD, CHANGE, REMOVE),
    "people_careneed": (READ, ADD, CHANGE, REMOVE),
    "people_assessment": (READ, ADD),
    "people_assessmentreview": (READ, ADD),
    "people_dwellinguse": (READ, ADD, CHANGE, REMOVE),
    "people_firm": (READ, ADD, "update (name, sort_key, uscc, kind)"),
    "people_firmcontact": (READ, ADD, "update (ended_on, name, phone)"),
    "people_firmrecord": (READ, ADD),
    "people_firmstaff": (READ, ADD, "update (until)"),
    "people_household": (READ, ADD, CHANGE, REMOVE),
    "people_lookreview": (READ, ADD, "update (note)"),
    "people_managing": (READ, ADD, "update (until, reminded, reminded_on)"),
    "people_apart": (READ, ADD, REMOVE),
    "people_merge": (READ, ADD, "update (kept_id, area_id, moved, changed, undone_at, undone_by_id)", REMOVE),
    "people_mergedperson": (READ, ADD, "update (name, document, phone, wishes)", REMOVE),
    "people_occupancy": (READ, ADD, CHANGE, REMOVE),
    "people_person": (READ, ADD, CHANGE, REMOVE),
    "people_premises": (READ, ADD, "update (room, until)"),
    "people_sheet": (READ, ADD, "update (handed_in_at, by_id)"),
    "people_sheetline": (READ, ADD, CHANGE, REMOVE),
    "people_rightslink": (READ, ADD, "update (ended_at, used, person_id, area_id)", REMOVE),
    "people_rightsrequest": (READ, ADD, f"update ({RIGHTS_GO_ON})", REMOVE),
    "people_retentioncertificate": (READ, ADD),
    "people_retentioncount": (READ, ADD, "update (rows, oldest)"),
    "people_retentionhold": (READ, ADD, "update (ended_by_id, ended_at)", REMOVE),
    "people_retentionrun": (READ, ADD, "update (state, finished_at, done)"),
    "places_address": (READ, ADD, CHANGE, REMOVE),
    "places_area": (READ, ADD, CHANGE, REMOVE),
    "places_areacode": (READ, ADD, REMOVE),
    "places_basemap": (READ, ADD),
    "places_belonging": (READ,),
    "places_building": (READ, ADD, CHANGE, REMOVE),
    "places_change": (READ, ADD, "update (state, approved_by_id, approved_at, ended_at)"),
    "places_changepart": (READ, ADD, "update (area_id, parent_id, origin_id)"),
    "places_compound": (READ, ADD, CHANGE, REMOVE),
    "places_dedicated": (READ, ADD, "update (grid_id, number, manager, phone, unit, managed_since)"),
    "places_dwelling": (READ, ADD, CHANGE, REMOVE),
    "places_formergrid": (READ, ADD),
    "places_formername": (READ, ADD),
    "places_grid": (READ, ADD, CHANGE, REMOVE),
    "places_gridclass": (READ, ADD, "update (until)"),
    "places_griddraft": (READ, ADD, CHANGE),
    "places_layer": (READ, ADD, "update (state, closed_on)"),
    "places_layergrid": (READ, ADD),
    "places_microgrid": (READ, ADD, "update (valid_to, outline)"),
    "places_microunit": (READ, ADD),
    "places_name": (READ, ADD, CHANGE, REMOVE),
    "places_serving": (READ, ADD, "update (valid_to)"),
    "procrastinate_events": (READ, ADD, REMOVE),
    "procrastinate_jobs": (READ, ADD, CHANGE, REMOVE),
    "procrastinate_periodic_defers": (READ, ADD, CHANGE, REMOVE),
    "procrastinate_workers": (READ, ADD, CHANGE, REMOVE),
    "teams_account": (READ, ADD, "update (password, is_active, last_login, name, email)"),
    "teams_device": (READ, ADD, CHANGE, REMOVE),
    "teams_organisation": (READ, ADD, CHANGE, REMOVE),
    "vault_compartment": (READ, ADD, "update (destroyed_at)"),
    "vault_key": (READ, ADD, "update (retired_at, horizon, emptied_at, due_at, destroyed_at)"),
    "vault_resealing": (READ, ADD, CHANGE),
}

DEFINERS = (
    "wg_actor()", "wg_me()", "wg_enter(text, text)", "wg_bearer()", "wg_digest(text)",
    "wg_areas()", "wg_organisations()", "wg_has_role(text)",
    "wg_may_post(bigint, text, integer)", "wg_may_bind(bigint)",
    "wg_open_session(integer, bytea, text, text, text, timestamptz, bigint, bytea)", "wg_close_session(text)",
    "wg_close_sessions(integer, text)", "wg_my_sessions()", "wg_close_my_session(text)",
    "wg_spend(bytea, integer, integer)", "wg_left(bytea, integer)", "wg_refund(bytea)", "wg_tidy_budgets()",
    "wg_receipt(bigint, text)", "wg_sessions_over(timestamptz)", "wg_take_sessions(timestamptz, integer)",
    "wg_forget_sessions(text[], timestamptz)",
    "cases_pairs(text)", "cases_holding(text, integer)", "cases_begin(text, jsonb, jsonb)",
    "cases_news(text, bigint, integer)", "cases_latest()", "cases_opened()",
    "places_tree(date)", "places_beyond()", "places_pairs(text)", "places_sees_changes()",
    "places_dwellings_in(bigint[])",
    "people_giving_back()", "people_forget_arrivals(bigint)",
    "places_stairs(bigint)", "places_inside(bigint)", "places_door_areas()", "people_areas()", "people_charges()",
    "people_freshness(date)",
    "people_firms()", "people_firm_compounds()", "people_firm_doors(bigint)", "people_firms_near()",
    "people_near_areas()", "people_sees_firms()",
    "people_linked()", "people_looks(bigint, bigint, integer)", "people_homes_of(bigint)",
    "people_knows(bigint)", "people_merge_hindrance(bigint, date)", "people_merge_holds(bigint, bigint[])",
    "cases_open_in(bigint[], timestamptz)", "cases_reported_in(bigint, date, date, text)",
    "insight_note(timestamptz, bigint)",
    "wg_importing()", "exchange_made(text, bigint)", "teams_forget(bigint, bigint[], bigint[])",
    "ledger_partition(date)", "ledger_text(ledger_entry)", "ledger_seal_batch()", "ledger_lag()",
)  # fmt: skip


def statements(tables: Iterable[str], sequences: Iterable[str]) -> Iterable[str]:
    """SQL that takes everything from the app role and gives back what the list says."""
    yield "revoke all on all tables in schema public from wg_app, public"
    yield "revoke all on all sequences in schema public from wg_app, public"
    yield "revoke all on all functions in schema public from wg_app, public"
    for table in sorted(tables):
        if verbs := GRANTS.get(table, ()):
            yield f"grant {', '.join(verbs)} on {table} to wg_app"
    for sequence in sorted(sequences):
        if ADD in GRANTS.get(sequence.rpartition("_id_seq")[0], ()):
            yield f"grant usage on sequence {sequence} to wg_app"
    for function in DEFINERS:
        yield f"grant execute on function {function} to wg_app"


OWN_FUNCTIONS = """
select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname = 'public' and p.proname like 'procrastinate_%'
"""


def apply(connection: BaseDatabaseWrapper) -> None:
    """Run as the owner after each migration; there are no default privileges."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute("select sequencename from pg_sequences where schemaname = 'public'")
        sequences = [row[0] for row in cursor.fetchall()]
        for statement in statements(tables, sequences):
            cursor.execute(statement)
        cursor.execute(OWN_FUNCTIONS)
        for (function,) in cursor.fetchall():
            cursor.execute(f"grant execute on function {function} to wg_app")
