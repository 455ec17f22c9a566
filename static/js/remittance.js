// Leaves out of a remittance (835) whatever is of people, before anything is sent: only the segments that the check
// reads go on, and of those only the elements that it reads. The server passes the rest over again.
const form = document.querySelector("[data-remittance]");
const AMOUNT = /^-?[\d.]{1,12}$/;
const REASON = /^[A-Za-z]?\d{1,3}$/;
const KEPT = {
  SVC: { 2: AMOUNT, 3: AMOUNT, 5: AMOUNT },
  CLP: { 2: /^\d{1,2}$/, 8: /^[A-Za-z0-9]{1,2}$/ },
  DTM: { 1: /^(472|150|232)$/, 2: /^20\d{6}$/ },
  AMT: { 1: /^B6$/i, 2: AMOUNT },
  LQ: { 1: /^[A-Za-z]{2}$/, 2: /^[A-Za-z]{0,2}\d{1,4}$/ },
  REF: { 1: /^6R$/i, 2: /^\d{1,4}$/ },
};
const MOST_LINES = 2000; // as the server takes at once; more go in parts
const MOST_SENT = 450_000; // characters: the server takes 512 KB
const WHOLE = ["DTM", "AMT", "REF"]; // nothing of these where an element is of another kind
const SERVICE = [/^[A-Za-z0-9]{2}$/, /^(?=.*\d)[A-Za-z0-9]{5}$|^\d{4,11}$/]; // and two characters of each modifier

function separators(text) {
  const start = text.replace(/^[\uFEFF\s]+/, "");
  if (/^ISA/i.test(start)) {
    const parts = start.slice(0, 400).split(start[3]);
    if (parts.length > 16 && parts[16].length > 1) return [start[3], parts[16][0], parts[16].slice(1, 3) === "\r\n" ? "\n" : parts[16][1]];
  }
  const first = /(?:^|[~\n\r])[ \t]{0,8}(?:CLP|SVC|CAS)([^A-Za-z0-9\s~])/i.exec(text);
  const composite = /SVC[^A-Za-z0-9\s][A-Z0-9]{2}([^A-Za-z0-9\s])/i.exec(text);
  return first && [first[1], composite ? composite[1] : ":", ["~", "\n"].find((end) => text.includes(end)) || "\r"];
}

// An element is sent only if it looks like what belongs there: a name in the place of a modifier stays here.
function only(part, wanted) { return wanted && wanted.test(part) ? part : ""; }

function service(part, component) {
  return part.split(component).slice(0, 6).map((each, at) => only(each.trim(), SERVICE[at] || SERVICE[0])).join(":");
}

function adjusted(part, at) {
  return only(part, at === 0 ? SERVICE[0] : at % 3 === 1 ? REASON : AMOUNT);
}

function elementsOf(segment, element, component) {
  const [typed, ...parts] = segment.split(element).map((part) => part.trim());
  const name = typed.toUpperCase();
  if (name === "CAS") return [name, ...parts.map(adjusted)];
  if (name === "PLB") {
    const taken = parts.slice(2).map((part, at) => (at % 2 ? only(part, AMOUNT) : only(part.split(component)[0], SERVICE[0])));
    return [name, "", "", ...taken];
  }
  const wanted = KEPT[name];
  if (!wanted) return null;
  const kept = parts.slice(0, 8).map((part, at) => only(part, wanted[at + 1]));
  if (WHOLE.includes(name) && !(kept[0] && kept[1])) return null;
  if (name === "SVC" && parts.length) kept[0] = service(parts[0], component);
  return [name, ...kept];
}

function filtered(text) {
  const found = separators(text);
  if (!found) return null;
  const [element, component, end] = found;
  return text.split(end)
    .map((segment) => elementsOf(segment.trim(), element, component))
    .filter(Boolean)
    .map((elements) => elements.join("*").replace(/\*+$/, "").replace(/^\w+$/, "$&*") + "~")
    .join("\n");
}

const say = (words) => { form.querySelector("[data-said]").textContent = words; };
const area = form.elements.text;
const chosen = form.elements.file;

// Whether nothing is left in the box but service lines.
function leaveOut(text) {
  const lines = filtered(text);
  if (lines === null || !lines.includes("SVC*")) {
    say("This is no remittance file (835): there is no SVC segment like SVC*HC:20610*150*54.20**1.");
    return false;
  }
  const count = lines.split("SVC*").length - 1;
  area.value = lines;
  say(`${count} service lines. Names, identifiers and dates of birth are left out.`);
  return true;
}

chosen.addEventListener("change", async () => {
  const file = chosen.files[0];
  if (!file) return;
  chosen.value = "";
  if (file.size > 5_000_000) say("The file is larger than 5 MB. Choose a part of it.");
  else leaveOut(await file.text());
});
area.addEventListener("paste", () => setTimeout(() => leaveOut(area.value)));
const counted = (text) => text.split("SVC*").length - 1;

// The lines in parts of whole claims, each as large as the server takes.
function parts(lines) {
  const found = [];
  for (const claim of lines.split(/^(?=CLP\*)/m)) {
    const last = found.length - 1, together = (found[last] || "") + claim;
    if (last >= 0 && counted(together) <= MOST_LINES && together.length < MOST_SENT) found[last] = together;
    else found.push(claim);
  }
  return found;
}

form.addEventListener("submit", (event) => {
  if (!area.value.trim()) return;
  const known = leaveOut(area.value);
  if (known && counted(area.value) <= MOST_LINES && area.value.length < MOST_SENT) return;
  event.preventDefault();
  if (known) checkParts(parts(area.value));
});
