// The codes that were looked at last, which this device keeps. Read where the list stands, so that nothing moves after it.
const recent = (() => { try { return JSON.parse(localStorage.getItem("recent") || "[]"); } catch { return []; } })();
const place = document.querySelector("[data-recent]");
for (const { code, path, name } of recent) {
  const link = Object.assign(document.createElement("a"), { href: path + location.search, textContent: name || code });
  const number = Object.assign(document.createElement("span"), { className: "code", textContent: code });
  const item = document.createElement("li");
  item.append(number, " ", link);
  place.querySelector("ul").append(item);
}
place.hidden = recent.length === 0;
place.querySelector("button").addEventListener("click", () => { localStorage.removeItem("recent"); place.hidden = true; });
