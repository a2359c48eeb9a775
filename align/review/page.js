
"use strict";
const bar = document.getElementById("bar");
const main = document.querySelector("main");
const list = document.getElementById("list");
const cards = [...list.children];
const audio = document.getElementById("audio");
const file = document.getElementById("file");
const said = document.getElementById("said");
const MARGIN = 0.5; // seconds played before and after a place

function pressed(field) {
  return [...bar.querySelectorAll(`[data-field=${field}][aria-pressed=true]`)].map((chip) => chip.dataset.value);
}

function filter() {
  const kinds = pressed("kind");
  const severities = pressed("severity");
  const fits = (chosen, value) => chosen.length === 0 || chosen.includes(value);
  let shown = 0;
  for (const card of cards) {
    card.hidden = !(fits(kinds, card.dataset.kind) && fits(severities, card.dataset.severity));
    shown += card.hidden ? 0 : 1;
  }
  document.getElementById("none").hidden = shown > 0;
  said.textContent = shown < cards.length ? `${shown} of ${cards.length} shown` : "";
}

function order(button) {
  for (const other of bar.querySelectorAll("[data-order]")) other.ariaPressed = String(other === button);
  const by = button.dataset.order;
  list.append(...cards.sort((a, b) => a.dataset[by] - b.dataset[by]));
}

bar.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.order) order(button);
  if (button?.dataset.field) {
    button.ariaPressed = String(button.ariaPressed !== "true");
    filter();
  }
});

let playing = null;

function play(button) {
  stop();
  playing = button;
  button.classList.add("playing");
  audio.currentTime = Math.max(0, button.dataset.start - MARGIN);
  audio.play().catch(() => { stop(); said.textContent = "This browser cannot play the file."; });
}

function stop() {
  audio.pause();
  playing?.classList.remove("playing");
  playing = null;
}

function watch() {
  if (playing && audio.currentTime >= Number(playing.dataset.end) + MARGIN) stop();
  requestAnimationFrame(watch);
}

main.addEventListener("click", (event) => {
  const button = event.target.closest(".play");
  if (!button) return;
  if (!audio.src) file.click();
  else if (button === playing) stop();
  else play(button);
});

file.addEventListener("change", () => {
  const [chosen] = file.files;
  if (!chosen) return;
  if (audio.src) URL.revokeObjectURL(audio.src);
  audio.src = URL.createObjectURL(chosen); // stays on this machine
  audio.hidden = false;
  document.getElementById("open").textContent = "Open another";
  said.textContent = chosen.name === list.dataset.audio ? "" : `${chosen.name} is not ${list.dataset.audio}`;
});

for (const button of main.querySelectorAll(".play")) button.disabled = false;
bar.hidden = false;
requestAnimationFrame(watch);
