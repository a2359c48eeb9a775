/* Keyboard commands. Each has keys, as KeyboardEvent.key names them, and a description for the help;
   elements with data-do=NAME run the same commands.

     page.command({name, keys, words, run})  add a command; run(card) gets the current card or null */
{
  const commands = [];
  const help = document.getElementById("help");
  const rows = document.getElementById("commands");
  const KEY_LABELS = { " ": "Space", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

  page.command = (command) => {
    commands.push(command);
    const row = document.createElement("div");
    const [term, description] = ["dt", "dd"].map((name) => row.appendChild(document.createElement(name)));
    for (const key of command.keys) {
      const label = document.createElement("kbd");
      label.textContent = KEY_LABELS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
      term.append(label, " ");
    }
    description.textContent = command.words;
    rows.append(row);
  };

  function perform(command, key) {
    const card = page.list.current;
    if (page.emit("command", { name: command.name, key, card })) command.run(card);
  }

  function commandFor(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase(); // for layouts without Latin letters
    return commands.find(({ keys }) => keys.includes(key)) ?? commands.find(({ keys }) => keys.includes(letter));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || help.open) return;
    const typing = event.target.closest("input:not([type=file]), textarea, select, [contenteditable=true]");
    if (typing && event.key === "Escape") return typing.blur();
    if (typing ? !(event.altKey && event.key.startsWith("Arrow")) : event.altKey) return;
    if (event.key === " " && event.target.closest("button, summary, label, a")) return; // Space presses these
    const command = commandFor(event);
    if (!command) return;
    event.preventDefault();
    perform(command, event.key);
  });

  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    const command = name && commands.find((candidate) => candidate.name === name);
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
    ["toggle", [" "], "Play the place, pause, resume", (card) => player.toggle(card ?? list.shown[0])],
    ["next", ["ArrowDown", "ArrowRight"], "Go to the next place and play it", () => list.step(1)],
    ["previous", ["ArrowUp", "ArrowLeft"], "Go to the previous place and play it", () => list.step(-1)],
    ["back", ["j"], "Back one second", () => player.step(-1)],
    ["pause", ["k"], "Pause or resume", (card) => player.toggle(card)],
    ["on", ["l"], "Forward one second", () => player.step(1)],
    ["loop", ["r"], "Repeat", () => player.repeat()],
    ["before", ["q"], "Play the half second before the place", around(0.5, 0)],
    ["after", ["w"], "Play the half second after it", around(0, 0.5)],
    ["slower", ["["], "Slower", () => player.faster(-1)],
    ["faster", ["]"], "Faster", () => player.faster(1)],
    ["find", ["/"], "Search", () => document.getElementById("search").focus()],
    ["help", ["?"], "Show the shortcuts", () => help.showModal()],
  ])
    page.command({ name, keys, words, run });
}
