// Leaves out of a remittance (835) whatever is of people, before anything is sent: only the segments that the check
// reads go on, and of those only the elements that it reads. The server passes the rest over again.
const form = document.querySelector("[data-remittance]");
const KEPT = { SVC: [1, 2, 3, 5], CLP: [2, 8], CAS: "all", DTM: [1, 2], AMT: [1, 2], LQ: [1, 2] };
const DATES = ["472", "150", "232"];

function separators(text) {
  const start = text.replace(/^[\uFEFF\s]+/, "");
  if (start.startsWith("ISA")) {
    const parts = start.slice(0, 400).split(start[3]);
    if (parts.length > 16 && parts[16].length > 1) return [start[3], parts[16][0], parts[16][1]];
  }
  const first = /(?:^|[~\n\r])[ \t]{0,8}(?:CLP|SVC|CAS)([^A-Za-z0-9\s])/.exec(text);
  const composite = /SVC[^A-Za-z0-9\s][A-Z0-9]{2}([^A-Za-z0-9\s])/.exec(text);
  return first && [first[1], composite ? composite[1] : ":", text.includes("~") ? "~" : "\n"];
}

// A code, an amount or a number is short, and has no blanks.
function short(part) { return /^[-.A-Za-z0-9]{1,12}$/.test(part) ? part : ""; }

function elementsOf(segment, element, component) {
  const parts = segment.split(element).map((part) => part.trim());
  const name = parts[0].toUpperCase();
  if (name === "PLB") return ["PLB", "", "", ...parts.slice(3).map((part, at) => (at % 2 ? part : part.split(component)[0]))];
  const wanted = KEPT[name];
  if (!wanted || (name === "DTM" && !DATES.includes(parts[1])) || (name === "AMT" && parts[1] !== "B6")) return null;
  const kept = wanted === "all" ? parts.slice(1) : parts.slice(1, 9).map((part, at) => (wanted.includes(at + 1) ? part : ""));
  if (name === "SVC") kept[0] = kept[0].split(component).slice(0, 6).map(short).join(":");
  return [name, ...kept.map((part, at) => (name === "SVC" && at === 0 ? part : short(part)))];
}

function filtered(text) {
  const found = separators(text);
  if (!found) return null;
  const [element, component, end] = found;
  return text.split(end === "\r" ? "\n" : end)
    .map((segment) => elementsOf(segment.trim(), element, component))
    .filter(Boolean)
    .map((elements) => elements.join("*").replace(/\*+$/, "") + "~")
    .join("\n");
}

const say = (words) => { form.querySelector("[data-said]").textContent = words; };
const area = form.elements.text;
const chosen = form.elements.file;

function leaveOut(text) {
  const lines = filtered(text);
  if (lines === null || !lines.includes("SVC")) {
    say("This is no remittance file (835): there is no SVC segment like SVC*HC:20610*150*54.20**1.");
    return;
  }
  area.value = lines;
  say(`${lines.split("SVC*").length - 1} service lines. Names, identifiers and dates of birth are left out.`);
}

chosen.addEventListener("change", async () => {
  const file = chosen.files[0];
  if (!file) return;
  chosen.value = "";
  if (file.size > 5_000_000) say("The file is larger than 5 MB. Choose a part of it.");
  else leaveOut(await file.text());
});
area.addEventListener("paste", () => setTimeout(() => leaveOut(area.value)));
form.addEventListener("submit", () => {
  const lines = filtered(area.value);
  if (lines !== null) area.value = lines;
});
