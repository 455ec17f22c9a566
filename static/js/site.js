// What a page cannot do without markup alone: "/" goes to the search box, and a figure can be copied.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])")) return;
  const box = document.querySelector("[data-shortcut='/']");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  const source = document.querySelector(button.dataset.copy);
  navigator.clipboard.writeText(source.innerText).then(() => { button.textContent = "Copied"; });
});

// An open menu closes with Escape and with a click beside it.
const closeMenus = (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (event.key === "Escape" || (event.type === "click" && !menu.contains(event.target))) menu.open = false;
};
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);

// The working that was open stays open when the calculator swaps its result.
document.addEventListener("htmx:beforeSwap", () => {
  document.documentElement.dataset.open = [...document.querySelectorAll("details[id][open]")].map((d) => d.id).join(" ");
});
document.addEventListener("htmx:afterSettle", () => {
  for (const id of (document.documentElement.dataset.open || "").split(" ").filter(Boolean)) {
    document.getElementById(id)?.setAttribute("open", "");
  }
});
// Later sections are fetched before they come into sight, and a section that is fetched anew keeps its height
// meanwhile, so that nothing jumps under the reader's eyes.
const LATER = "[hx-trigger=near]";
const ahead = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) if (isIntersecting) { ahead.unobserve(target); htmx.trigger(target, "near"); }
}, { rootMargin: "1000px" });
htmx.onLoad((loaded) => {
  for (const part of [loaded, ...loaded.querySelectorAll(LATER)]) if (part.matches(LATER)) ahead.observe(part);
});
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const part = detail.fragment.firstElementChild;
  if (part?.matches(LATER)) part.style.minHeight = `${detail.target.offsetHeight}px`;
});

// An address holds what was asked, and neither empty parameters nor what is meant where nothing is said.
const MEANT = { practitioner: "physician", par: "yes", units: "1" };
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  for (const [key, value] of Object.entries(parameters)) if (value === "" || value === MEANT[key]) delete parameters[key];
});

window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  document.querySelectorAll("[data-printed]").forEach((place) => { place.textContent = new Date().toLocaleString(); });
});
