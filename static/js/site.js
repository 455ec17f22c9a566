// What a page cannot do with markup alone: "/" goes to the search box, and a figure can be copied.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])")) return;
  const box = document.querySelector("[data-shortcut='/']");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], .copy");
  if (!button || !navigator.clipboard) return;
  const text = button.value || document.querySelector(button.dataset.copy).innerText;
  navigator.clipboard.writeText(text).then(() => { button.value ? button.ariaLabel = "Copied" : button.textContent = "Copied"; });
});

// Within data-figures each amount, relative value and number of units has a small button that copies it. A sign before
// it stays beside it, and is not copied.
const FIGURE = /[−+]?\$[\d,]+(\.\d+)?|\b\d+ units?\b|^\s*\d[\d,.]*\s*$/;
const NO_FIGURES = "a, button, .code, [popover], [hidden], th, caption, dt, .copyable";
function makeCopyable(added) {
  if (!navigator.clipboard) return;
  for (const place of added.closest?.("[data-figures]") ? [added] : added.querySelectorAll("[data-figures]")) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (FIGURE.test(texts.currentNode.data) && !texts.currentNode.parentElement.closest(NO_FIGURES)) texts.currentNode = copyable(texts.currentNode);
  }
}
function copyable(text) {
  const [said] = FIGURE.exec(text.data);
  const figure = text.splitText(text.data.indexOf(said.trim()));
  const rest = figure.splitText(said.trim().length);
  const whole = Object.assign(document.createElement("span"), { className: "copyable" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", value: said.trim().replace(/^[−+]/, "") });
  button.ariaLabel = `Copy ${button.value}`;
  figure.replaceWith(whole);
  whole.append(figure, button);
  return whole.lastChild;
}
makeCopyable(document);
document.addEventListener("htmx:load", ({ detail }) => makeCopyable(detail.elt));
for (const left of ["focusout", "mouseout"]) document.addEventListener(left, ({ target }) => { if (target.matches?.(".copy")) target.ariaLabel = `Copy ${target.value}`; });

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

// Paper takes what is there, and waits for nothing but this: a later section that is not here yet is fetched at once.
function fetchNow(part) {
  const request = new XMLHttpRequest();
  request.open("GET", part.getAttribute("hx-get"), false);
  request.setRequestHeader("HX-Request", "true");
  try { request.send(); } catch { return; } // its address stands on paper instead
  if (request.status === 200) part.outerHTML = request.responseText;
}
addEventListener("afterprint", () => window.htmx?.process(document.body));

window.addEventListener("beforeprint", () => {
  document.querySelectorAll(LATER).forEach(fetchNow);
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  document.querySelectorAll("[data-printed]").forEach((place) => { place.textContent = new Date().toLocaleString(); });
});
