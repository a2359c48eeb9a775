/* The list of cues, with marks for the places in them. A click on a line plays it and opens it for editing.

     page.lines.rows           all lines, each {data, item}; data as in align/review/lines.py
     page.lines.current        the chosen line, or null
     page.lines.choose(row, {play, focus})
     page.lines.at(time)       the line that is on screen or spoken at a time, or null
     page.lines.step(by)       choose a line before or after the current one
     align:lines {}            lines were loaded again
     align:line {row}          another line was chosen

   Only lines near the window are laid out (content-visibility), and only lines that changed are built again. */
{
  const { make } = page.review;
  const root = document.getElementById("lines");
  const lines = { rows: [], current: null };
  const kept = new Map(); // by the JSON of a line, so that one that did not change keeps its element
  let loaded = -1;
  let following = null; // the row that is being played

  function build(data, key) {
    const item = make("li", { class: data.cue === null ? "line uncued" : "line" });
    const play = make("button", { type: "button", class: "hear" });
    const from = data.start ?? data.words.find(([, , start]) => start !== null)?.[2] ?? null;
    play.append(make("time", {}, from === null ? "–" : page.clock(from)));
    play.setAttribute("aria-label", `Cue at ${play.textContent}`);
    const who = make("bdi", { class: "who" });
    const marks = make("span", { class: "marks" });
    const text = make("p", { class: "said", lang: root.dataset.language, dir: "auto" }, data.text);
    const second = make("p", { class: "second", lang: root.dataset.second, dir: "auto" }, data.translation);
    item.append(play, who, text, second, marks);
    if (data.broken.length) item.classList.add("broken");
    const row = { data, key, item, who, marks, second, from: from ?? 0, until: data.end ?? data.words.findLast(([, , , end]) => end !== null)?.[3] ?? from ?? 0 };
    item.row = row;
    return row;
  }

  async function load() {
    const revision = page.review.state.revision;
    if (revision === loaded) return decorate();
    const answer = await fetch("lines");
    if (!answer.ok) return;
    const all = await answer.json();
    loaded = revision;
    const before = lines.current;
    const fresh = new Map();
    let last = 0;
    lines.rows = all.map((data) => {
      const key = JSON.stringify(data);
      const row = kept.get(key) ?? build(data, key);
      kept.delete(key);
      fresh.set(key, row);
      row.from = last = Math.max(last, row.from);
      return row;
    });
    for (const row of kept.values()) row.item.remove();
    kept.clear();
    for (const [key, row] of fresh) kept.set(key, row);
    let place = root.firstChild;
    for (const { item } of lines.rows) {
      if (place === item) place = place.nextSibling;
      else root.insertBefore(item, place);
    }
    decorate();
    lines.current = null;
    if (before) lines.choose(lines.rows.find((row) => row.data.tokens[0] >= before.data.tokens[0] && row.data.cue !== null) ?? lines.rows.at(-1), { scroll: false });
    page.emit("lines", {});
  }

  function decorate() {
    const { state } = page.review;
    const names = new Map(state.speakers.map((one) => [one.name, one.now]));
    const outdated = new Set(state.without_line.map((tokens) => tokens[0]));
    for (const row of lines.rows) {
      const name = row.data.speaker ?? "";
      const shown = names.get(name) ?? name;
      if (row.who.textContent !== shown) row.who.textContent = shown;
      row.second.classList.toggle("unlike", outdated.has(row.data.tokens[0]));
    }
    places();
  }

  function places() {
    for (const row of lines.rows) if (row.marks.childElementCount) row.marks.replaceChildren();
    for (const card of page.list.cards) {
      const row = lines.at(Number(card.dataset.start)) ?? lines.rows[Math.max(0, later(Number(card.dataset.start)) - 1)];
      const done = page.review.by.has(card.id);
      row?.marks.append(make("i", { class: `mark ${card.dataset.severity}${done ? " done" : ""}`, "data-card": card.id, title: card.querySelector("h3").textContent }));
    }
  }

  lines.choose = (row, { play = false, scroll = true } = {}) => {
    if (!row) return;
    lines.current?.item.removeAttribute("aria-current");
    lines.current = row;
    row.item.setAttribute("aria-current", "true");
    if (scroll) reveal(row.item);
    if (play) page.player.play(row.data.start ?? row.from, row.data.end ?? row.until + 0.1);
    page.emit("line", { row });
  };

  function reveal(item) {
    const list = root.closest(".text");
    if (list.scrollHeight <= list.clientHeight) return; // on a phone the list is below, and the place is above
    item.scrollIntoView({ block: "nearest" });
    const [box, frame] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
    const away = box.top - frame.top - (frame.height - box.height) / 2;
    if (Math.abs(away) > frame.height / 4) list.scrollBy(0, away);
  }

  lines.step = (by) => {
    const at = lines.rows.indexOf(lines.current);
    lines.choose(lines.rows[Math.min(lines.rows.length - 1, Math.max(0, at + by))], { play: true });
  };

  function later(time) {
    let [low, high] = [0, lines.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines.rows[middle].from <= time + 0.001) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  lines.at = (time) => {
    const row = lines.rows[later(time) - 1];
    return row && time <= row.until + 0.05 ? row : null;
  };

  page.on("time", ({ time }) => {
    const row = lines.at(time);
    if (row === following) return;
    following?.item.classList.remove("now");
    row?.item.classList.add("now");
    following = row;
  });
  page.on("current", ({ card }) => {
    if (!card || !lines.rows.length) return;
    const start = Number(card.dataset.start);
    lines.choose(lines.at(start) ?? lines.rows[Math.max(0, later(start) - 1)]);
  });
  page.on("decided", () => load().catch(() => {}));

  root.addEventListener("click", (event) => {
    const row = event.target.closest(".line")?.row;
    if (!row) return;
    const mark = event.target.closest(".mark") ?? row.marks.querySelector(".mark:not(.done)");
    if (mark) page.list.go(document.getElementById(mark.dataset.card), { play: false, focus: false });
    lines.choose(row, { play: true, scroll: false });
  });
  page.lines = lines;
}
