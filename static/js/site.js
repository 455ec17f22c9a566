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
const whenHtmxIsHere = () => htmx.onLoad((loaded) => {
  for (const part of [loaded, ...loaded.querySelectorAll(LATER)]) if (part.matches(LATER)) ahead.observe(part);
});

// htmx is half of all scripts, and the first view needs none of it: it comes with the first sign of a reader, or when a
// later section is in sight. What was changed before it came is told to it anew. It begins only on a page that is loaded.
const HTMX = document.currentScript.dataset.htmx;
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin", "scroll", "change"];
let missed;
const inSight = new IntersectionObserver((seen) => { if (seen.some((each) => each.isIntersecting)) bringHtmx(); });
document.querySelectorAll(LATER).forEach((part) => inSight.observe(part));
SIGNS.forEach((sign) => document.addEventListener(sign, bringHtmx, { passive: true }));
const MISSED = { change: "change", input: "typed" }; // what happens before htmx is here, and what tells it afterwards
for (const happened in MISSED) document.addEventListener(happened, rememberMissed);
addEventListener("popstate", ({ state }) => { if (state?.htmx && !window.htmx) location.reload(); });
function rememberMissed(event) { missed = event; }
function bringHtmx() {
  if (document.readyState !== "complete") { addEventListener("load", bringHtmx, { once: true }); return; }
  inSight.disconnect();
  SIGNS.forEach((sign) => document.removeEventListener(sign, bringHtmx));
  const script = Object.assign(document.createElement("script"), { src: HTMX, onload() {
    for (const happened in MISSED) document.removeEventListener(happened, rememberMissed);
    whenHtmxIsHere();
    setTimeout(() => missed?.target.dispatchEvent(new Event(MISSED[missed.type], { bubbles: true })));
  } });
  document.head.append(script);
}

// The contents mark the section that is being read.
const contents = [...document.querySelectorAll(".rail a")];
const topOf = (link) => Math.round(document.getElementById(link.hash.slice(1))?.getBoundingClientRect().top ?? Infinity);
function markCurrent() {
  const top = Math.max(...contents.map(topOf).filter((each) => each < innerHeight / 3));
  const beside = contents.filter((link) => topOf(link) === top);
  const current = beside.find((link) => link.hash === location.hash) || beside[0] || contents[0];
  if (current.ariaCurrent) return;
  for (const link of contents) link.ariaCurrent = link === current ? "true" : null;
  current.closest("ul").scrollLeft = current.offsetLeft - current.closest("ul").offsetLeft;
}
if (contents.length) { addEventListener("scroll", markCurrent, { passive: true }); markCurrent(); }

// Who jumps to a section stays there while the sections above it are fetched, until they scroll on themselves.
let jumpedTo = location.hash;
addEventListener("hashchange", () => { jumpedTo = location.hash; });
for (const sign of ["wheel", "touchmove", "keydown"]) addEventListener(sign, () => { jumpedTo = ""; }, { passive: true });
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const place = jumpedTo && document.getElementById(jumpedTo.slice(1));
  if (place && target.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) place.scrollIntoView({ behavior: "instant" });
});
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const part = detail.fragment.firstElementChild;
  if (part?.matches(LATER)) part.style.minHeight = `${detail.target.offsetHeight}px`;
});

// An address holds what was asked, and neither empty parameters nor what is meant where nothing is said.
const MEANT = { practitioner: "physician", par: "yes", units: "1" };
document.addEventListener("htmx:configRequest", ({ detail: { elt, formData } }) => {
  for (const key of new Set(formData.keys())) {
    const meant = elt.closest("form")?.elements[key]?.dataset?.default ?? MEANT[key]; // a code's own place stays the code's
    const said = formData.getAll(key).filter((value) => value !== "" && value !== meant);
    formData.delete(key);
    for (const value of said) formData.append(key, value);
  }
});

window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  document.querySelectorAll("[data-printed]").forEach((place) => { place.textContent = new Date().toLocaleString(); });
});
