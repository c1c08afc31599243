'use strict';
// What a page does beyond showing its tables: it sorts and filters them and draws charts of them. All values are read from cells and written as text.
(() => {
  const { echarts, countries } = window.provablesecCharts;
  const html = document.documentElement;
  const color = name => getComputedStyle(html).getPropertyValue(name).trim();
  const palette = () => [0, 1, 2, 3, 4, 5, 6, 7].map(i => color('--c' + i));
  const fixed = { ALLOW: '--c3', BLOCK: '--c1', CAPTCHA: '--c2', CHALLENGE: '--c4', COUNT: '--c0', CRITICAL: '--c4', HIGH: '--c1', MEDIUM: '--c2', LOW: '--c0', INFORMATIONAL: '--c5' };
  const number = new Intl.NumberFormat('en-US');
  const regions = new Intl.DisplayNames(['en'], { type: 'region' });
  const regionOf = code => { try { return regions.of(code) ?? code; } catch { return code; } };
  // A tooltip's text is drawn as HTML by the library.
  const safe = text => echarts.format.encodeHTML(String(text));

  const cellsOf = section => {
    const names = [...section.querySelectorAll('thead th')].map(th => th.dataset.name);
    return [...section.querySelectorAll('tbody tr')].map(tr => Object.fromEntries([...tr.cells].map((td, i) => [names[i], td.dataset.v ?? td.textContent])));
  };

  const base = () => ({
    animation: false,
    color: palette(),
    textStyle: { fontFamily: 'system-ui, -apple-system, "Segoe UI", sans-serif', color: color('--ink') },
    aria: { enabled: true },
    tooltip: { trigger: 'item', confine: true, backgroundColor: color('--paper'), borderColor: color('--line'), textStyle: { color: color('--ink') } },
  });
  const axis = { axisLine: { lineStyle: { color: '#8d99ae' } }, splitLine: { lineStyle: { color: 'rgba(141,153,174,.25)' } } };
  const label = () => ({ color: color('--faint') });

  // All times from the first to the last: nothing happened in those between them.
  const filled = times => {
    if (times.length < 2) { return times; }
    const moments = times.map(time => Date.parse(time));
    const step = Math.min(...moments.slice(1).map((moment, i) => moment - moments[i]));
    if (!(step > 0) || (moments.at(-1) - moments[0]) / step > 5000) { return times; }
    return Array.from({ length: Math.round((moments.at(-1) - moments[0]) / step) + 1 }, (_, i) => new Date(moments[0] + i * step).toISOString().replace('.000Z', 'Z'));
  };

  const kinds = {
    time: (rows, role) => {
      const series = [...new Set(rows.map(row => row[role.series]))];
      const times = filled([...new Set(rows.map(row => row[role.x]))].sort());
      const at = new Map(times.map((time, i) => [time, i]));
      const values = new Map(series.map(name => [name, new Array(times.length).fill(0)]));
      rows.forEach(row => { values.get(row[role.series])[at.get(row[role.x])] += Number(row[role.y]); });
      return {
        ...base(),
        tooltip: { ...base().tooltip, trigger: 'axis', valueFormatter: value => number.format(value) },
        legend: { type: 'scroll', top: 0, textStyle: { color: color('--ink') } },
        grid: { left: 60, right: 16, top: 46, bottom: 34 },
        xAxis: { type: 'category', data: times.map(time => time.replace('T', ' ').slice(0, 16)), ...axis, axisLabel: { ...label(), hideOverlap: true } },
        yAxis: { type: 'value', ...axis, axisLabel: { ...label(), formatter: value => number.format(value) } },
        dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl' }],
        series: series.map(name => ({ name, ...(role.chart === 'lines' ? { type: 'line', symbolSize: 5 } : { type: 'bar', stack: 'all', barMaxWidth: 40 }), data: values.get(name), ...(fixed[name] ? { itemStyle: { color: color(fixed[name]) } } : {}) })),
      };
    },
    bar: (rows, role) => {
      const top = rows.slice(0, 10).reverse();
      // As wide as the longest name, in letters of about 6.6 pixels.
      const letters = Math.floor(Math.min(280, innerWidth * 0.4) / 6.6);
      const cut = text => text.length > letters ? text.slice(0, letters - 1) + '…' : text;
      const names = top.map(row => cut(row[role.label]));
      return {
        ...base(),
        tooltip: { ...base().tooltip, formatter: item => `${safe(top[item.dataIndex][role.label])}<br>${number.format(item.value)}` },
        grid: { left: 16 + 6.6 * Math.max(...names.map(name => name.length)), right: 64, top: 8, bottom: 28 },
        xAxis: { type: 'value', ...axis, axisLabel: { ...label(), hideOverlap: true, formatter: value => number.format(value) } },
        yAxis: { type: 'category', data: names, ...axis, axisLabel: label() },
        series: [{ type: 'bar', barMaxWidth: 20, data: top.map(row => Number(row[role.value])), label: { show: true, position: 'right', color: color('--ink'), formatter: item => number.format(item.value) } }],
      };
    },
    map: (rows, role) => {
      const data = rows.filter(row => countries.has(row[role.country])).map(row => ({ name: row[role.country], value: Number(row[role.value]) }));
      const most = Math.max(1, ...data.map(item => item.value));
      return {
        ...base(),
        tooltip: { ...base().tooltip, formatter: item => `${safe(regionOf(item.name))}<br>${Number.isFinite(item.value) ? number.format(item.value) : 'none'}` },
        visualMap: { type: 'continuous', min: 0, max: most, left: 0, bottom: 0, itemHeight: 90, inRange: { color: [color('--land'), color('--c0')] }, textStyle: { color: color('--faint') }, formatter: value => number.format(Math.round(value)) },
        series: [{ type: 'map', map: 'world', roam: false, left: 0, right: 0, top: 0, bottom: 0, data, selectedMode: false, itemStyle: { areaColor: color('--land'), borderColor: color('--paper') }, emphasis: { label: { show: false }, itemStyle: { areaColor: color('--c2') } } }],
      };
    },
    points: (rows, role) => {
      const series = [...new Set(rows.map(row => row[role.color]))];
      const most = Math.max(1, ...rows.map(row => Number(row[role.size])));
      return {
        ...base(),
        tooltip: { ...base().tooltip, formatter: item => `${safe(item.data.place)}<br>${safe(item.seriesName)}: ${number.format(item.data.count)}` },
        legend: { type: 'scroll', top: 0, textStyle: { color: color('--ink') } },
        geo: { map: 'world', roam: false, left: 0, right: 0, top: 30, bottom: 0, silent: true, itemStyle: { areaColor: color('--land'), borderColor: color('--paper') } },
        series: series.map(name => ({
          name, type: 'scatter', coordinateSystem: 'geo', itemStyle: { opacity: 0.7 },
          data: rows.filter(row => row[role.color] === name && row[role.lon] !== '' && row[role.lat] !== '').map(row => ({ value: [Number(row[role.lon]), Number(row[role.lat])], count: Number(row[role.size]), place: [row.city, row.country].filter(Boolean).join(', '), symbolSize: 6 + 26 * Math.sqrt(Number(row[role.size]) / most) })),
        })),
      };
    },
  };

  const drawn = new Map();
  const draw = holder => {
    const section = holder.closest('section');
    const chart = drawn.get(holder) ?? echarts.init(holder, null, { renderer: 'svg' });
    drawn.set(holder, chart);
    const rows = cellsOf(section);
    if (holder.dataset.chart === 'bar') {
      holder.style.height = `${Math.max(90, 40 + 26 * Math.min(10, rows.length))}px`;
      chart.resize();
    }
    chart.setOption(kinds[holder.dataset.chart === 'lines' ? 'time' : holder.dataset.chart](rows, holder.dataset), true);
  };
  const holders = [...document.querySelectorAll('.chart')];
  const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting && !drawn.has(entry.target)).forEach(entry => draw(entry.target)), { rootMargin: '300px' });
  holders.forEach(holder => seen.observe(holder));
  const redraw = () => drawn.forEach((_, holder) => draw(holder));
  addEventListener('resize', () => { drawn.forEach(chart => chart.resize()); });
  addEventListener('beforeprint', () => holders.forEach(draw));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  document.getElementById('theme').addEventListener('click', () => {
    const dark = html.dataset.theme ? html.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    html.dataset.theme = dark ? 'light' : 'dark';
    redraw();
  });

  document.querySelectorAll('section').forEach(section => {
    const table = section.querySelector('table');
    if (!table) { return; }
    const body = table.tBodies[0];
    const filter = section.querySelector('input[type=search]');
    const shown = section.querySelector('output');
    filter?.addEventListener('input', () => {
      const wanted = filter.value.toLowerCase();
      let count = 0;
      [...body.rows].forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(wanted); count += row.hidden ? 0 : 1; });
      shown.value = wanted ? `${number.format(count)} of ${number.format(body.rows.length)} rows` : '';
    });
    [...table.tHead.rows[0].cells].forEach((th, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = th.textContent;
      th.replaceChildren(button);
      button.addEventListener('click', () => {
        const up = th.classList.contains('n') ? th.getAttribute('aria-sort') === 'descending' : th.getAttribute('aria-sort') !== 'ascending';
        const key = row => row.cells[column].dataset.v ?? row.cells[column].textContent;
        const numeric = th.classList.contains('n');
        const compare = numeric ? (a, b) => (a === '' ? -Infinity : Number(a)) - (b === '' ? -Infinity : Number(b)) : (a, b) => a.localeCompare(b);
        const rows = [...body.rows].map(row => [key(row), row]).sort((a, b) => compare(a[0], b[0]) * (up ? 1 : -1));
        [...table.tHead.rows[0].cells].forEach(other => other.removeAttribute('aria-sort'));
        th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        body.append(...rows.map(pair => pair[1]));
      });
    });
  });

  const missing = document.querySelector('.chart[data-chart=map]');
  if (missing) {
    const rows = cellsOf(missing.closest('section')).filter(row => !countries.has(row[missing.dataset.country]));
    missing.closest('figure').querySelector('figcaption').textContent = rows.length === 0 ? ''
      : 'Not on the map: ' + rows.slice(0, 20).map(row => `${row[missing.dataset.country] === '-' ? 'unknown country' : regionOf(row[missing.dataset.country])} (${number.format(Number(row[missing.dataset.value]))})`).join(', ') + (rows.length > 20 ? ', …' : '');
  }
  // A page that is served asks whether its inputs have changed, and does not take away what somebody is looking for.
  const live = document.querySelector('form.live');
  if (live) {
    setInterval(async () => {
      const answer = await fetch('state').catch(() => null);
      if (!answer?.ok) { live.querySelector('output').value = 'The server has ended.'; return; }
      if (await answer.text() === live.dataset.state) { return; }
      if ([...document.querySelectorAll('input[type=search]')].some(input => input.value)) { live.querySelector('output').value = 'There are new records.'; } else { location.reload(); }
    }, 3000);
  }
  html.dataset.ready = 'true';
})();
