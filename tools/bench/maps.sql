-- The bench's county drawn: outlines on a lattice of streets, 120,000 buildings of 5 to 12 corners, water, roads, lanes.
-- A third of the grids hold two thirds of the buildings, as a town and its country do. Bench database only.
create function pg_temp.draw(n bigint, salt integer) returns double precision language sql immutable as $$
  select (hashint8extended(n, salt) & 2147483647) / 2147483648.0::double precision
$$;

-- Towns 5 by 4, communities 4 by 3 in each, grids 4 by 2 in each of these; borders of sixteen points.
create temp table bench_cell as
select id, level, 121.2 + west as west, 31.4 + south as south, wide, high
  from (select id, level, substr(sort_key, 6, 3)::int - 1 as t, coalesce(nullif(substr(sort_key, 9, 3), ''), '001')::int - 1 as c,
               coalesce(nullif(substr(sort_key, 12, 3), ''), '001')::int - 1 as g
          from places_area where sort_key like 'bench%') a
 cross join lateral (select
   t % 5 * 0.06 + case when level <> 'town' then c % 4 * 0.015 else 0 end + case when level = 'grid' then g % 4 * 0.00375 else 0 end as west,
   t / 5 * 0.065 + case when level <> 'town' then c / 4 * 0.065 / 3 else 0 end + case when level = 'grid' then g / 4 * 0.065 / 6 else 0 end as south,
   case level when 'town' then 0.06 when 'community' then 0.015 else 0.00375 end as wide,
   case level when 'town' then 0.065 when 'community' then 0.065 / 3 else 0.065 / 6 end as high) cell;

update places_area a set outline = jsonb_build_object('type', 'Polygon', 'coordinates', jsonb_build_array(ring))
  from bench_cell b cross join lateral (
    select jsonb_agg(jsonb_build_array(round((b.west + b.wide * least(greatest(0.5 + cos(turn), 0), 1))::numeric, 6),
                                       round((b.south + b.high * least(greatest(0.5 + sin(turn), 0), 1))::numeric, 6)) order by n) as ring
      from (select n, n % 16 * pi() / 8 as turn from generate_series(0, 16) n) points) drawn
 where a.id = b.id;

insert into places_grid (area_id, kind, number, token, households, provisional, worker_name, worker_phone, hours)
select id, 'general_grid', 'bench' || id, 'bench' || id, 250 + (pg_temp.draw(id, 20) * 300)::int, false, '', '', ''
  from bench_cell where level = 'grid' on conflict do nothing;

create temp table bench_square as
  select id, west, south, wide, high, row_number() over (order by pg_temp.draw(id, 21)) as n from bench_cell where level = 'grid';
create unique index on bench_square (n);
analyze bench_square;

insert into places_building (grid_id, name, "order", token, floors, lift, lon, lat, footprint)
select s.id, b.n % 60 + 1 || '幢', b.n, 'bench' || b.n, 1 + b.n % 18, b.n % 18 > 6, b.lon, b.lat, ring
  from (select n, 1 + (power(pg_temp.draw(n, 22), 2) * (select count(*) from bench_square))::int as at from generate_series(1, :buildings) n) drawn
  join bench_square s on s.n = least(drawn.at, (select count(*) from bench_square))
 cross join lateral (select drawn.n, s.west + s.wide * (0.05 + 0.9 * pg_temp.draw(drawn.n, 23)) as lon,
                            s.south + s.high * (0.03 + 0.94 * pg_temp.draw(drawn.n, 24)) as lat) b
 cross join lateral (
   select jsonb_agg(jsonb_build_array(round((b.lon + 0.00022 * cos(turn))::numeric, 6), round((b.lat + 0.00009 * sin(turn))::numeric, 6)) order by k) as ring
     from (select k, 2 * pi() * k / (5 + drawn.n % 8) as turn from generate_series(0, 5 + drawn.n % 8 - 1) k) corners) footprint;

insert into places_basemap (kind, name, geometry)
select kind, kind || n, jsonb_build_object('type', 'LineString', 'coordinates', (
    select jsonb_agg(jsonb_build_array(round((west + east * k / 12.0)::numeric, 6), round((south + north * k / 12.0 + 0.0004 * sin(k))::numeric, 6)) order by k)
      from generate_series(0, 12) k))
  from (select 'road' as kind, n, 121.2 as west, 31.4 + n * 0.005 as south, 0.3 as east, 0.0 as north from generate_series(0, 52) n
        union all select 'road', n, 121.2 + n * 0.005, 31.4, 0.0, 0.26 from generate_series(0, 60) n
        union all select 'lane', n, 121.2 + 0.3 * pg_temp.draw(n, 25), 31.4 + 0.26 * pg_temp.draw(n, 26), 0.002, 0.0005 from generate_series(1, 6000) n) lines
 where not exists (select from places_basemap m where m.name = kind || n);

insert into places_basemap (kind, name, geometry)
select 'river', '测速河' || n, jsonb_build_object('type', 'Polygon', 'coordinates', jsonb_build_array((
    select jsonb_agg(jsonb_build_array(round((121.2 + 0.3 * least(k, 80 - k) / 40.0)::numeric, 6),
                                       round((31.4 + n * 0.05 + 0.006 * sin(least(k, 80 - k) / 5.0) + case when k > 40 then 0.001 else 0 end)::numeric, 6)) order by k)
      from generate_series(0, 80) k)))
  from generate_series(0, 4) n;

-- Open cases stand where their grid is.
update cases_case c set lon = s.west + s.wide * pg_temp.draw(c.id, 27), lat = s.south + s.high * pg_temp.draw(c.id, 28)
  from bench_square s where s.id = c.area_id and c.done_at is null;
