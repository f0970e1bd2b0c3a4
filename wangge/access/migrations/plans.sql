-- Every request asks these. A body that is parsed when it is made needs no search path and melts into what calls it;
-- the others keep one plan instead of weighing a new one each time.
create or replace function wg_digest(secret text) returns bytea
  language sql stable return sha256(convert_to(secret, 'UTF8'));

alter function wg_actor() set plan_cache_mode = force_generic_plan;
alter function wg_me() set plan_cache_mode = force_generic_plan;
alter function wg_enter(text, text) set plan_cache_mode = force_generic_plan;
alter function wg_receipt(bigint, text) set plan_cache_mode = force_generic_plan;
alter function wg_left(bytea, integer) set plan_cache_mode = force_generic_plan;
alter function wg_spend(bytea, integer, integer) set plan_cache_mode = force_generic_plan;
