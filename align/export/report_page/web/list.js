/* The cards, one of which is current.

     page.list.cards           all, in their present order
     page.list.shown           those that the filters let through
     page.list.current         the current one, or null
     page.list.go(card, {play, focus})  make it current, scroll to it, and play it
     page.list.step(by)        go to a card before or after the current one
     page.list.nearest(time)   the visible card nearest to a time, in seconds of the recording
     page.list.look()          update `shown` after cards were hidden or shown */
{
  const root = document.getElementById("list");
  const list = {
    root,
    cards: [...root.children],
    shown: [...root.children],
    current: null,
    mark(card) {
      if (card === list.current) return;
      list.current?.removeAttribute("aria-current");
      card?.setAttribute("aria-current", "true");
      list.current = card;
      remember(card);
      page.emit("current", { card });
      count();
    },
    go(card, { play = true, focus = true } = {}) {
      list.mark(card);
      if (focus) card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
      requestAnimationFrame(() => card.scrollIntoView({ block: "nearest" })); // after the cards in between were laid out
      if (play && page.sound.at(Number(card.dataset.start), Number(card.dataset.end))) page.player.place(card);
      else if (play) page.player.pause();
    },
    step(by) {
      const { shown } = list;
      if (!shown.length) return;
      const at = shown.indexOf(list.current);
      const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
      if (next >= 0 && next < shown.length) list.go(shown[next]);
      else page.say(by > 0 ? "This is the last place." : "This is the first place.");
    },
    nearest(time) {
      const distance = (card) =>
        Math.max(card.dataset.start - time, time - card.dataset.end, 0) + Math.abs(card.dataset.start - time) / 1e4;
      return list.shown.reduce((best, card) => (best && distance(best) <= distance(card) ? best : card), null);
    },
    order(by) {
      list.cards.sort((a, b) => a.dataset[by] - b.dataset[by]);
      root.append(...list.cards);
      list.look();
    },
    look() {
      list.shown = list.cards.filter((card) => !card.hidden);
      page.emit("shown", { cards: list.shown });
    },
  };

  function remember(card) {
    try {
      history.replaceState(null, "", card ? `#${card.id}` : " ");
    } catch {
      // some browsers do not allow this for a page opened from the disk
    }
  }

  function count() {
    const { shown, current } = list;
    const at = shown.indexOf(current);
    document.getElementById("place").textContent = at < 0 ? `${shown.length} ${shown.length === 1 ? "place" : "places"}` : `${at + 1} of ${shown.length}`;
  }

  root.addEventListener("focusin", (event) => list.mark(event.target.closest(".card")));
  root.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".card");
    if (card) list.mark(card);
  });
  page.on("shown", () => {
    if (list.current?.hidden) list.mark(null);
    count();
  });

  document.querySelector("main").addEventListener("click", (event) => {
    const button = event.target.closest(".play");
    if (!button) return;
    const [start, end] = [Number(button.dataset.start), Number(button.dataset.end)];
    if (!page.sound.at(start, end)) return document.getElementById("file").click();
    if (page.player.playing && button.classList.contains("playing")) return page.player.pause();
    page.player.play(start - page.player.MARGIN, end + page.player.MARGIN, button);
  });
  page.list = list;
  count();
}
