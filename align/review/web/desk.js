/* The desk as a whole: where it begins, what is left to do, the subtitles on the picture, and applying. */
{
  const video = document.getElementById("audio");
  const caption = document.getElementById("caption");
  const stage = document.getElementById("stage");
  const SECONDS_A_PLACE = 20; // that people took, listening included
  const [upper, lower] = caption.children;
  let drawn = null;

  function draw(row) {
    if (row === drawn) return;
    drawn = row;
    upper.textContent = row?.data.cue != null ? row.data.text : "";
    lower.textContent = row?.data.cue != null ? row.data.translation : "";
  }

  page.on("time", ({ time }) => {
    const row = page.lines.at(time);
    draw(row && time >= (row.data.start ?? Infinity) && time <= row.data.end ? row : null);
  });
  page.on("line", ({ row }) => {
    if (!page.player.playing) draw(row);
  });
  document.getElementById("cue").addEventListener("input", ({ target }) => {
    if (target.name === "text") upper.textContent = target.value;
    if (target.name === "translation") lower.textContent = target.value;
    drawn = null;
  });
  video.addEventListener("loadedmetadata", () => stage.classList.toggle("picture", video.videoWidth > 0));

  page.on("decided", ({ state }) => {
    const left = state.places - state.decided;
    const minutes = Math.max(1, Math.round((left * SECONDS_A_PLACE) / 60));
    document.getElementById("workload").textContent = left
      ? `${left} ${left === 1 ? "place" : "places"}, about ${minutes} ${minutes === 1 ? "minute" : "minutes"}`
      : state.decisions.length
        ? "Nothing is left to decide: apply (A) writes the files"
        : "Nothing is left to decide";
  });

  function begin() {
    const { cards, current } = page.list;
    const card = current ?? cards.find((one) => !page.review.by.has(one.id));
    if (card) page.list.go(card, { play: false, focus: !current });
    else if (page.lines.rows.length) page.lines.choose(page.lines.rows[0]);
  }
  document.addEventListener("align:lines", begin, { once: true });
  page.command({ name: "apply", keys: ["a"], words: "Apply the decisions", run: () => document.getElementById("apply").click() });
}
