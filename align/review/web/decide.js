/* Decisions, made here and in other windows.

     page.review.state         the last state from the server (align/review/session.py)
     page.review.ask(request)  decide something; resolves to whether it was done
     page.review.post(path, body)  any other request; resolves to the answer, or null after showing the error
     page.review.make(name, attributes, text)  an element; text is never HTML
     align:decided {state}     something was decided */
{
  const message = document.getElementById("message");
  const part = (id) => document.getElementById(id);
  const WORDS = { keep: "Kept as written", fine: "Marked as fine", take: "Accepted as heard", edit: "Changed" };
  let queue = Promise.resolve();
  let shown = null; // the alignment that the page shows

  function make(name, attributes = {}, text = "") {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  }

  function tell(sentence, bad = false) {
    message.textContent = sentence;
    message.classList.toggle("bad", bad);
  }

  async function send(path, body) {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    return { ok: answer.ok, answer: await answer.json() };
  }

  async function post(path, body = {}, quiet = false) {
    try {
      const { ok, answer } = await send(path, { revision: page.review.state.revision, ...body });
      if (ok) return answer;
      if (answer.why === "behind") await look();
      if (!quiet) tell(answer.error, true);
      return quiet || answer.why === "overwrites" ? answer : null;
    } catch {
      tell("The review has stopped; start `align review` again. Every decision is saved.", true);
      return null;
    }
  }

  function enqueue(work) {
    queue = queue.then(work, work); // one at a time, so that each request knows the last revision
    return queue;
  }

  function change(path, body) {
    return enqueue(async () => {
      const state = await post(path, body);
      if (state) update(state);
      return Boolean(state);
    });
  }

  async function look() {
    const at = page.review.state ? `?revision=${page.review.state.revision}` : "";
    const answer = await fetch(`state${at}`);
    if (answer.status === 200) update(await answer.json());
  }

  function update(state) {
    shown ??= state.alignment;
    page.review.state = state;
    if (state.alignment !== shown) return void location.reload(); // applied, or undone, in some window
    tell(state.applying ?? "");
    part("decided").textContent = `${state.decided} of ${state.places}`;
    part("progress").value = state.places ? state.decided / state.places : 1;
    for (const name of ["undo", "redo"]) {
      part(name).disabled = !state[name];
      part(name).title = state[name] ? `${name === "undo" ? "Undo" : "Redo"}: ${state[name]}` : "";
    }
    part("apply").disabled = !state.decisions.length;
    showDecisions(state);
    showStale(state);
    page.emit("decided", { state });
  }

  // Cards

  function words(decision) {
    if (decision.kind === "judged") return [WORDS[decision.choice]];
    if (decision.kind === "labelled") return ["Speaker: ", decision.speaker];
    const text = decision.edits.map((edit) => edit.text).filter(Boolean).join(" … ");
    return text ? [`${WORDS[decision.choice]}: `, text] : ["Deleted"];
  }

  const shownDecisions = new WeakMap(); // by card, so that only cards with a new decision are updated

  function verdict(card, decision) {
    const key = decision?.id ?? "";
    if ((shownDecisions.get(card) ?? "") === key) return;
    shownDecisions.set(card, key);
    const line = card.querySelector(".verdict");
    line.hidden = !decision;
    line.replaceChildren();
    card.classList.toggle("decided", Boolean(decision));
    for (const button of card.querySelectorAll("[data-choice]"))
      button.ariaPressed = String(Boolean(decision) && chosen(decision) === button.dataset.choice);
    if (!decision) return;
    const [verb, text = ""] = words(decision);
    line.append(verb, make("bdi", { lang: part("lines").dataset.language }, text));
    const back = make("button", { type: "button", class: "quiet", "data-withdraw": decision.id }, "Withdraw");
    line.append(" ", back);
    if (decision.kind === "reworded" && decision.edits.length === 1 && decision.edits[0].first < decision.edits[0].end) {
      line.append(" ", make("button", { type: "button", class: "quiet", "data-everywhere": "" }, "Same everywhere"));
    }
  }

  function showDecisions(state) {
    const by = new Map(state.decisions.flatMap((one) => one.settles.map((id) => [id, one])));
    for (const card of page.list.cards) verdict(card, by.get(card.id));
    page.review.by = by;
    const left = part("left");
    if (left) left.textContent = String(page.list.cards.filter((card) => !by.has(card.id)).length);
    if (part("undecided")?.ariaPressed === "true") page.filter();
  }

  function showStale(state) {
    const lost = part("lost");
    lost.hidden = !state.stale.length;
    lost.querySelector("ul").replaceChildren(
      ...state.stale.map((one) => {
        const item = make("li");
        const back = make("button", { type: "button", class: "quiet", "data-withdraw": one.id }, "Withdraw");
        item.append(make("bdi", {}, one.about), " ", back);
        return item;
      }),
    );
  }

  function chosen(decision) {
    return decision.choice ?? "take";
  }

  async function decide(card, choice, onward) {
    if (!card) return page.say("Select a mismatch first (↓).");
    if (choice === "edit") return open(card);
    const request =
      choice === "take" ? { ask: "take", mismatch: card.id } : { ask: "judge", mismatch: card.id, choice };
    const behind = after(card); // before the filter may hide the card
    if ((await page.review.ask(request)) && onward) next(behind);
  }

  function after(card) {
    const { shown } = page.list;
    const at = shown.indexOf(card);
    return [...shown.slice(at + 1), ...shown.slice(0, at)];
  }

  async function choose(card, alternative, everywhere, onward) {
    const request = { ask: "choose", mismatch: card.id, alternative, everywhere };
    const behind = after(card);
    if ((await page.review.ask(request)) && onward) next(behind);
  }

  const alternatives = (card) => card?.querySelectorAll("[data-alternative]:not([data-all])").length ?? 0;

  function next(behind) {
    const card = behind.find((one) => !page.review.by.has(one.id));
    if (card) page.list.go(card);
    else page.say("All of these are decided.");
  }

  // The reviewer's own text

  function open(card) {
    card.querySelector(".own")?.remove();
    const form = make("form", { class: "own" });
    const speaker = card.dataset.kind === "wrong speaker";
    const written = card.querySelector(".focus")?.textContent ?? "";
    const held = page.review.by.get(card.id);
    const before = held?.kind === "reworded" ? held.edits.at(-1).text : speaker ? "" : written;
    const field = speaker
      ? make("input", { list: "people", "aria-label": "Speaker" })
      : make("textarea", { rows: "2", lang: part("lines").dataset.language, "aria-label": "Text" });
    field.dir = "auto";
    field.value = before;
    const save = make("button", { type: "submit" }, "Save");
    const cancel = make("button", { type: "button", class: "quiet" }, "Cancel");
    form.append(field, save, cancel);
    card.querySelector(".decide").after(form);
    const close = () => {
      form.remove();
      card.focus({ preventScroll: true });
    };
    cancel.addEventListener("click", close);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const tokens = speaker && page.review.tokens(card.id);
      const request = speaker
        ? { ask: "label", tokens, speaker: field.value, mismatch: card.id }
        : { ask: "edit", mismatch: card.id, text: field.value };
      const behind = after(card);
      if (!(await page.review.ask(request))) return;
      form.remove();
      next(behind);
    });
    page.player.pause();
    field.focus();
    field.select();
    form.scrollIntoView({ block: "nearest" }); // the player covers the bottom of the window
  }

  page.review = {
    state: null,
    by: new Map(),
    make,
    tell,
    post,
    ask: (request) => change("decide", { request }),
    tokens: (id) => page.review.state.tokens[id],
    look,
    change,
  };

  document.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    const choice = event.target.closest("[data-choice]")?.dataset.choice;
    if (choice) decide(card, choice, false);
    const alternative = event.target.closest("[data-alternative]");
    if (alternative) choose(card, Number(alternative.dataset.alternative), "all" in alternative.dataset, false);
    const withdraw = event.target.closest("[data-withdraw]")?.dataset.withdraw;
    if (withdraw) page.review.ask({ ask: "withdraw", of: [withdraw] });
  });

  for (const [key, name, choice, does] of [
    ["1", "keep", "keep", "Keep what is written; take the first alternative"],
    ["2", "take", "take", "Accept what was heard; take the second alternative"],
    ["3", "edit", "edit", "Enter other text; take the third alternative"],
    ["4", "fine", "fine", "Mark as fine; take the fourth alternative"],
  ])
    page.command({
      name,
      keys: [key],
      words: does,
      run: (card) => {
        if (Number(key) <= alternatives(card)) choose(card, Number(key) - 1, false, true);
        else decide(card, choice, true);
      },
    });
  for (const [key, name, choice, does] of [
    ["0", "keep-word", "keep", "Keep what is written"],
    ["5", "edit-word", "edit", "Enter other text"],
  ])
    page.command({ name, keys: [key], words: does, run: (card) => decide(card, choice, true) });
  page.command({
    name: "everywhere",
    keys: ["6"],
    words: "Take the first alternative at every place that has it",
    run: (card) => alternatives(card) && choose(card, 0, true, true),
  });
  page.command({ name: "undo", keys: ["u"], words: "Undo the last decision", run: () => step("undo") });
  page.command({ name: "redo", keys: ["y"], words: "Redo", run: () => step("redo") });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    step(event.shiftKey ? "redo" : "undo");
  });

  const undecided = part("undecided");
  page.filters.push((card) => undecided?.ariaPressed !== "true" || !page.review.by.has(card.id));
  undecided?.addEventListener("click", () => {
    undecided.ariaPressed = String(undecided.ariaPressed !== "true");
    page.filter();
  });

  // Other windows, and applying

  setInterval(() => {
    if (document.visibilityState === "visible") enqueue(() => look().catch(() => {}));
  }, 1500);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") enqueue(() => look().catch(() => {}));
  });

  const asking = part("apply-ask");
  let wanted = null; // what to do when confirmed
  function ask(sentence, path, overwrite) {
    wanted = { path, overwrite };
    asking.querySelector(".what").textContent = sentence;
    asking.querySelector("[type=submit]").textContent = overwrite ? "Overwrite" : "Apply";
    asking.showModal();
  }
  function step(path, overwrite = false) {
    return enqueue(async () => {
      const more = path === "apply" ? { translate: !asking.querySelector("[name=later]")?.checked } : {};
      const watching = setInterval(watch, 500);
      const answer = await post(path, { overwrite, ...more });
      clearInterval(watching);
      part("applying").hidden = true;
      if (answer?.why === "overwrites") return ask(answer.error, path, true);
      if (!answer) return;
      if (path === "apply") sessionStorage.setItem("left", answer.left || "All files are written.");
      update(answer);
    });
  }
  async function watch() {
    const answer = await fetch("state").catch(() => null);
    const { applying, share } = answer?.ok ? await answer.json() : {};
    if (!applying) return;
    tell(applying);
    part("applying").hidden = false;
    const bar = part("applying").querySelector("progress");
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
  }
  part("applying").querySelector("button").addEventListener("click", () => send("stop", {}));
  part("apply").addEventListener("click", () => {
    const { state } = page.review;
    const lines = state.without_line.length;
    const english = lines ? ` ${lines} translations are outdated and will be translated again.` : "";
    const lost = state.stale.length ? ` ${state.stale.length} others are for a text that has changed, and remain.` : "";
    ask(`${state.decisions.length} decisions will be written into the files.${lost}${english} This can be undone.`, "apply", false);
  });
  asking.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    asking.close();
    tell("Writing the files …");
    step(wanted.path, wanted.overwrite);
  });
  for (const dialog of document.querySelectorAll("dialog"))
    dialog.querySelector("[value=cancel]")?.addEventListener("click", () => dialog.close());

  enqueue(async () => {
    await look();
    const left = sessionStorage.getItem("left");
    sessionStorage.removeItem("left");
    const sentences = [...(left ? [left] : []), ...page.review.state.notes];
    if (sentences.length) tell(sentences.join(" "));
  });
}
