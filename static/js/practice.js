// The practice (place, setting, practitioner, participation, date) stays on this device: the last of it is kept in local
// storage, nothing is sent. A page that is opened without it is opened again with it. Without this file the address
// alone carries it. MEANT is of site.js, which comes before it.
const PRACTICE = ["zip", "locality", "state", "practitioner", "par", "qp", "pos", "dos"];
const today = new Date().toDateString();
const practiceOf = (query) => Object.fromEntries(
  PRACTICE.filter((name) => query.get(name) && query.get(name) !== MEANT[name]).map((name) => [name, query.get(name)]),
);

const storage = {
  read() {
    try {
      const { day, ...kept } = JSON.parse(localStorage.getItem("practice") || "{}");
      if (day !== today) delete kept.dos; // a date of service is of one day's work
      return kept;
    } catch { return {}; }
  },
  write(practice) {
    try { localStorage.setItem("practice", JSON.stringify({ ...practice, day: today })); } catch { /* a private window */ }
  },
};

let here = practiceOf(new URLSearchParams(location.search));
const cameFromHere = document.referrer.startsWith(`${location.origin}/`);
if (Object.keys(here).length && cameFromHere) storage.write(here); // a stranger's link does not change the practice
else if (!Object.keys(here).length && document.querySelector("[data-practice]:not([data-answer])")) { // the answer to a posted list has no other address
  const kept = new URLSearchParams(storage.read());
  if (kept.size) location.replace(`${location.pathname}?${new URLSearchParams([...new URLSearchParams(location.search), ...kept])}${location.hash}`);
}

// What is chosen in the bar is kept, and what is emptied there is forgotten.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("form[data-practice]")) return;
  for (const field of target.elements) {
    const isToday = field.name === "dos" && field.value && new Date(`${field.value}T00:00`).toDateString() === today;
    if (field.value === "" || field.value === MEANT[field.name] || isToday) field.disabled = true;
  }
  storage.write(practiceOf(new URLSearchParams(new FormData(target))));
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-practice] :disabled").forEach((field) => { field.disabled = false; }));
document.addEventListener("input", ({ target }) => {
  const other = target.name === "zip" ? target.form?.elements.locality : undefined;
  if (other && target.form.matches("[data-practice]")) other.value = "";
});

// When the calculator changes the address, the links and boxes that carried the former practice carry the new one.
document.addEventListener("htmx:pushedIntoHistory", () => {
  const former = here;
  here = practiceOf(new URLSearchParams(location.search));
  storage.write(here);
  for (const link of document.querySelectorAll("a[href^='/']")) {
    if (/\.(json|csv|xlsx|atom|ics|pdf|xml)$/.test(link.pathname)) continue;
    const query = update(link.search, former);
    link.setAttribute("href", `${link.pathname}${query && `?${query}`}${link.hash}`);
  }
  for (const form of document.querySelectorAll("form[method=get]:not(.calculator-form, [data-practice])")) {
    for (const name of PRACTICE) {
      const field = form.querySelector(`input[type=hidden][name=${name}]`);
      if (field && field.value === former[name]) here[name] ? field.value = here[name] : field.remove();
      else if (!form.elements[name] && here[name]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: here[name] }));
    }
  }
});
function update(search, former) {
  const query = new URLSearchParams(search);
  for (const name of PRACTICE) {
    if ((query.get(name) ?? undefined) !== former[name]) continue;
    here[name] ? query.set(name, here[name]) : query.delete(name);
  }
  return query.toString();
}

// The codes that were looked at last are kept on this device too; recent.js lists them on the front page.
{
  const shown = /^\/(?:cpt|hcpcs)\/([0-9A-Z]{5})\/$/.exec(location.pathname);
  const heading = document.querySelector(".head h1");
  if (shown && heading) {
    const name = heading.textContent.replace(shown[1], "").trim();
    try {
      const former = JSON.parse(localStorage.getItem("recent") || "[]").filter(({ code }) => code !== shown[1]);
      localStorage.setItem("recent", JSON.stringify([{ code: shown[1], path: location.pathname, name }, ...former].slice(0, 12)));
    } catch { /* a private window */ }
  }
}
