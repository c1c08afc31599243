// Natural Earth's countries at 1:110m with the two letters of ISO 3166 that AWS uses, as TopoJSON: reads world-atlas and i18n-iso-countries, writes world.json.
import { readFileSync, writeFileSync } from 'node:fs';

const world = JSON.parse(readFileSync('node_modules/world-atlas/countries-110m.json', 'utf8'));
const codes = JSON.parse(readFileSync('node_modules/i18n-iso-countries/codes.json', 'utf8'));
const letters = new Map(codes.map(([two, , number]) => [number, two]));
// Natural Earth gives no ISO number to these.
const named = { Kosovo: 'XK', 'N. Cyprus': 'CY', Somaliland: 'SO' };

const countries = world.objects.countries.geometries
  .map(({ type, arcs, id, properties }) => ({ type, arcs, id: letters.get(id) ?? named[properties.name] }))
  .filter(country => country.id && country.id !== 'AQ');
writeFileSync('world.json', JSON.stringify({ type: 'Topology', transform: world.transform, arcs: world.arcs, objects: { countries: { type: 'GeometryCollection', geometries: countries } } }));
