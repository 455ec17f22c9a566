// The list below the search box: arrows move, Enter goes, Escape closes. Without this file the box is a plain form.
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(box.getAttribute("aria-controls"));
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => { list.hidden = true; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const open = () => { const any = options().length > 0; list.hidden = !any; box.setAttribute("aria-expanded", String(any)); };
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  // After Escape a list that arrives late stays closed, until something is typed.
  let isDismissed = false;
  box.addEventListener("input", () => { isDismissed = false; });

  const move = (step) => {
    const all = options();
    if (!all.length) return;
    open();
    choose(all[(all.indexOf(chosen()) + step + all.length + (chosen() || step > 0 ? 0 : 1)) % all.length]);
  };
  const choose = (one) => {
    for (const option of options()) option.setAttribute("aria-selected", String(option === one));
    if (!one) { box.removeAttribute("aria-activedescendant"); return; }
    box.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  };

  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    if (event.key === "Escape") { isDismissed = true; if (!list.hidden) { event.preventDefault(); close(); } }
    if (event.key === "Enter" && !list.hidden && chosen()) { event.preventDefault(); location.href = chosen().dataset.href; }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); location.href = option.dataset.href; }
  });
  // A list that arrives late leaves chosen what was chosen in the one before it.
  let kept;
  list.addEventListener("htmx:beforeSwap", () => { kept = chosen()?.dataset.href; });
  list.addEventListener("htmx:afterSwap", () => {
    document.activeElement === box && !isDismissed ? open() : close();
    choose(!list.hidden && kept && options().find((option) => option.dataset.href === kept));
  });
  box.addEventListener("blur", close);
  box.addEventListener("input", () => { choose(null); if (box.value.trim().length < 2) { list.replaceChildren(); close(); } });
}
