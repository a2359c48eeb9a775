/* The whole transcript, a line for each cue: click a word to hear it, or change a line.

   Lines are small and few of them are laid out at a time (content-visibility); the words of a line become elements
   of their own only when it comes near the screen. */
{
  const { make } = page.review;
  const root = document.getElementById("lines");
  const rows = []; // {data, item, text}
  const wordy = new WeakSet();

  function seconds(value) {
    return value.toFixed(3).replace(/0$/, "");
  }

  function build(data) {
    const item = make("li", { class: data.start === null ? "line unseen-cue" : "line" });
    const play = make("button", { type: "button", class: "hear" });
    const heard = data.words.filter(([, , start]) => start !== null);
    play.disabled = !heard.length;
    play.append(make("time", {}, heard.length ? page.clock(heard[0][2]) : "–"));
    play.setAttribute("aria-label", `Hear the line at ${play.textContent}`);
    const who = make("bdi", { class: "who" }, data.speaker ?? "");
    const text = make("p", { class: "said", lang: root.dataset.language, dir: "auto" }, data.text);
    const line = make("p", { class: "second", lang: root.dataset.second, dir: "auto" }, data.translation);
    const open = make("button", { type: "button", class: "quiet change" }, "Change");
    open.setAttribute("aria-label", `Change the line at ${play.textContent}`);
    item.append(play, who, text, open, line);
    const row = { data, item, who, text, line, edits: [], look: "" };
    item.row = row;
    return row;
  }

  function words({ data, text }) {
    if (wordy.has(text)) return;
    wordy.add(text);
    const parts = [];
    let position = 0;
    const characters = [...data.text]; // offsets count characters, not UTF-16 units
    data.words.forEach(([begin, end, start], number) => {
      if (end > characters.length) return;
      if (begin > position) parts.push(characters.slice(position, begin).join(""));
      const word = make("span", { class: "word", "data-token": data.tokens[0] + number }, characters.slice(begin, end).join(""));
      if (start === null) word.classList.add("nowhere");
      parts.push(word);
      position = end;
    });
    parts.push(characters.slice(position).join(""));
    text.replaceChildren(...parts);
    changes(text.closest(".line").row);
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) words(entry.target.row);
    },
    { rootMargin: "600px 0px" },
  );

  // Decisions shown in the text

  function changes(row) {
    if (!wordy.has(row.text)) return;
    for (const put of row.text.querySelectorAll("ins")) put.remove();
    const [first, end] = row.data.tokens;
    const word = (token) => row.text.querySelector(`[data-token="${token}"]`);
    for (const one of row.text.querySelectorAll(".gone")) one.classList.remove("gone");
    for (const edit of row.edits) {
      for (let token = Math.max(first, edit.first); token < Math.min(end, edit.end); token++)
        word(token)?.classList.add("gone");
      const at = edit.first < edit.end ? word(edit.end - 1) : edit.behind ? word(edit.first - 1) : word(edit.first);
      if (!at || !edit.text) continue;
      const put = make("ins", {}, edit.text);
      if (edit.first < edit.end || edit.behind) at.after(put);
      else at.before(put);
    }
  }

  page.on("decided", ({ state }) => {
    const edits = state.decisions.flatMap((one) => (one.kind === "reworded" ? one.edits : []));
    const lacking = new Set(state.without_line.map(String));
    const lines = new Map(state.decisions.filter((one) => one.kind === "translated").map((one) => [String(one.tokens), one.text]));
    const names = new Map(state.speakers.map((one) => [one.name, one.now]));
    const labels = state.decisions.filter((one) => one.kind === "labelled");
    const cues = state.decisions.filter((one) => one.kind === "cue moved");
    for (const row of rows) {
      const key = String(row.data.tokens);
      const [first, end] = row.data.tokens;
      const label = labels.find((one) => one.tokens[0] < end && first < one.tokens[1]);
      const name = label?.speaker ?? row.data.speaker;
      row.cue = [row.data.start, row.data.end];
      for (const one of cues) if (String(one.tokens) === key) row.cue[one.edge === "start" ? 0 : 1] = one.to;
      const moved = cues.some((one) => String(one.tokens) === key);
      const look = {
        who: names.get(name) ?? name ?? "",
        line: lines.get(key) ?? row.data.translation,
        unlike: lacking.has(key),
        changed: lines.has(key) || Boolean(label) || moved,
        edits: edits.filter((edit) => edit.end >= first && edit.first <= end),
      };
      const now = JSON.stringify(look);
      if (now === row.look) continue; // nothing was decided about this line
      row.look = now;
      row.edits = look.edits;
      row.who.textContent = look.who;
      row.line.textContent = look.line;
      row.line.classList.toggle("unlike", look.unlike);
      row.line.title = look.unlike ? "The text of this translation has changed." : "";
      row.item.classList.toggle("changed", look.changed);
      changes(row);
    }
  });

  // Playing

  function from(row, token) {
    const [, , start, end] = row.data.words[token - row.data.tokens[0]];
    if (start === null) return page.say("This word is not in the audio.");
    const last = row.data.words.findLast(([, , begin]) => begin !== null);
    page.player.play(start, Math.max(end, last[3]) + 0.1);
  }

  let lit = null;
  page.on("time", ({ time }) => {
    if (!page.player.playing) return;
    const row = rows[later(time) - 1];
    if (!row || !wordy.has(row.text)) return;
    const number = row.data.words.findLastIndex(([, , start]) => start !== null && start <= time + 0.02);
    const word = row.text.querySelector(`[data-token="${row.data.tokens[0] + number}"]`);
    if (word === lit) return;
    lit?.classList.remove("now");
    word?.classList.add("now");
    lit = word;
  });

  function later(time) {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].from <= time + 0.02) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  root.addEventListener("click", (event) => {
    const row = event.target.closest(".line")?.row;
    if (!row) return;
    const word = event.target.closest(".word");
    if (word) from(row, Number(word.dataset.token));
    if (event.target.closest(".hear")) {
      const heard = row.data.words.filter(([, , start]) => start !== null);
      page.player.play(heard[0][2] - 0.1, heard.at(-1)[3] + 0.1);
    }
    if (event.target.closest(".change")) open(row);
  });

  // Changing

  function field(form, label, input) {
    const around = make("label", {}, label);
    around.append(input);
    form.append(around);
    return input;
  }

  function open(row) {
    const before = row.item.querySelector("form");
    if (before) return before.remove();
    const { data } = row;
    const form = make("form", { class: "own" });
    const text = field(form, "Words", make("textarea", { rows: "2", dir: "auto", lang: root.dataset.language }));
    text.value = said(row);
    const second = root.dataset.second && data.start !== null && field(form, "Second language", make("textarea", { rows: "2", dir: "auto", lang: root.dataset.second }));
    if (second) second.value = row.line.textContent;
    const who = field(form, "Speaker", make("input", { list: "people", dir: "auto" }));
    who.value = row.who.textContent;
    const edges = data.start === null ? [] : ["start", "end"].map((edge, number) => {
      const input = field(form, edge === "start" ? "Start (s)" : "End (s)", make("input", { type: "number", step: "0.001", min: "0" }));
      input.value = seconds(row.cue[number]);
      return input;
    });
    if (!data.whole) text.disabled = true; // only a part of it is shown
    const first = [text.value, second && second.value, who.value, ...edges.map((one) => one.value)];
    form.append(make("button", { type: "submit" }, "Save"));
    const cancel = make("button", { type: "button", class: "quiet" }, "Cancel");
    cancel.addEventListener("click", () => form.remove());
    form.append(cancel);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") form.remove();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { tokens } = data;
      const requests = [];
      if (text.value !== first[0]) requests.push({ ask: "reword", tokens, text: text.value });
      if (second && second.value !== first[1]) requests.push({ ask: "translate", tokens, text: second.value });
      if (who.value !== first[2]) requests.push({ ask: "label", tokens: whole(row), speaker: who.value });
      const order = Number(edges[0]?.value) > Number(first[4]) ? [1, 0] : [0, 1]; // the edge that makes room moves first
      for (const number of order)
        if (edges[number] && edges[number].value !== first[3 + number])
          requests.push({ ask: "move cue", tokens, edge: number ? "end" : "start", to: Number(edges[number].value) });
      for (const request of requests) if (!(await page.review.ask(request))) return;
      form.remove();
    });
    row.item.append(form);
    page.player.pause();
    text.focus();
    form.scrollIntoView({ block: "nearest" }); // the player covers the bottom of the window
  }

  function said(row) {
    words(row);
    const copy = row.text.cloneNode(true);
    for (const one of copy.querySelectorAll(".gone")) one.remove();
    return copy.textContent;
  }

  function whole(row) {
    const same = rows.filter((one) => one.data.turn === row.data.turn);
    return [same[0].data.tokens[0], same.at(-1).data.tokens[1]];
  }

  // Beginning

  async function load() {
    const answer = await fetch("lines");
    for (const data of await answer.json()) {
      const row = build(data);
      row.cue = [data.start, data.end];
      const heard = data.words.find(([, , start]) => start !== null);
      row.from = heard ? heard[2] : (rows.at(-1)?.from ?? 0);
      rows.push(row);
      near.observe(row.item);
    }
    root.append(...rows.map((row) => row.item));
    if (page.review.state) page.emit("decided", { state: page.review.state });
  }
  load();
}
