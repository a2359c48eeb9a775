/* Decisions about many places at once, with a preview. */
{
  const { make } = page.review;

  function place(row) {
    const item = make("li");
    const when = row.start === null ? "" : `${page.clock(row.start)} `;
    item.append(make("small", {}, when));
    const line = make("bdi");
    line.append(row.before.slice(-12));
    if (row.written && row.written !== row.text) line.append(make("del", {}, row.written));
    if (row.text) line.append(row.written === row.text ? row.text : make("ins", {}, row.text));
    if (row.speaker) line.append(make("ins", {}, row.speaker));
    line.append(row.after.slice(0, 12));
    item.append(line);
    return item;
  }

  function dialog(id, wanted) {
    const root = document.getElementById(id);
    const form = root.querySelector("form");
    const count = root.querySelector(".count");
    const list = root.querySelector(".preview");
    let asked = 0;

    async function look() {
      const number = ++asked;
      const request = wanted(form);
      const answer = request && (await page.review.post("preview", { request }, true));
      if (number !== asked) return; // the form has changed since
      const places = answer?.places ?? [];
      count.textContent = answer?.error ?? (request ? `${places.length} ${places.length === 1 ? "place" : "places"}` : "");
      list.replaceChildren(...places.slice(0, 200).map(place));
      form.querySelector("[type=submit]").disabled = !places.length;
    }

    form.addEventListener("input", look);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await page.review.ask(wanted(form))) root.close();
    });
    return {
      open(values = {}) {
        for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
        root.showModal();
        look();
      },
      form,
    };
  }

  const batch = dialog("batch", (form) => {
    const { kind, speaker, choice } = form.elements;
    return kind.value && { ask: "batch", choice: choice.value, mismatch: kind.value, speaker: speaker.value || null };
  });
  const everywhere = dialog("everywhere", (form) => {
    const { find, text } = form.elements;
    return find.value && text.value && { ask: "everywhere", find: find.value, text: text.value };
  });

  document.querySelector("[data-opens=batch]").addEventListener("click", () => {
    const speaker = batch.form.elements.speaker;
    const names = [...new Set(page.review.state.speakers.map((one) => one.now))];
    speaker.replaceChildren(make("option", { value: "" }, "all speakers"));
    for (const name of names) speaker.append(make("option", { value: name }, name));
    const card = page.list.current;
    batch.open(card ? { kind: card.dataset.kind } : {});
  });
  document.querySelector("[data-opens=everywhere]").addEventListener("click", () => everywhere.open());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-everywhere]")) return;
    const card = event.target.closest(".card");
    const [edit] = page.review.by.get(card.id).edits;
    everywhere.open({ find: card.querySelector(".focus")?.textContent ?? "", text: edit.text });
  });
}
