// The list below the search box: arrows move, Enter goes, Escape closes. Without this file the box is a plain form.
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(box.getAttribute("aria-controls"));
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => { list.hidden = true; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const open = () => { const any = options().length > 0; list.hidden = !any; box.setAttribute("aria-expanded", String(any)); };
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  const move = (step) => {
    const all = options();
    if (!all.length) return;
    open();
    const next = (all.indexOf(chosen()) + step + all.length + (chosen() || step > 0 ? 0 : 1)) % all.length;
    for (const option of all) option.setAttribute("aria-selected", String(option === all[next]));
    box.setAttribute("aria-activedescendant", all[next].id);
    all[next].scrollIntoView({ block: "nearest" });
  };

  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    if (event.key === "Enter" && !list.hidden && chosen()) { event.preventDefault(); location.href = chosen().dataset.href; }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); location.href = option.dataset.href; }
  });
  list.addEventListener("htmx:afterSwap", () => { document.activeElement === box ? open() : close(); });
  box.addEventListener("blur", close);
  box.addEventListener("input", () => { if (box.value.trim().length < 2) { list.replaceChildren(); close(); } });
}
