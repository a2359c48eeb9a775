/* Plays parts of the recording. All times are seconds of the recording, even when a clip is played.

     page.player.play(start, end, button)  play from start to end; returns whether there is audio for it;
                                   the button, if given, is shown as playing meanwhile
     page.player.place(card)       play a card, with half a second before and after
     page.player.toggle(card)      pause, resume, or play the card from its start
     page.player.pause()
     page.player.seek(time)        move there, playing or paused as before
     page.player.time, .playing, .rate, .loop, .range ({start, end} of what is played, or null) */
{
  const audio = document.getElementById("audio");
  const MARGIN = 0.5; // seconds played before and after a place
  const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
  let source = null;
  let target = 0; // where to start once the audio is loaded, in seconds of the source

  function load(next) {
    if (source?.url === next.url) return;
    source = next;
    audio.src = next.url;
  }

  function go(time) {
    target = Math.max(0, time - source.begin);
    audio.currentTime = target;
  }

  audio.addEventListener("loadedmetadata", () => {
    audio.playbackRate = player.rate;
    if (Math.abs(audio.currentTime - target) > 0.01) audio.currentTime = target;
  });

  const player = {
    MARGIN,
    rate: 1,
    loop: false,
    range: null,
    button: null,
    get time() {
      return source ? source.begin + audio.currentTime : 0;
    },
    get playing() {
      return Boolean(source) && !audio.paused;
    },
    play(start, end, button = null) {
      const available = page.sound.at(start, end);
      if (!available) {
        page.say("This page has no audio for this place; open the recording to listen.");
        return false;
      }
      load(available);
      player.button = button;
      player.range = { start: Math.max(0, start), end };
      go(start);
      audio.playbackRate = player.rate;
      audio.play().catch((error) => {
        if (error.name === "AbortError") return; // something else is playing by now
        player.pause();
        page.say("This browser cannot play the audio.");
      });
      return true;
    },
    place(card) {
      const { start, end } = card.dataset;
      return player.play(Number(start) - MARGIN, Number(end) + MARGIN, card.querySelector(".play"));
    },
    toggle(card) {
      if (player.playing) return player.pause();
      const { range } = player;
      const inside = range && source && player.time > range.start && player.time < range.end - 0.05;
      if (inside && (!card || Math.abs(range.start + MARGIN - card.dataset.start) < 0.6)) return void audio.play();
      if (card) player.place(card);
      else if (source) audio.play();
    },
    pause() {
      audio.pause();
    },
    seek(time) {
      if (!source) return;
      if (player.range && (time < player.range.start || time > player.range.end)) player.range = null;
      go(Math.min(time, source.end));
      page.emit("time", { time });
    },
    step(seconds) {
      player.seek(player.time + seconds);
    },
    faster(by) {
      const at = RATES.indexOf(player.rate) + by;
      player.rate = RATES[Math.min(RATES.length - 1, Math.max(0, at))];
      audio.playbackRate = player.rate;
      showState();
    },
    repeat() {
      player.loop = !player.loop;
      showState();
    },
  };

  const bar = document.getElementById("player");
  const part = (name) => bar.querySelector(`[data-do=${name}]`);

  function showState() {
    part("loop").ariaPressed = String(player.loop);
    document.getElementById("rate").textContent = `${player.rate}×`;
    part("toggle").classList.toggle("playing", player.playing);
    part("toggle").ariaLabel = player.playing ? "Pause" : "Play";
    for (const button of document.querySelectorAll(".play.playing")) button.classList.remove("playing");
    if (player.playing) player.button?.classList.add("playing");
  }

  function watch() {
    const { range, time } = player;
    if (range && time >= range.end) {
      if (player.loop) go(range.start);
      else audio.pause();
    }
    page.emit("time", { time });
    if (player.playing) requestAnimationFrame(watch);
  }

  audio.addEventListener("play", () => requestAnimationFrame(watch));
  audio.addEventListener("timeupdate", () => { // a hidden tab gets no animation frames
    if (player.range && player.time >= player.range.end && !player.loop) audio.pause();
  });
  audio.addEventListener("ended", () => {
    if (player.loop && player.range) player.play(player.range.start, player.range.end, player.button);
  });
  for (const kind of ["play", "pause"])
    audio.addEventListener(kind, () => {
      showState();
      page.emit("playing", { playing: player.playing, time: player.time });
    });
  page.on("time", ({ time }) => {
    document.getElementById("time").textContent = page.clock(time);
  });
  page.player = player;
}
