// A long remittance, checked in parts: their lines joined to one table, those underpaid first, and to one CSV.
const joined = document.querySelector("[data-joined]");
const SHOWN = 200; // lines of the table at a time
const BESIDE = ["rank", "name", "address", "denials", "explain"]; // what a line has besides the columns of the CSV
const dollarsOf = (text) => Number(text).toLocaleString("en-US", { style: "currency", currency: "USD" });
const numberOf = (count) => count.toLocaleString("en-US");
const dayOf = (text) => text && new Date(text).toLocaleDateString("en-US", { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" });

function element(name, attributes, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inner);
  return made;
}

function titleOf(line) {
  const code = line.code
    ? [element("a", { class: "code", href: line.address }, line.code), ...line.modifiers.split(" ").filter(Boolean).map((each) => element("span", { class: "code" }, `-${each}`)),
      line.units > 1 ? ` × ${line.units}` : "", line.name ? ` ${line.name}` : ""]
    : [`Line ${line.line}`];
  return element("th", { scope: "row" }, ...code, element("br", {}), element("span", { class: "small quiet" }, [line.claim && `Claim ${line.claim}`, dayOf(line.date_of_service)].filter(Boolean).join(", ")));
}

function outcomeOf(line) {
  const under = [
    ...line.denials.map(([title, meaning, address]) => element("span", { class: "small" }, element("a", { href: address }, title), ` ${meaning}`)),
    line.explained_by && element("span", { class: "small" }, line.explained_by[0].toUpperCase() + line.explained_by.slice(1)),
    line.why_not && element("span", { class: "small quiet" }, line.why_not),
    line.explain && element("a", { class: "small no-print", href: line.explain }, `Explain ${dollarsOf(line.allowed)}`),
  ];
  const words = line.outcome[0].toUpperCase() + line.outcome.slice(1);
  return element("td", { "data-label": "Outcome" }, words, ...under.filter(Boolean).flatMap((each) => [element("br", {}), each]));
}

function rowOf(line, columns) {
  const amounts = columns.map(([label, key]) => element("td", { class: "num half", "data-label": label }, line[key] === null ? "–" : dollarsOf(line[key])));
  return element("tr", {}, titleOf(line), outcomeOf(line), ...amounts);
}

const sum = (lines, key) => lines.reduce((cents, line) => cents + Math.round(Number(line[key]) * 100), 0) / 100;

function summaryOf(lines, claims) {
  const counts = new Map();
  for (const { outcome } of lines) counts.set(outcome, (counts.get(outcome) || 0) + 1);
  return `${numberOf(lines.length)} lines${claims ? ` of ${numberOf(claims)} claims` : ""}: ${[...counts].map(([outcome, count]) => `${numberOf(count)} ${outcome}`).join(", ")}.`;
}

function csvOf(lines, unread, notice) {
  const columns = Object.keys(lines[0]).filter((key) => !BESIDE.includes(key));
  const cell = (value) => (/[",\r\n]/.test(value ?? "") ? `"${String(value).replaceAll('"', '""')}"` : value ?? "");
  const rows = lines.map((line) => columns.map((key) => line[key]));
  const lost = unread.map((words) => columns.map((key) => ({ line: "not read", why_not: words })[key]));
  return [columns, ...rows, ...lost, [notice]].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

// Shows what has been joined so far: `found` has lines, claims, unread segments in words, sources and the notice.
function showJoined(found, from = 0) {
  const lines = found.lines.sort((one, other) => one.rank - other.rank || one.difference - other.difference || one.line - other.line);
  const columns = [["Paid", "paid"], ["Allowed", "allowed"], ["Medicare", "expected"], ["Difference", "difference"]];
  if (lines.some((line) => line.contract !== null)) columns.push(["Contract", "contract"]);
  const part = (name) => joined.querySelector(`[data-${name}]`);
  const underpaid = -sum(lines.filter((line) => line.outcome === "underpaid"), "difference");
  part("title").textContent = underpaid ? `Underpaid by ${dollarsOf(underpaid)}` : "No line is paid below Medicare";
  part("summary").textContent = `${summaryOf(lines, found.claims)} Paid ${dollarsOf(sum(lines, "paid"))}, allowed ${dollarsOf(sum(lines, "allowed"))}. Source: CMS ${[...found.sources].join(", ")}.`;
  part("unread").hidden = !found.unread.length;
  part("unread").querySelector("ul").replaceChildren(...found.unread.map((words) => element("li", {}, words)));
  part("contract").hidden = columns.length < 5;
  joined.querySelector("tbody").replaceChildren(...lines.slice(from, from + SHOWN).map((line) => rowOf(line, columns)));
  part("range").textContent = `Lines ${numberOf(from + 1)} to ${numberOf(Math.min(from + SHOWN, lines.length))} of ${numberOf(lines.length)}`;
  for (const [name, to] of [["back", from - SHOWN], ["on", from + SHOWN]]) {
    part(name).disabled = to < 0 || to >= lines.length;
    part(name).onclick = () => showJoined(found, to);
  }
  URL.revokeObjectURL(part("csv").href);
  part("csv").href = URL.createObjectURL(new Blob([csvOf(lines, found.unread, found.notice)], { type: "text/csv" }));
  joined.hidden = false;
}

// The answer to one part; null where the site answers with no JSON, as when it is not reached.
async function answerTo(text, pass) {
  const body = new FormData(form);
  body.delete("file");
  for (const [name, value] of [["text", text], ["as", "part"], ["parts", pass]]) body.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return null;
  }
}

// Joins one answer to what is there. Segments are named by their line in the box, `above` of which are in former parts.
function join(found, answer, above) {
  const lines = answer.lines || [], before = found.lines.length;
  for (const line of lines) found.lines.push({ ...line, line: line.line + before, claim: line.claim && line.claim + found.claims });
  for (const words of answer.errors) found.unread.push(words.replace(/^Segment (\d+)/, (_, number) => `Line ${numberOf(Number(number) + above)}`));
  for (const source of answer.sources || []) found.sources.add(source);
  found.claims += answer.claims || 0;
  found.notice = answer.notice || found.notice;
}

// Checks all parts, one after the other, and shows what has come after each. What is not checked is said.
async function checkParts(all) {
  const found = { lines: [], claims: 0, unread: [], sources: new Set(), notice: "" };
  let above = 0, pass = "";
  for (const [at, part] of all.entries()) {
    say(`Checking part ${at + 1} of ${all.length}.`);
    const answer = await answerTo(part, pass);
    const isWhole = answer && (answer.status === 200 || (answer.status === 400 && answer.errors.every((words) => words.startsWith("Segment"))));
    if (!isWhole) {
      const why = answer ? answer.errors.join(" ") : "The site could not be reached.";
      say(`${at} of ${all.length} parts are checked. ${why}`);
      return;
    }
    join(found, answer, above);
    if (found.lines.length) showJoined(found);
    above += part.split("\n").length - 1;
    pass = answer.parts;
  }
  say(`${numberOf(found.lines.length)} service lines, checked in ${all.length} parts.`);
}
