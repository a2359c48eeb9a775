/* Which cards are shown: those that match every group of chips, the chosen speaker, the search, and page.filters,
   a list of functions from a card to whether it is shown, to which other scripts may add.

     page.filter()             apply all filters again */
if (page.list.cards.length) {
  const bar = document.getElementById("bar");
  const search = document.getElementById("search");
  const speaker = document.getElementById("speaker");
  const { cards } = page.list;
  const texts = new Map();

  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  function text(card) {
    if (!texts.has(card)) {
      const parts = [...card.querySelectorAll("dd, .beside, .who, .reasons, .id")];
      texts.set(card, parts.map((part) => plain(part.textContent)).join("\n"));
    }
    return texts.get(card);
  }

  function pressed(field) {
    const chips = bar.querySelectorAll(`[data-field=${field}][aria-pressed=true]`);
    return [...chips].map((chip) => chip.dataset.value);
  }

  page.filter = () => {
    const [kinds, severities, query] = [pressed("kind"), pressed("severity"), plain(search.value)];
    const chosen = (values, value) => values.length === 0 || values.includes(value);
    const matches = (card) =>
      chosen(kinds, card.dataset.kind) &&
      chosen(severities, card.dataset.severity) &&
      (!speaker?.value || card.dataset.speaker === speaker.value) &&
      (!query || text(card).includes(query)) &&
      page.filters.every((filter) => filter(card));
    for (const card of cards) card.hidden = !matches(card);
    page.list.look();
    const { shown } = page.list;
    document.getElementById("none").hidden = shown.length > 0;
    document.getElementById("all").hidden = shown.length === cards.length;
    page.say(shown.length < cards.length ? `${shown.length} of ${cards.length} shown` : "");
  };

  function clear() {
    for (const chip of bar.querySelectorAll("[data-field]")) chip.ariaPressed = "false";
    search.value = "";
    if (speaker) speaker.value = "";
    page.filter();
  }

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.order) {
      for (const other of bar.querySelectorAll("[data-order]")) other.ariaPressed = String(other === button);
      page.list.order(button.dataset.order);
    }
    if (button?.dataset.field) {
      button.ariaPressed = String(button.ariaPressed !== "true");
      page.filter();
    }
    if (button?.id === "all") clear();
  });
  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(page.filter, 80);
  });
  speaker?.addEventListener("change", page.filter);
}
