/* Renaming and merging speakers. */
{
  const { make } = page.review;
  const root = document.getElementById("names");
  const rows = root.querySelector(".rows");

  function row(name) {
    const form = make("form");
    const field = make("input", { list: "people", dir: "auto", "aria-label": `New name of ${name}` });
    field.value = name;
    const save = make("button", { type: "submit" }, "Rename");
    const swap = make("button", { type: "button" }, "Swap");
    let sure = false; // merging is asked for twice
    const merges = () => page.review.state.speakers.some((one) => one.now !== name && one.now === field.value.trim());
    const say = () => {
      sure = false;
      save.textContent = merges() ? "Merge …" : "Rename";
      swap.hidden = !merges();
      save.disabled = !field.value.trim() || field.value.trim() === name;
    };
    field.addEventListener("input", say);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (merges() && !sure) {
        sure = true;
        save.textContent = `Merge ${name} with ${field.value.trim()}`;
        return;
      }
      page.review.ask({ ask: "rename", old: name, new: field.value });
    });
    swap.addEventListener("click", () => page.review.ask({ ask: "swap", one: name, other: field.value.trim() }));
    say();
    form.append(make("bdi", {}, name), field, save, swap);
    return form;
  }

  page.on("decided", ({ state }) => {
    const names = [...new Set(state.speakers.map((one) => one.now))];
    rows.replaceChildren(...names.map(row));
    const people = document.getElementById("people");
    people.replaceChildren(...names.map((name) => make("option", { value: name })));
  });
  document.querySelector("[data-opens=names]").addEventListener("click", () => root.showModal());
}
