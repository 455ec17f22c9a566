// Lists of codes that this device keeps, by name: their codes and the contract, never sent anywhere.
const mine = document.querySelector("[data-lists]");
const read = () => { try { return JSON.parse(localStorage.getItem("lists") || "{}"); } catch { return {}; } };
const write = (lists) => { try { localStorage.setItem("lists", JSON.stringify(lists)); } catch { /* a private window */ } show(); };
const asked = new URLSearchParams(location.search);
function item(name, query) {
  const held = new URLSearchParams(query);
  const link = Object.assign(document.createElement("a"), { textContent: name, href: `?${new URLSearchParams([...held, ...[...asked].filter(([key]) => key !== "codes" && key !== "contract")])}` });
  const count = Object.assign(document.createElement("span"), { className: "quiet tiny", textContent: ` ${(held.get("codes") || "").split(",").length} codes ` });
  const forget = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: "Remove", ariaLabel: `Remove ${name}` });
  forget.addEventListener("click", () => { const { [name]: _, ...others } = read(); write(others); });
  const entry = document.createElement("li");
  entry.append(link, count, forget);
  return entry;
}
function show() {
  const lists = read();
  mine.querySelector("ul").replaceChildren(...Object.keys(lists).sort().map((name) => item(name, lists[name])));
  mine.hidden = !Object.keys(lists).length && !asked.get("codes");
}
mine.querySelector(".filters button")?.addEventListener("click", () => {
  const field = mine.querySelector("input"), name = field.value.trim();
  const kept = new URLSearchParams(["codes", "contract"].filter((key) => asked.get(key)).map((key) => [key, asked.get(key)]));
  if (name) { write({ ...read(), [name]: kept.toString() }); field.value = ""; }
});
show();
