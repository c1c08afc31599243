'use strict';
(() => {
  const page = document.documentElement, frame = document.getElementById('picture'), svg = frame.querySelector('svg');
  const search = document.getElementById('search'), count = document.getElementById('count');
  const boxes = [...svg.querySelectorAll('.box')], arrows = [...svg.querySelectorAll('.arrow')];
  const people = [...document.querySelectorAll('.who')], smallest = 0.55;
  const width = svg.viewBox.baseVal.width, height = svg.viewBox.baseVal.height;
  const leaving = new Map();
  for (const arrow of arrows) {
    for (const from of arrow.dataset.from.split(' ')) leaving.set(from, [...(leaving.get(from) || []), arrow]);
  }

  // What is seen of the picture, in its own units.
  let view = { x: 0, y: 0, w: width, h: height };
  const show = () => svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`);
  const fit = whole => {
    // At first no smaller than can be read; then the top is seen, which stands on the right.
    const ratio = frame.clientHeight / frame.clientWidth, real = frame.clientWidth;
    const w = whole ? Math.max(width, height / ratio) : Math.min(Math.max(width, real), real / smallest);
    const h = w * ratio;
    view = { x: w >= width ? (width - w) / 2 : width - w, y: (height - h) / 2, w, h };
    show();
  };
  const zoom = (factor, x = view.x + view.w / 2, y = view.y + view.h / 2) => {
    const w = Math.min(Math.max(view.w * factor, 120), 8 * Math.max(width, height));
    const real = w / view.w;
    view = { x: x - (x - view.x) * real, y: y - (y - view.y) * real, w, h: view.h * real };
    show();
  };
  const move = (x, y) => {
    view.x += x * view.w;
    view.y += y * view.h;
    show();
  };
  const at = event => {
    const box = svg.getBoundingClientRect();
    return [view.x + (event.clientX - box.left) / box.width * view.w, view.y + (event.clientY - box.top) / box.height * view.h];
  };

  // All arrows lead nearer to the top, so whatever can be reached from a box is on a shortest path.
  const pick = box => {
    for (const part of svg.querySelectorAll('.on')) part.classList.remove('on');
    svg.classList.toggle('picked', !!box);
    const open = box ? [box.dataset.box] : [], seen = new Set(open);
    while (open.length > 0) {
      const number = open.pop();
      boxes[number].classList.add('on');
      for (const arrow of leaving.get(number) || []) {
        arrow.classList.add('on');
        arrow.querySelector(`path[data-from="${number}"]`).classList.add('on');
        for (const to of arrow.dataset.to.split(' ')) {
          if (!seen.has(to)) {
            seen.add(to);
            open.push(to);
          }
        }
      }
    }
  };
  for (const box of boxes) {
    box.addEventListener('pointerenter', () => pick(box));
    box.addEventListener('pointerleave', () => pick(null));
    box.addEventListener('focusin', () => pick(box));
    box.addEventListener('focusout', () => pick(null));
  }

  const names = boxes.map(box => box.querySelector('title').textContent.toLowerCase());
  const find = () => {
    const text = search.value.trim().toLowerCase();
    let shown = 0;
    for (const one of people) {
      one.hidden = text !== '' && !one.dataset.name.includes(text);
      shown += one.hidden ? 0 : 1;
    }
    let first = null;
    boxes.forEach((box, i) => {
      const found = text !== '' && names[i].includes(text);
      box.classList.toggle('found', found);
      first = first || (found ? box : null);
    });
    pick(first);
    if (first) {
      const rect = first.querySelector('rect');
      view.x = +rect.getAttribute('x') + rect.getAttribute('width') / 2 - view.w / 3;
      view.y = +rect.getAttribute('y') - view.h / 2;
      show();
    } else if (text === '') {
      fit(false);
    }
    count.textContent = text === '' ? '' : `${shown} of ${people.length}`;
  };
  search.addEventListener('input', find);
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter') {
      const one = people.find(person => !person.hidden);
      if (one) location.hash = one.id;
    }
  });

  document.getElementById('in').addEventListener('click', () => zoom(0.8));
  document.getElementById('out').addEventListener('click', () => zoom(1.25));
  document.getElementById('fit').addEventListener('click', () => fit(true));
  const keys = {
    '+': () => zoom(0.8), '=': () => zoom(0.8), '-': () => zoom(1.25), '0': () => fit(true),
    ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1),
  };
  frame.addEventListener('keydown', event => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      keys[event.key]();
      event.preventDefault();
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && event.target !== search) {
      search.focus();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      search.value = '';
      find();
    }
  });
  frame.addEventListener('wheel', event => {
    if (event.ctrlKey || event.metaKey) {
      zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, ...at(event));
      event.preventDefault();
    }
  }, { passive: false });

  let held = null;
  frame.addEventListener('pointerdown', event => held = { x: event.clientX, y: event.clientY });
  addEventListener('pointermove', event => {
    if (held && event.buttons > 0) {
      const box = svg.getBoundingClientRect();
      move((held.x - event.clientX) / box.width, (held.y - event.clientY) / box.height);
      held = { x: event.clientX, y: event.clientY };
    }
  });
  addEventListener('pointerup', () => held = null);

  frame.classList.add('live');
  frame.style.height = `${Math.min(innerHeight * 0.72, height * Math.max(smallest, Math.min(1, frame.clientWidth / width)) + 8)}px`;
  fit(false);
  page.dataset.ready = 'true';
})();
