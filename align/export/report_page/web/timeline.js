/* The drawing of the whole recording: a click goes to the place under the pointer, or plays from there. */
{
  const track = document.getElementById("track");
  if (track) {
    const seconds = Number(track.dataset.seconds);
    const readout = document.getElementById("moment");
    const [head, hover] = ["head", "hover"].map((name) => track.querySelector(`line.${name}`));
    const ticks = new Map([...track.querySelectorAll("rect[data-card]")].map((tick) => [tick.dataset.card, tick]));
    const NEAR = 6; // pixels around a place that count as a hit
    let at = 0;

    function move(line, time) {
      const x = `${(100 * time) / seconds}%`;
      for (const end of ["x1", "x2"]) line.setAttribute(end, x);
      line.setAttribute("visibility", "visible");
    }

    function placeAt(time, pixel) {
      const card = page.list.nearest(time);
      if (!card) return null;
      const distance = Math.max(card.dataset.start - time, time - card.dataset.end, 0);
      return distance <= NEAR * pixel ? card : null;
    }

    function description(time, card) {
      return card ? `${page.clock(card.dataset.start)} ${card.querySelector("h3").innerText}` : page.clock(time);
    }

    function target(event) {
      const box = track.getBoundingClientRect();
      const pixel = seconds / box.width;
      const time = Math.min(seconds, Math.max(0, (event.clientX - box.left) * pixel));
      return [time, placeAt(time, pixel)];
    }

    function act(time, card) {
      if (card) return page.list.go(card, { focus: false });
      if (page.sound.recording) return page.player.play(time, seconds);
      const nearest = page.list.nearest(time);
      if (nearest) page.list.go(nearest, { focus: false });
    }

    function announce(time, card) {
      at = time;
      track.setAttribute("aria-valuenow", Math.round(time));
      track.setAttribute("aria-valuetext", description(time, card));
    }

    track.addEventListener("pointermove", (event) => {
      const [time, card] = target(event);
      move(hover, time);
      readout.textContent = description(time, card);
    });
    track.addEventListener("pointerleave", () => {
      hover.setAttribute("visibility", "hidden");
      readout.textContent = "";
    });
    track.addEventListener("click", (event) => {
      const [time, card] = target(event);
      announce(time, card);
      act(time, card);
    });
    track.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageUp: 60, PageDown: -60 };
      const ends = { Home: -seconds, End: seconds };
      const by = steps[event.key] ?? ends[event.key];
      if (by !== undefined) {
        const time = Math.min(seconds, Math.max(0, at + by));
        announce(time, placeAt(time, 2.5 / NEAR));
        move(head, time);
        readout.textContent = track.getAttribute("aria-valuetext");
      } else if (event.key === "Enter" || event.key === " ") act(at, placeAt(at, 2.5 / NEAR));
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    page.on("time", ({ time }) => move(head, Math.min(time, seconds)));
    page.on("current", ({ card }) => {
      for (const tick of track.querySelectorAll(".current")) tick.classList.remove("current");
      const tick = card && ticks.get(card.id);
      tick?.classList.add("current");
      if (card) announce(Number(card.dataset.start), card);
    });
    page.on("shown", () => {
      for (const card of page.list.cards) ticks.get(card.id)?.classList.toggle("out", card.hidden);
    });
  }
}
