// The reading report of the last call: every fact the service reads, every drug, and what it set aside.

import { el } from "./text.js";
import { post } from "./call.js";

// Asks for the report of this call, and draws it or why there is none.
export async function drawReading(target, call, page) {
  const { words, language } = page;
  target.replaceChildren(el("p", { class: "quiet" }, words.calling));
  let answer;
  try {
    answer = await post(`/sandbox/reading/nen-${call.hook}`, call, language);
  } catch (broken) {
    answer = { status: 0, broken: String(broken) };
  }
  if (!page.isCurrent()) return;
  if (answer.status === 200) target.replaceChildren(...drawReport(answer.body, words));
  else target.replaceChildren(el("p", { class: "refusal", role: "alert" }, reasonOf(answer, words)));
}

function reasonOf({ status, body, broken }, words) {
  const told = (body?.issue ?? []).map((issue) => `${issue.code}: ${issue.diagnostics ?? ""}`);
  return [status ? `HTTP ${status}` : words.unreachable, ...told, broken].filter(Boolean).join(" · ");
}

function drawReport(report, words) {
  const notes = report.notes.map((note) => el("p", { class: "notice" }, note));
  return [el("p", { class: "stamp" }, report.stamp), ...notes, ...report.sections.map((one) => drawSection(one, words))];
}

function drawSection({ name, title, lines, total }, words) {
  const heading = total === undefined ? title : `${title}: ${total}`;
  const heads = [words.fact, words.value, words.from, words.date].map((head) => el("th", { scope: "col" }, head));
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...lines.map(drawLine)));
  const inside = lines.length ? el("div", { class: "scroll", tabindex: "0" }, table) : null;
  return el("details", { class: "read-section", "data-section": name, open: lines.length > 0 },
    el("summary", {}, heading), inside);
}

function drawLine({ label, told = "", name, source = "", date = "", unclear, seen = [], times = 1 }) {
  const id = name && name !== label ? el("span", { class: "quiet" }, ` ${name}`) : null;
  const found = seen.length ? el("ul", {}, ...seen.map((one) => el("li", {}, one))) : null;
  const often = times > 1 ? ` (×${times})` : null;
  return el("tr", { class: unclear ? "unclear" : undefined, "data-fact": name },
    el("th", { scope: "row" }, label, id), el("td", {}, told, often, found), el("td", {}, source), el("td", {}, date));
}
