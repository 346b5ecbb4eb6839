// Cards as an EHR draws them: indicator, words, suggestions, reasons for not following, and what it rests on.

import { el, markdown } from "./text.js";

const BASIS = "org.nen-cds.basis";
const DATA = "org.nen-cds.data";

// `page` holds: words (of the page), language, choices, and feedback(entry), which resolves to an HTTP status.
export function drawAnswer(target, answer, page) {
  const { words } = page;
  const cards = answer.cards ?? [];
  target.replaceChildren(...cards.map((card, n) => drawCard(card, n === 0, page)));
  if (!cards.length) {
    target.append(el("div", { class: "silence" }, el("strong", {}, words.silent), el("p", {}, words.silentWhy)));
  }
  const told = answer.extension?.[DATA] ?? {};
  for (const [name, show] of [["withheld", (one) => `${one.rule} / ${one.row}`], ["troubles", (one) => Object.values(one).join(" · ")]]) {
    if (told[name]?.length) {
      const items = told[name].map((one) => el("li", {}, show(one)));
      target.append(el("div", { class: "notice" }, el("strong", {}, words[name]), el("ul", {}, ...items)));
    }
  }
}

function drawCard(card, first, page) {
  const { words } = page;
  const level = ["info", "warning", "critical"].includes(card.indicator) ? card.indicator : "info";
  const status = el("p", { class: "feedback", role: "status", "aria-live": "polite" });
  const badge = el("span", { class: "badge" }, level === "warning" ? words.warningWord : words[level]);
  const topic = el("span", { class: "topic" }, card.source?.topic?.display ?? "");
  const article = el("article", { class: `card ${level}`, "data-card": card.uuid },
    el("div", { class: "card-head" }, badge, topic),
    el("h3", {}, card.summary),
    el("div", { class: "detail" }, markdown(card.detail ?? "")),
    drawSource(card.source, words));
  const tell = (entry, done) => sendFeedback(card, entry, { status, article, page, done });
  if (card.suggestions?.length) article.append(drawSuggestions(card.suggestions, tell, words));
  if (card.overrideReasons?.length) article.append(drawOverride(card.overrideReasons, tell, words));
  article.append(status);
  const basis = card.extension?.[BASIS];
  if (basis) article.append(drawBasis(basis, first && level !== "info", page));
  return article;
}

function drawSource(source, words) {
  const label = source?.label ?? "";
  const safe = /^https:\/\//.test(source?.url ?? "");
  const shown = safe ? el("a", { href: source.url, rel: "noreferrer noopener", target: "_blank" }, label) : label;
  return el("p", { class: "source" }, `${words.source}: `, shown);
}

function drawSuggestions(suggestions, tell, words) {
  const done = el("div", { class: "done" });
  const buttons = suggestions.map((suggestion) => {
    const button = el("button", { type: "button", class: "suggestion", onclick: () => {
      tell({ outcome: "accepted", acceptedSuggestions: [{ id: suggestion.uuid }] }, () => {
        button.disabled = true;
        button.append(el("span", { class: "tick" }, ` ✓ ${words.accepted}`));
        done.append(...(suggestion.actions ?? []).map((action) => drawAction(action, words)));
      });
    } }, suggestion.label);
    return button;
  });
  return el("div", { class: "suggestions", role: "group", "aria-label": words.suggestions }, ...buttons, done);
}

function drawAction(action, words) {
  if (action.type === "delete") return el("p", {}, words.wouldDelete(action.resourceId));
  const json = JSON.stringify(action.resource, null, 2);
  return el("div", {}, el("p", {}, words.wouldCreate(action.description)), el("pre", { tabindex: "0" }, json));
}

function drawOverride(reasons, tell, words) {
  const options = reasons.map((reason, n) => el("option", { value: n }, reason.display));
  const choice = el("select", {}, el("option", { value: "" }, words.noReason), ...options);
  const comment = el("input", { type: "text", maxlength: "1000" });
  const form = el("form", { class: "override" },
    el("label", {}, el("span", {}, `${words.overrideLegend} · ${words.reason}`), choice),
    el("label", {}, el("span", {}, words.comment), comment),
    el("button", { type: "submit" }, words.dismiss));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const entry = { outcome: "overridden" };
    const override = {};
    const reason = reasons[Number(choice.value)];
    if (choice.value !== "" && reason) override.reason = { code: reason.code, system: reason.system };
    if (comment.value.trim()) override.userComment = comment.value.trim();
    if (Object.keys(override).length) entry.overrideReason = override;
    tell(entry, (article) => {
      article.classList.add("dismissed");
      for (const control of form.elements) control.disabled = true;
      form.querySelector("button").textContent = `✓ ${words.dismissed}`;
    });
  });
  return form;
}

async function sendFeedback(card, entry, { status, article, page, done }) {
  const { words } = page;
  status.textContent = words.feedbackSending;
  const answer = await page.feedback({ card: card.uuid, ...entry, outcomeTimestamp: new Date().toISOString() });
  const stored = answer === 200;
  status.textContent = stored ? words.feedbackStored(answer) : words.feedbackFailed(answer);
  status.classList.toggle("bad", !stored);
  if (stored) done(article);
}

function drawBasis(basis, open, page) {
  const { words, language, choices } = page;
  const facts = basis.facts ?? [];
  const rows = facts.map((one) => {
    const known = choices.facts[one.fact];
    const shown = one.unclear
      ? `${words.unclear}: ${choices.reasonsUnclear[one.unclear]?.[language] ?? one.unclear}`
      : known?.words[one.value]?.[language] ?? `${one.value}${known?.unit[language] ?? ""}`;
    return el("tr", { class: one.unclear ? "unclear" : undefined },
      el("th", { scope: "row" }, known?.label[language] ?? one.fact), el("td", {}, shown),
      el("td", {}, one.source ?? ""), el("td", {}, one.date ?? ""));
  });
  const heads = [words.fact, words.value, words.from, words.date].map((head) => el("th", { scope: "col" }, head));
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
  const stamp = `${words.rule}: ${basis.rule} / ${basis.row} · ${basis.status} · ${basis.knowledge}`;
  return el("details", { class: "basis", open }, el("summary", {}, words.facts(facts.length)),
    el("div", { class: "scroll", tabindex: "0" }, table), el("p", { class: "stamp" }, stamp));
}
