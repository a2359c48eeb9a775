"use strict";
/* How the scripts of this folder meet.

   They are put one behind the other into one <script> at the end of the page (align/export/report_page/assets.py has their
   order), so each finds the whole document and all that stands before it. There is no build step and no import:
   each script is a block of its own, and what others may use of it hangs on `page`.

     page.say(text)            tell the reader, on the screen and through a screen reader
     page.sound                what can be heard           sound.js
     page.player               plays it                    player.js
     page.list                 the cards                   list.js
     page.filters              which of them are shown     filter.js
     page.command({...})       a key that does something   keys.js

   Scripts that come later hear of what happens through events on `document`, with `detail`:

     align:current    {card}             a card became the current one; null when none is
     align:shown      {cards}            other cards are shown than before, or in another order
     align:playing    {playing, time}    sound began or stopped; seconds of the recording
     align:time       {time}             it went on, at most once a frame
     align:command    {name, key, card}  a key is about to do something; preventDefault() stops that

   A card is <li id class="card" data-kind data-severity data-number data-rank data-start data-end>. Texts of
   the transcript reach the document as text only (textContent), never as HTML. */
const page = {
  list: null,
  player: null,
  sound: null,
  filters: [],
  emit(name, detail) {
    return document.dispatchEvent(new CustomEvent(`align:${name}`, { detail, cancelable: true }));
  },
  on(name, heard) {
    document.addEventListener(`align:${name}`, (event) => heard(event.detail, event));
  },
  say(text) {
    document.getElementById("said").textContent = text;
  },
  clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const two = (number) => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  },
};
