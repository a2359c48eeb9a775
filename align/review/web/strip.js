/* page.strip.x(time)         where on the screen a time is, in pixels

   The waveform under everything: cues as blocks whose edges can be dragged, words as ticks, places as marks.

   It is a canvas of our own: a library would put styles and markup into the page, which its policy forbids. Sound
   comes in tiles that are kept; only what is on the screen is drawn. */
{
  const strip = document.getElementById("strip");
  const canvas = strip.querySelector("canvas");
  const context = canvas.getContext("2d");
  const seconds = Number(document.getElementById("audio").dataset.seconds);
  const TILE = 10; // seconds of sound that are asked for at a time
  const COLUMNS = 500; // of a tile
  const LOUDEST = 0.6; // amplitude that fills the height
  const NEAR = 7; // pixels from an edge that still take hold of it
  const [SHORTEST, LONGEST] = [2, 120]; // seconds that the strip shows
  const SNAP = 0.08; // seconds within which an edge goes to a word or a neighbour
  const tiles = new Map();
  const view = { start: 0, seconds: Math.min(20, Math.max(SHORTEST, seconds)) };
  let held = null; // {row, edge, time} while an edge is dragged
  let head = 0;
  let due = false;

  function redraw() {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  }

  function tile(number) {
    if (!tiles.has(number)) {
      tiles.set(number, "");
      const begin = number * TILE;
      fetch(`wave?begin=${begin}&seconds=${Math.min(TILE, Math.max(0.01, seconds - begin))}&columns=${COLUMNS}&loudest=${LOUDEST}`)
        .then(async (answer) => {
          if (answer.ok) tiles.set(number, await answer.json());
          redraw();
        })
        .catch(() => tiles.delete(number));
    }
    return tiles.get(number);
  }

  function colours() {
    const style = getComputedStyle(strip);
    const get = (name) => style.getPropertyValue(name).trim();
    return { wave: get("--wave"), line: get("--line"), ink: get("--ink"), soft: get("--soft"), accent: get("--accent"), high: get("--high"), card: get("--card"), come: get("--come") };
  }

  function draw() {
    const box = strip.getBoundingClientRect();
    const scale = window.devicePixelRatio || 1;
    const [wide, tall] = [Math.round(box.width), Math.round(box.height)];
    if (!wide || !tall) return;
    if (canvas.width !== wide * scale || canvas.height !== tall * scale) [canvas.width, canvas.height] = [wide * scale, tall * scale];
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const c = colours();
    const x = (time) => ((time - view.start) / view.seconds) * wide;
    context.clearRect(0, 0, wide, tall);
    const [top, block] = [16, 26];
    const middle = top + (tall - top - block) / 2;
    const half = (tall - top - block) / 2 - 2;
    context.fillStyle = c.wave;
    for (let number = Math.floor(view.start / TILE); number * TILE < view.start + view.seconds; number++) {
      const levels = tile(number);
      const length = Math.min(TILE, seconds - number * TILE);
      const step = length / COLUMNS;
      for (let k = 0; k < levels.length; k++) {
        const height = Math.max(0.5, (parseInt(levels[k], 36) / 35) * half);
        const left = x(number * TILE + k * step);
        if (left < -2 || left > wide) continue;
        context.fillRect(left, middle - height, Math.max(1, (step / view.seconds) * wide), 2 * height);
      }
    }
    const every = [0.5, 1, 2, 5, 10, 20, 30].find((each) => (each / view.seconds) * wide > 70) ?? 60;
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = c.soft;
    for (let time = Math.ceil(view.start / every) * every; time < view.start + view.seconds; time += every) context.fillText(`${page.clock(time)}${every < 1 && time % 1 ? ".5" : ""}`, x(time) + 3, 11);
    context.textBaseline = "alphabetic";
    for (const row of visible()) {
      const [start, end] = edges(row);
      const chosen = row === page.lines.current;
      const [left, right] = [x(start), x(end)];
      context.fillStyle = chosen ? c.accent : c.come;
      context.globalAlpha = chosen ? 0.22 : 0.5;
      if (chosen) context.fillRect(left, top, right - left, tall - top - block);
      context.globalAlpha = 1;
      context.fillStyle = chosen ? c.accent : c.come;
      context.fillRect(left, tall - block, Math.max(1, right - left), block - 2);
      context.strokeStyle = row.data.broken.length ? c.high : c.accent;
      context.strokeRect(left + 0.5, tall - block + 0.5, Math.max(1, right - left - 1), block - 3);
      if (right - left > 24) {
        context.save();
        context.beginPath();
        context.rect(left + 3, 0, right - left - 6, tall);
        context.clip();
        context.font = "13px system-ui, 'PingFang SC', 'Noto Sans CJK SC', sans-serif";
        context.fillStyle = chosen ? c.card : c.ink;
        context.fillText(row.data.text.replace("\n", " ⏎ "), left + 5, tall - 9);
        context.restore();
      }
      if (view.seconds <= 40) {
        context.fillStyle = c.soft;
        for (const [, , begin] of row.data.words) if (begin !== null) context.fillRect(x(begin), tall - block - 5, 1, 4);
      }
    }
    for (const card of page.list.cards) {
      const [start, end] = [Number(card.dataset.start), Number(card.dataset.end)];
      if (end < view.start || start > view.start + view.seconds || page.review.by.has(card.id)) continue;
      context.fillStyle = c.high;
      context.fillRect(x(start), top, Math.max(3, x(end) - x(start)), 3);
    }
    context.fillStyle = c.ink;
    context.fillRect(x(head), 0, 1.5, tall);
  }

  function visible() {
    return (page.lines?.rows ?? []).filter(({ data }) => data.cue !== null && data.end > view.start && data.start < view.start + view.seconds);
  }

  function edges(row) {
    const both = [row.data.start, row.data.end];
    if (held?.row === row) both[held.edge === "start" ? 0 : 1] = held.time;
    return both;
  }

  function show(time, force = false) {
    const margin = view.seconds * 0.08;
    if (!force && time >= view.start + margin && time <= view.start + view.seconds - margin) return;
    view.start = Math.max(0, Math.min(Math.max(0, seconds - view.seconds), time - view.seconds * (force ? 0.5 : 0.1)));
  }

  function zoom(by, around) {
    const wide = Math.min(LONGEST, Math.max(SHORTEST, view.seconds * by), Math.max(SHORTEST, seconds));
    const share = (around - view.start) / view.seconds;
    view.start = Math.max(0, Math.min(Math.max(0, seconds - wide), around - share * wide));
    view.seconds = wide;
    redraw();
  }

  function timeAt(event) {
    const box = canvas.getBoundingClientRect();
    return view.start + ((event.clientX - box.left) / box.width) * view.seconds;
  }

  function edgeAt(event) {
    const time = timeAt(event);
    const near = (NEAR * view.seconds) / canvas.getBoundingClientRect().width;
    const rows = visible().sort((a, b) => (b === page.lines.current) - (a === page.lines.current));
    for (const row of rows) for (const edge of ["start", "end"]) if (Math.abs(row.data[edge] - time) <= near) return { row, edge };
    return null;
  }

  function snapped(time, { row, edge }) {
    const { rows } = page.lines;
    const beside = rows.find((one) => one.data.cue === row.data.cue + (edge === "start" ? -1 : 1));
    const gap = 2 * JSON.parse(document.getElementById("cue").dataset.limits).frame;
    const points = row.data.words.map(([, , start, end]) => (edge === "start" ? start : end)).filter((point) => point !== null);
    if (beside && edge === "start") points.push(beside.data.end + gap);
    if (beside && edge === "end") points.push(beside.data.start - gap);
    const best = points.reduce((nearest, point) => (Math.abs(point - time) < Math.abs(nearest - time) ? point : nearest), Infinity);
    const low = edge === "start" ? (beside?.data.end ?? 0) : row.data.start + 0.05;
    const high = edge === "end" ? (beside?.data.start ?? seconds) : row.data.end - 0.05;
    return Math.min(high, Math.max(low, Math.abs(best - time) < SNAP ? best : time));
  }

  canvas.addEventListener("pointerdown", (event) => {
    const edge = edgeAt(event);
    if (edge) {
      held = { ...edge, time: edge.row.data[edge.edge] };
      page.lines.choose(edge.row);
      canvas.setPointerCapture(event.pointerId);
      return;
    }
    const time = timeAt(event);
    const row = visible().find(({ data }) => time >= data.start && time <= data.end);
    if (row) page.lines.choose(row);
    page.player.play(time, row ? row.data.end : seconds);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (held) held.time = snapped(timeAt(event), held);
    else canvas.classList.toggle("edge", Boolean(edgeAt(event)));
    if (held) redraw();
  });
  canvas.addEventListener("pointerup", async () => {
    if (!held) return;
    const { row, edge, time } = held;
    const { data } = row;
    if (Math.abs(time - data[edge]) > 0.001)
      await page.review.ask({ ask: "edit cue", cue: data.cue, text: data.text, translation: data.translation, start: data.start, end: data.end, [edge]: time });
    held = null;
    redraw();
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, timeAt(event));
    const moved = ((event.deltaX || event.deltaY) / canvas.clientWidth) * view.seconds;
    view.start = Math.max(0, Math.min(Math.max(0, seconds - view.seconds), view.start + moved));
    redraw();
  }, { passive: false });
  for (const button of strip.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(Number(button.dataset.zoom), head || view.start + view.seconds / 2));

  page.on("time", ({ time }) => {
    head = time;
    show(time);
    redraw();
  });
  page.on("line", ({ row }) => {
    if (row.data.start !== null) {
      const middle = (row.data.start + row.data.end) / 2;
      if (row.data.start < view.start || row.data.end > view.start + view.seconds) show(middle, true);
    }
    redraw();
  });
  for (const name of ["lines", "decided"]) page.on(name, redraw);
  page.strip = {
    x(time) {
      const box = canvas.getBoundingClientRect();
      return box.left + ((time - view.start) / view.seconds) * box.width;
    },
  };
  new ResizeObserver(redraw).observe(strip);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}
