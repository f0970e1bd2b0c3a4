-- What a map draws is found by its box and sent as text: both are kept beside each geometry, by the database itself.
-- The box comes from the numbers alone, whatever the depth of the coordinates. `far` is what is seen from far away: cut
-- to about ten metres, of buildings to one metre, positions that fall together made one. Cutting decimals, unlike
-- leaving points out, moves a border that two areas share in both of them alike, so no gap opens between neighbours.
-- Nothing but PostgreSQL's own functions: one of ours would cost each row ten times as much.

alter table places_area
  add column box box generated always as
    (box(nullif(translate((outline -> 'coordinates')::text, '[] ', ''), '')::polygon)) stored,
  add column far text generated always as
    (regexp_replace(regexp_replace(translate(outline::text, ' ', ''), '(\.\d{4})\d+', '\1', 'g'),
       '(\[[-0-9.]+,[-0-9.]+\],)\1+', '\1', 'g')) stored;

alter table places_basemap
  add column box box generated always as
    (box(nullif(translate((geometry -> 'coordinates')::text, '[] ', ''), '')::polygon)) stored,
  add column far text generated always as
    (regexp_replace(regexp_replace(translate(geometry::text, ' ', ''), '(\.\d{4})\d+', '\1', 'g'),
       '(\[[-0-9.]+,[-0-9.]+\],)\1+', '\1', 'g')) stored;

-- A footprint is a bare ring, open or closed, or the rings of a polygon; where nobody drew one, a building is a point.
alter table places_building
  add column box box generated always as
    (coalesce(box(nullif(translate(footprint::text, '[] ', ''), '')::polygon), box(point(lon, lat), point(lon, lat)))) stored,
  add column near text generated always as (:drawn) stored,
  add column far text generated always as (regexp_replace(:drawn, '(\.\d{5})\d+', '\1', 'g')) stored;

create index places_area_box on places_area using gist (box);
create index places_basemap_box on places_basemap using gist (box);
create index places_building_box on places_building using gist (box);
