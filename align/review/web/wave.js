/* The waveform of each card, requested from the server when the card comes near the screen. */
{
  async function draw(card) {
    const wave = card.querySelector(".wave");
    const { begin, seconds, peaks } = wave.dataset;
    if (peaks || !(seconds > 0)) return;
    const answer = await fetch(`wave?begin=${begin}&seconds=${seconds}`);
    if (answer.ok) page.picture(card, await answer.json());
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target).catch(() => {}); // a card works without its waveform
      }
    },
    { rootMargin: "300px 0px" },
  );
  const audio = document.getElementById("audio");
  if (audio.dataset.recording) for (const card of page.list.cards) near.observe(card);
}
