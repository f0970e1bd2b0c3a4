-- The homes of a county at full size, invented: 390 compounds and hamlets, 120,000 buildings, 460,000 dwellings, 300 roads
-- on the areas of ground.sql. Bench database only; runs as the superuser. The names are written by the shipped action.

create temp table bench_community as
  select id, row_number() over (order by id) as n from places_area where level = 'community' and sort_key like 'bench%';
create temp table bench_cell as
  select g.id, g.parent_id, row_number() over (partition by g.parent_id order by g.id) as n
    from places_area g where g.level = 'grid' and g.sort_key like 'bench%';

insert into places_grid (area_id, kind, number, token, households, provisional, worker_name, worker_phone, hours)
select g.id, 'general_grid', 'B' || lpad(g.id::text, 8, '0'), 'bg' || g.id, 240, true, '', '', ''
  from bench_cell g on conflict do nothing;

insert into places_areacode (area_id, scheme, year, code)
select c.id, 'bench', 2026, '990' || lpad(c.n::text, 9, '0') from bench_community c;

create function pg_temp.word(n bigint) returns text language sql immutable as $$
  select (array['桃', '柳', '荷', '竹', '梅', '兰', '菊', '松', '杏', '枫', '桂', '莲', '榆', '槐', '芦', '菱', '蓼', '荻', '棠', '樱'])[1 + n % 20]
      || (array['园', '溪', '湾', '塘', '浦', '汀', '堤', '岸', '庭', '苑', '轩', '里', '坊', '渡', '桥', '陵', '洲', '屿', '港', '泾'])[1 + n / 20 % 20]
$$;

create temp table bench_estate as
select n, n % 5 < 2 as is_village,
       pg_temp.word(n) || case when n % 5 < 2 then '村' else (array['小区', '花园', '新村', '公寓', '雅苑'])[1 + n % 5] end as name,
       121.0 + (n % 20) * 0.02 as lon, 31.4 + (n / 20) * 0.015 as lat
  from generate_series(1, 390) n;

insert into places_compound (community_id, name, sort_key, kind, token, lon, lat)
select c.id, e.name, 'bench' || lpad(e.n::text, 4, '0'), case when e.is_village then 'village' else 'walk_up' end,
       'bc' || e.n, e.lon, e.lat
  from bench_estate e join bench_community c on c.n = 1 + e.n * 7 % 240;

insert into places_address (compound_id, text, standard, source)
select c.id, pg_temp.word(e.n + 7) || '路' || e.n || '号', false, 'bench'
  from bench_estate e join places_compound c on c.token = 'bc' || e.n where not e.is_village;

insert into places_building (compound_id, grid_id, name, "order", token, floors, lift, lon, lat, footprint)
select c.id, g.id,
       case when e.is_village then 1 + b.n / 30 || '组' || 1 + b.n % 30 || '号' else 1 + b.n || '幢' end,
       b.n, 'bb' || e.n || '-' || b.n, 3, false, e.lon + (b.n % 20) * 0.0006, e.lat + (b.n / 20) * 0.0006,
       jsonb_build_array(jsonb_build_array(e.lon, e.lat))
  from bench_estate e join places_compound c on c.token = 'bc' || e.n
 cross join generate_series(0, 303) as b (n)
  join bench_cell g on g.parent_id = c.community_id and g.n = 1 + b.n % 8;

insert into places_dwelling (area_id, building_id, unit, floor, room)
select b.grid_id, b.id, '1', f, f || '0' || d
  from places_building b join places_compound c on c.id = b.compound_id and c.kind = 'walk_up' and c.sort_key like 'bench%'
 cross join generate_series(1, 3) f cross join generate_series(1, 2) d;
insert into places_dwelling (area_id, building_id, unit, floor, room)
select b.grid_id, b.id, '', 1, ''
  from places_building b join places_compound c on c.id = b.compound_id and c.kind = 'village' and c.sort_key like 'bench%';

insert into places_basemap (kind, name, geometry)
select 'road', pg_temp.word(n) || '路',
       jsonb_build_object('type', 'LineString', 'coordinates', jsonb_build_array(
         jsonb_build_array(121.0 + n % 20 * 0.02, 31.4), jsonb_build_array(121.0 + n % 20 * 0.02, 31.7)))
  from generate_series(1, 300) n;
