/* The waveform of each card, drawn when the card comes near the screen; a click plays from there.

     page.picture(card, peaks)  draw the waveform of a card whose page came without it */
{
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 44;
  const drawn = new WeakSet();

  function element(name, attributes, text = "") {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.textContent = text;
    return node;
  }

  function outline(peaks) {
    const half = HEIGHT / 2;
    const bar = (letter, index) => {
      const height = Math.max(0.5, (parseInt(letter, 36) / 35) * (half - 1));
      return `M${index + 0.5} ${(half - height).toFixed(1)}v${(2 * height).toFixed(1)}`;
    };
    return [...peaks].map(bar).join("");
  }

  function picture(card, peaks) {
    const wave = card.querySelector(".wave");
    const share = (time) => (100 * (time - wave.dataset.begin)) / wave.dataset.seconds;
    const [from, to] = [share(card.dataset.start), Math.min(100, share(card.dataset.end))];
    const svg = element("svg", { viewBox: `0 0 ${peaks.length} ${HEIGHT}`, preserveAspectRatio: "none" });
    const width = Math.max(0.6, ((to - from) * peaks.length) / 100);
    const x = (from * peaks.length) / 100;
    svg.append(element("rect", { class: "concerned", x, y: 0, width, height: HEIGHT }));
    svg.append(element("path", { class: "peaks", d: outline(peaks) }));
    wave.prepend(svg);
    wave.hidden = false;
  }

  function draw(card) {
    const wave = card.querySelector(".wave");
    if (!wave || drawn.has(card)) return;
    drawn.add(card);
    const [begin, seconds] = [Number(wave.dataset.begin), Number(wave.dataset.seconds)];
    if (!(seconds > 0)) return;
    const { peaks } = wave.dataset;
    if (peaks) picture(card, peaks);
    const words = JSON.parse(wave.dataset.words);
    if (words.length) {
      const line = element("svg", { class: "words" });
      for (const [text, start, end, concerned] of words) {
        const middle = (start + end) / 2 / seconds;
        if (middle > 0.985) continue; // it would be cut off
        const x = `${(100 * middle).toFixed(2)}%`;
        line.append(element("text", { x, y: 13, class: concerned ? "concerned" : "" }, text));
      }
      wave.append(line);
    }
    const head = element("svg", { class: "head" });
    head.append(element("line", { x1: 0, x2: 0, y1: 0, y2: "100%", visibility: "hidden" }));
    wave.append(head);
    wave.hidden = !peaks && !words.length;
  }

  page.picture = picture;

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
    },
    { rootMargin: "300px 0px" },
  );
  for (const card of page.list.cards) near.observe(card);

  let playhead = null; // the line of the current card

  function follow(time) {
    const card = page.list.current;
    const wave = card?.querySelector(".wave");
    const line = wave?.querySelector(".head line") ?? null;
    if (playhead && playhead !== line) playhead.setAttribute("visibility", "hidden");
    playhead = line;
    if (!line) return;
    const share = (time - wave.dataset.begin) / wave.dataset.seconds;
    line.setAttribute("visibility", share >= 0 && share <= 1 ? "visible" : "hidden");
    for (const end of ["x1", "x2"]) line.setAttribute(end, `${(100 * share).toFixed(2)}%`);
  }
  page.on("time", ({ time }) => follow(time));

  page.list.root.addEventListener("click", (event) => {
    const wave = event.target.closest(".wave");
    if (!wave) return;
    const box = wave.getBoundingClientRect();
    const time = Number(wave.dataset.begin) + (wave.dataset.seconds * (event.clientX - box.left)) / box.width;
    page.player.play(time, Number(wave.dataset.begin) + Number(wave.dataset.seconds));
  });
}
