// The page that plays an EHR: it builds a hook call, sends it, and draws the answer.

import { hookCall, post, prefetched } from "./call.js";
import { drawAnswer } from "./cards.js";
import { drawReading } from "./reading.js";
import { el, showJson } from "./text.js";
import { WORDS } from "./words.js";

const choices = JSON.parse(document.getElementById("choices").textContent);
const asked = new URLSearchParams(location.search);
const at = (id) => document.getElementById(id);
const form = at("call");
let words = WORDS.en;
let last = null; // the last call and its answer
let turn = 0; // of two calls under way only the later one is drawn

function language() {
  return at("language").value;
}

function fillSelect(select, options) {
  const chosen = select.value;
  select.replaceChildren(...options);
  select.value = chosen;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function drugOptions() {
  const groups = new Map();
  for (const drug of choices.drugs) {
    if (!groups.has(drug.group)) groups.set(drug.group, []);
    groups.get(drug.group).push(el("option", { value: drug.id }, drug.names[language()]));
  }
  return [...groups].map(([group, options]) => el("optgroup", { label: words.groups[group] ?? group }, ...options));
}

// Every word of the page in the chosen language; what was chosen stays chosen.
function speak() {
  words = WORDS[language()];
  document.documentElement.lang = language();
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
  fillSelect(at("patient"), choices.patients.map((one) => el("option", { value: one.id }, one.title[language()])));
  fillSelect(at("hook"), choices.hooks.map((hook) => el("option", { value: hook }, hook)));
  fillSelect(at("drug"), drugOptions());
  const records = choices.fhirServer ? ["server", "prefetch", "none"] : ["none"];
  fillSelect(at("record"), records.map((one) => el("option", { value: one }, words.records[one])));
  fillSelect(at("also"), [el("option", { value: "" }, words.none), ...drugOptions()]);
  describe();
}

function patientChosen() {
  return choices.patients.find((one) => one.id === at("patient").value);
}

// Another patient or hook: what is on the screen is no longer about it.
function forget() {
  last = null;
  turn += 1;
  for (const id of ["cards", "request", "response", "request-line", "response-line", "reading-report"]) at(id).replaceChildren();
  at("send").disabled = false;
  describe();
  draw();
}

function describe() {
  const patient = patientChosen();
  const ordering = at("hook").value !== "patient-view";
  at("about").textContent = patient.about[language()];
  at("drug").disabled = at("also").disabled = !ordering;
  at("tries").replaceChildren(words.tries, ...patient.tries.map((tried) => el("button", { type: "button", class: "chip",
    onclick: () => { tryDrugs(tried); } }, tried.split("+").map(nameOf).join(" + "))));
}

function nameOf(id) {
  return choices.drugs.find((drug) => drug.id === id)?.names[language()] ?? id;
}

// One drug, or two that are signed together: a pair is known to be one at order-sign only.
function tryDrugs(tried) {
  const [drug, also = ""] = tried.split("+");
  if (also) at("hook").value = "order-sign";
  else if (at("hook").value === "patient-view") at("hook").value = "order-select";
  at("drug").value = drug;
  at("also").value = also;
  describe();
  send();
}

// The drugs chosen, each as the CodeableConcept of its order.
function draftsChosen() {
  const drugs = [at("drug").value, at("also").value].map((id) => choices.drugs.find((drug) => drug.id === id));
  return drugs.filter(Boolean).map((drug) => ({ text: drug.names[language()], coding: drug.coding }));
}

async function send() {
  const call = hookCall(at("hook").value, at("patient").value, draftsChosen());
  const service = `nen-${call.hook}`;
  const path = `/cds-services/${service}`;
  remember();
  const mine = (turn += 1);
  at("state").textContent = words.calling;
  at("send").disabled = true;
  const found = await answerTo(call, path, service);
  if (mine !== turn) return;
  last = found;
  at("send").disabled = false;
  draw();
  read();
}

// The reading report of the last call, where the reader has it open.
function read() {
  const mine = turn;
  const isCurrent = () => mine === turn;
  if (last && at("reading").open) drawReading(at("reading-report"), last.call, { words, language: language(), isCurrent });
}

async function answerTo(call, path, service) {
  const { fhirServer } = choices;
  const record = at("record").value;
  try {
    if (record === "prefetch") call.prefetch = await prefetched(service, call.context.patientId, fhirServer);
    if (record === "server") call.fhirServer = fhirServer;
    return { call, path, ...(await post(path, call, language())) };
  } catch (broken) {
    return { call, path, status: 0, body: undefined, broken: String(broken), milliseconds: 0 };
  }
}

function draw() {
  if (!last) {
    at("state").textContent = choices.fhirServer ? words.idle : words.noServer;
    return;
  }
  const { call, path, status, body, milliseconds, broken } = last;
  at("request-line").textContent = `POST ${path}`;
  showJson(at("request"), call);
  at("response-line").textContent = status ? `${status} · ${milliseconds} ms` : words.unreachable;
  showJson(at("response"), body);
  if (status === 200) {
    at("state").textContent = `${words.count(body.cards.length)} · ${milliseconds} ms`;
    const feedback = (entry) => tell(path, entry);
    drawAnswer(at("cards"), body, { words, language: language(), choices, feedback });
  } else {
    at("state").textContent = status ? words.failed : words.unreachable;
    const reasons = (body?.issue ?? []).map((issue) => el("li", {}, `${issue.code}: ${issue.diagnostics ?? ""}`));
    at("cards").replaceChildren(el("div", { class: "refusal", role: "alert" },
      el("strong", {}, status ? `HTTP ${status}` : words.unreachable), el("ul", {}, ...reasons), broken ?? ""));
  }
}

async function tell(path, entry) {
  try {
    return (await post(`${path}/feedback`, { feedback: [entry] }, language())).status;
  } catch (broken) {
    return String(broken);
  }
}

// The address shows what was chosen, so that a view can be shared and photographed.
function remember() {
  const chosen = { patient: at("patient").value, hook: at("hook").value, lang: language(), send: "1" };
  if (chosen.hook !== "patient-view") chosen.drug = at("drug").value;
  if (chosen.hook !== "patient-view" && at("also").value) chosen.also = at("also").value;
  if (at("record").value !== "server") chosen.record = at("record").value;
  if (at("reading").open) chosen.reading = "1";
  history.replaceState(null, "", `?${new URLSearchParams(chosen)}`);
}

function suggestFirst() {
  const [drug, also = ""] = patientChosen().tries[0].split("+");
  choose("drug", drug);
  at("also").value = also;
}

function choose(id, value) {
  const select = at(id);
  if (value && [...select.options].some((option) => option.value === value)) select.value = value;
}

function start() {
  at("language").value = choices.language;
  choose("language", asked.get("lang") ?? (navigator.language.startsWith("ja") ? "ja" : ""));
  speak();
  choose("hook", "order-select");
  for (const id of ["patient", "hook", "drug", "also", "record"]) choose(id, asked.get(id));
  if (!asked.get("drug")) suggestFirst();
  describe();
  draw();
  at("language").addEventListener("change", () => { speak(); if (last) send(); });
  at("patient").addEventListener("change", () => { suggestFirst(); forget(); });
  at("hook").addEventListener("change", forget);
  at("reading").open = asked.get("reading") === "1";
  at("reading").addEventListener("toggle", read);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  if (asked.get("send") === "1") send();
}

start();
