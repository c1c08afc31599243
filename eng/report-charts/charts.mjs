// What pages of reports need of Apache ECharts, and the map of the world: eng/update-report-charts.sh makes one script of it.
import * as echarts from 'echarts/core';
import { BarChart, LineChart, MapChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, DataZoomInsideComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { feature } from 'topojson-client';
import world from './world.json';

echarts.use([BarChart, LineChart, MapChart, ScatterChart, AriaComponent, DataZoomInsideComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapContinuousComponent, SVGRenderer]);

// On a sphere a border may cross the 180th meridian; on this map the part beyond it stands at the other edge.
const beyond = ring => ring.some(([longitude]) => Math.abs(longitude) > 180);
const unwrapped = ring => {
  let turn = 0;
  return ring.map(([longitude, latitude], i) => {
    const step = i === 0 ? 0 : longitude - ring[i - 1][0];
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [longitude + turn, latitude];
  });
};
const clipped = (ring, edge, side) => ring.flatMap(([x, y], i) => {
  const [u, v] = ring[(i + ring.length - 1) % ring.length];
  const inside = (x - edge) * side >= 0;
  const crossing = inside === (u - edge) * side >= 0 ? [] : [[edge, v + (y - v) * (edge - u) / (x - u)]];
  return inside ? [...crossing, [x, y]] : crossing;
});
const cut = polygon => {
  const rings = polygon.map(unwrapped);
  if (!rings.some(beyond)) { return [polygon]; }
  const edge = rings[0].some(([longitude]) => longitude > 180) ? 180 : -180;
  const side = Math.sign(edge);
  return [rings.map(ring => clipped(ring, edge, -side)), rings.map(ring => clipped(ring, edge, side).map(([x, y]) => [x - 360 * side, y]))]
    .map(part => part.filter(ring => ring.length > 2)).filter(part => part.length > 0);
};

const countries = feature(world, world.objects.countries);
const planar = ({ type, coordinates }) => ({ type: 'MultiPolygon', coordinates: (type === 'Polygon' ? [coordinates] : coordinates).flatMap(cut) });
echarts.registerMap('world', { type: 'FeatureCollection', features: countries.features.map(country => ({ type: 'Feature', geometry: planar(country.geometry), properties: { name: country.id } })) });

window.provablesecCharts = { echarts, countries: new Set(countries.features.map(country => country.id)) };
