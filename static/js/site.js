// What a page cannot do without markup alone: "/" goes to the search box, and a figure can be copied.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("[data-shortcut='/']");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  const source = document.querySelector(button.dataset.copy);
  navigator.clipboard.writeText(source.innerText).then(() => { button.textContent = "Copied"; });
});

// The working that was open stays open when the calculator swaps its result.
document.addEventListener("htmx:beforeSwap", () => {
  document.documentElement.dataset.open = [...document.querySelectorAll("details[id][open]")].map((d) => d.id).join(" ");
});
document.addEventListener("htmx:afterSettle", () => {
  for (const id of (document.documentElement.dataset.open || "").split(" ").filter(Boolean)) {
    document.getElementById(id)?.setAttribute("open", "");
  }
});
// An address holds what was asked, and no empty parameters.
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  for (const key of Object.keys(parameters)) if (parameters[key] === "") delete parameters[key];
});

window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  document.querySelectorAll("[data-printed]").forEach((place) => { place.textContent = new Date().toLocaleString(); });
});
