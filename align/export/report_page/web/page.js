"use strict";
/* How the scripts of this folder work together.

   They are joined into one <script> at the end of the page (in the order of align/export/report_page/assets.py),
   so each can use the whole document and the scripts before it. There is no build step and no import: each
   script is a block of its own, and offers what others may use as a member of `page`.

     page.say(text)            show a message, also to screen readers
     page.sound                the audio that is available    sound.js
     page.player               plays it                       player.js
     page.list                 the cards                      list.js
     page.filters              which of them are shown        filter.js
     page.command({...})       a keyboard command             keys.js

   Events on `document`, with `detail`, report what happens:

     align:current    {card}             a card became the current one; null if none is
     align:shown      {cards}            the set or the order of the visible cards changed
     align:playing    {playing, time}    playback started or stopped; time in seconds of the recording
     align:time       {time}             playback moved on, at most once a frame
     align:command    {name, key, card}  a command is about to run; preventDefault() stops it

   A card is <li id class="card" data-kind data-severity data-number data-rank data-start data-end>. Texts of
   the transcript get into the document as text only (textContent), never as HTML. */
const page = {
  list: null,
  player: null,
  sound: null,
  filters: [],
  emit(name, detail) {
    return document.dispatchEvent(new CustomEvent(`align:${name}`, { detail, cancelable: true }));
  },
  on(name, listener) {
    document.addEventListener(`align:${name}`, (event) => listener(event.detail, event));
  },
  say(text) {
    document.getElementById("said").textContent = text;
  },
  clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const padded = (number) => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hours ? `${hours}:${padded(minutes)}:${padded(whole % 60)}` : `${minutes}:${padded(whole % 60)}`;
  },
};
