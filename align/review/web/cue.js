/* The chosen cue: its texts, edges and speaker, with what they measure while one types. */
{
  const root = document.getElementById("cue");
  const form = root.querySelector("form");
  const field = form.elements;
  const limits = JSON.parse(root.dataset.limits);
  const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
  const FULL = /[“”‘’…—·]/u; // as wide as the fonts of the language make them
  let shown = null; // the row whose values the fields have
  let first = ""; // those values

  function columns(text, { full_width: full }) {
    let count = 0;
    for (const character of text) count += WIDE.test(character) || (full && FULL.test(character)) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
    return count;
  }

  function seconds(text) {
    const parts = text.trim().replace(",", ".").split(":").map(Number);
    return parts.reduce((sum, part) => sum * 60 + part, 0);
  }

  function clock(time) {
    const rest = (time % 60).toFixed(3).padStart(6, "0");
    return `${Math.floor(time / 60)}:${rest}`;
  }

  function values() {
    return JSON.stringify([field.text.value, field.translation?.value ?? "", field.start.value, field.end.value, field.speaker.value]);
  }

  function measure() {
    const long = Math.max(0.001, seconds(field.end.value) - seconds(field.start.value));
    const faults = [];
    const gauge = (area, output, rules) => {
      if (!area) return;
      const lines = area.value.split("\n").filter((line) => line.trim());
      const widths = lines.map((line) => columns(line.trim(), rules));
      const each = rules.full_width ? 2 : 1; // rules count Chinese in whole characters
      const speed = widths.reduce((sum, width) => sum + width, 0) / each / long;
      const most = Math.round(rules.columns / each);
      const room = rules.columns * rules.lines;
      output.textContent = `${widths.map((width) => Math.ceil(width / each)).join(" + ") || 0} of ${most} · ${speed.toFixed(1)} characters/s, at most ${Math.round(rules.speed / each)}`;
      const wide = lines.length > 1 ? widths.some((width) => width > rules.columns) : (widths[0] ?? 0) > room;
      if (wide) faults.push("a line is too long");
      if (lines.length > rules.lines) faults.push("too many lines");
      if (speed > rules.speed / each + 0.01) faults.push("too fast to read");
      output.classList.toggle("bad", wide || lines.length > rules.lines || speed > rules.speed / each + 0.01);
    };
    const [rules, rules2] = limits.rules;
    gauge(field.text, field.gauge, rules);
    gauge(field.translation, field.gauge2, rules2);
    if (long < rules.shortest - 0.001) faults.push(`shorter than ${rules.shortest} s`);
    if (long > rules.longest + 0.001) faults.push(`longer than ${rules.longest} s`);
    if (shown?.data.broken.includes("gap")) faults.push("too close to the next cue, or flickering");
    root.querySelector(".faults").textContent = faults.length ? `Rules broken: ${faults.join(", ")}.` : "";
    form.classList.toggle("dirty", values() !== first);
  }

  function fill(row) {
    shown = row;
    const { data } = row;
    const cue = data.cue !== null;
    form.hidden = !cue;
    root.querySelector(".hint").hidden = cue;
    root.querySelector(".hint").textContent = cue ? "" : "No cue shows these words.";
    if (!cue) return;
    field.text.value = data.text;
    field.text.disabled = !data.whole; // only a part of it is shown
    if (field.translation) field.translation.value = data.translation;
    field.start.value = clock(data.start);
    field.end.value = clock(data.end);
    field.speaker.value = row.who.textContent;
    first = values();
    measure();
  }

  async function save(more = {}) {
    if (!shown || shown.data.cue === null) return false;
    const { data } = shown;
    const now = values();
    const moved = "start" in more || "end" in more;
    if (now === first && !moved) return true;
    const [text, translation, start, end, speaker] = JSON.parse(now);
    const old = JSON.parse(first);
    const value = (name, given, before, exact) => more[name] ?? (given === before ? exact : seconds(given));
    const request = { ask: "edit cue", cue: data.cue, text, translation, start: value("start", start, old[2], data.start), end: value("end", end, old[3], data.end) };
    const cueChanged = moved || JSON.stringify([text, translation, start, end]) !== JSON.stringify(old.slice(0, 4));
    first = now; // what is being saved is not saved twice
    const done = !cueChanged || (await page.review.ask(request));
    if (done && speaker !== old[4]) {
      const turn = page.lines.rows.filter((row) => row.data.turn === data.turn);
      return page.review.ask({ ask: "label", tokens: [turn[0].data.tokens[0], turn.at(-1).data.tokens[1]], speaker });
    }
    if (!done) first = JSON.stringify(old);
    measure();
    return done;
  }

  async function act(ask, more = {}) {
    const row = shown;
    if (!row || row.data.cue === null) return page.say("Choose a cue first.");
    if (!(await save())) return;
    await page.review.ask({ ask, cue: row.data.cue, ...more });
  }

  function split(typing) {
    if (typing) return act("split cue", { at: [...field.text.value.slice(0, field.text.selectionStart)].length });
    const { time } = page.player;
    const inside = shown && time > shown.data.start && time < shown.data.end;
    return act("split cue", inside ? { time } : { at: Math.floor([...field.text.value].length / 2) });
  }

  async function nudge(edge, by) {
    if (!shown || shown.data.cue === null) return page.say("Choose a cue first.");
    await save({ [edge]: shown.data[edge] + by * limits.frame });
  }

  function insert() {
    const row = shown;
    if (!row || row.data.cue === null) return page.say("Choose a cue first.");
    const following = page.lines.rows.find((one) => one.data.cue === row.data.cue + 1);
    const until = following?.data.start ?? Number(document.getElementById("audio").dataset.seconds);
    const gap = 2 * limits.frame;
    const [start, end] = [row.data.end + gap, Math.min(until - gap, row.data.end + gap + 2)];
    if (end - start < 0.2) return page.say("There is no room for a cue here.");
    const dialog = document.getElementById("new-cue");
    dialog.querySelector("form").onsubmit = async (event) => {
      event.preventDefault();
      const { text, translation } = event.target.elements;
      const request = { ask: "insert cue", cue: row.data.cue, text: text.value, translation: translation?.value ?? "", start, end };
      if (await page.review.ask(request)) dialog.close();
    };
    dialog.querySelector("form").reset();
    dialog.showModal();
  }

  form.addEventListener("input", measure);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea, input")) page.player.pause();
  });
  form.addEventListener("focusout", (event) => {
    if (event.target.matches("textarea, input") && !form.contains(event.relatedTarget)) save();
  });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target.matches("input"))) {
      event.preventDefault();
      save();
    }
    if (event.altKey && event.code === "KeyS") {
      event.preventDefault();
      split(true);
    }
    if (event.key === "Escape") {
      fill(shown);
      shown.item.querySelector(".hear").focus({ preventScroll: true });
    }
  });

  page.on("line", ({ row }) => {
    if (shown && values() !== first && !form.hidden) save();
    fill(row);
  });
  page.on("lines", () => {
    if (page.lines.current && page.lines.current !== shown) fill(page.lines.current);
  });

  for (const [name, keys, words, run] of [
    ["edit cue", ["e"], "Edit the cue", () => (form.hidden ? page.say("Choose a cue first.") : field.text.focus())],
    ["split", ["s"], "Split the cue at the playhead", () => split(false)],
    ["merge", ["m"], "Merge the cue with the next", () => act("merge cue")],
    ["insert", ["n"], "Insert a cue after this one", insert],
    ["delete", ["Delete"], "Delete the cue and its words", () => act("delete cue")],
    ["start earlier", [","], "Start the cue a frame earlier", () => nudge("start", -1)],
    ["start later", ["."], "Start it a frame later", () => nudge("start", 1)],
    ["end earlier", ["<"], "End the cue a frame earlier", () => nudge("end", -1)],
    ["end later", [">"], "End it a frame later", () => nudge("end", 1)],
    ["cue before", ["PageUp"], "Go to the cue before", () => page.lines.step(-1)],
    ["cue after", ["PageDown"], "Go to the next cue", () => page.lines.step(1)],
    ["broken", ["b"], "Go to the next cue that breaks a rule", () => {
      const { rows, current } = page.lines;
      const at = rows.indexOf(current);
      const row = [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find((one) => one.data.broken.length);
      if (row) page.lines.choose(row, { play: true });
      else page.say("No cue breaks a rule.");
    }],
  ])
    page.command({ name, keys, words, run });
  page.cue = { save };
}
