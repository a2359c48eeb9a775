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
    const say = () => {
      const others = page.review.state.speakers.map((one) => one.now).filter((one) => one !== name);
      save.textContent = others.includes(field.value.trim()) ? "Merge" : "Rename";
      save.disabled = !field.value.trim() || field.value.trim() === name;
    };
    field.addEventListener("input", say);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      page.review.ask({ ask: "rename", old: name, new: field.value });
    });
    say();
    form.append(make("bdi", {}, name), field, save);
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
