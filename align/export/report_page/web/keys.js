/* What the keyboard does. Each command has keys, as KeyboardEvent.key names them, and says what it does; the help
   lists them all, and buttons of the player do the same.

     page.command({name, keys, words, run})  add one; run(card) gets the current card or null */
{
  const commands = [];
  const help = document.getElementById("help");
  const rows = document.getElementById("commands");
  const SHOWN = { " ": "Space", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

  page.command = (command) => {
    commands.push(command);
    const row = document.createElement("div");
    const [term, words] = ["dt", "dd"].map((name) => row.appendChild(document.createElement(name)));
    for (const key of command.keys) {
      const shown = document.createElement("kbd");
      shown.textContent = SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key);
      term.append(shown, " ");
    }
    words.textContent = command.words;
    rows.append(row);
  };

  function perform(command, key) {
    const card = page.list.current;
    if (page.emit("command", { name: command.name, key, card })) command.run(card);
  }

  function named(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase(); // where the layout has no Latin letters
    return commands.find(({ keys }) => keys.includes(key)) ?? commands.find(({ keys }) => keys.includes(letter));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || help.open) return;
    const typing = event.target.closest("input:not([type=file]), textarea, select, [contenteditable=true]");
    if (typing && event.key === "Escape") return typing.blur();
    if (typing ? !(event.altKey && event.key.startsWith("Arrow")) : event.altKey) return;
    if (event.key === " " && event.target.closest("button, summary, label, a")) return; // it presses that
    const command = named(event);
    if (!command) return;
    event.preventDefault();
    perform(command, event.key);
  });

  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    const command = name && commands.find((one) => one.name === name);
    if (command) perform(command, "");
  });

  const around = (before, after) => (card) => {
    if (!card) return;
    const [start, end] = [Number(card.dataset.start), Number(card.dataset.end)];
    if (before) page.player.play(start - before, start);
    else page.player.play(end, end + after);
  };
  const { list, player } = page;
  for (const [name, keys, words, run] of [
    ["toggle", [" "], "Play the place, pause, go on", (card) => player.toggle(card ?? list.shown[0])],
    ["next", ["ArrowDown", "ArrowRight"], "Next place, and play it", () => list.step(1)],
    ["previous", ["ArrowUp", "ArrowLeft"], "Previous place, and play it", () => list.step(-1)],
    ["back", ["j"], "One second back", () => player.step(-1)],
    ["pause", ["k"], "Pause, go on", (card) => player.toggle(card)],
    ["on", ["l"], "One second on", () => player.step(1)],
    ["loop", ["r"], "Play over and over", () => player.repeat()],
    ["before", ["q"], "The half second before the place", around(0.5, 0)],
    ["after", ["w"], "The half second after it", around(0, 0.5)],
    ["slower", ["["], "Slower", () => player.faster(-1)],
    ["faster", ["]"], "Faster", () => player.faster(1)],
    ["find", ["/"], "Search", () => document.getElementById("search").focus()],
    ["help", ["?"], "These keys", () => help.showModal()],
  ])
    page.command({ name, keys, words, run });
}
