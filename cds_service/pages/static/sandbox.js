// The page that plays an EHR: it builds a hook call, sends it, and draws the answer.

import { drawAnswer } from "./cards.js";
import { el, newUuid, showJson } from "./text.js";
import { WORDS } from "./words.js";

const choices = JSON.parse(document.getElementById("choices").textContent);
const asked = new URLSearchParams(location.search);
const at = (id) => document.getElementById(id);
const form = at("call");
let words = WORDS.en;
let last = null; // the last call and its answer, drawn again when nothing but the words changes

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

function describe() {
  const patient = choices.patients.find((one) => one.id === at("patient").value);
  const ordering = at("hook").value !== "patient-view";
  at("about").textContent = patient.about[language()];
  at("drug").disabled = at("also").disabled = !ordering;
  const tries = patient.tries.map((id) => choices.drugs.find((drug) => drug.id === id)).filter(Boolean);
  at("tries").replaceChildren(words.tries, ...tries.map((drug) => el("button", { type: "button", class: "chip",
    onclick: () => { tryDrug(drug.id); } }, drug.names[language()])));
}

function tryDrug(id) {
  if (at("hook").value === "patient-view") at("hook").value = "order-select";
  at("drug").value = id;
  describe();
  send();
}

function draft(drugId, number, patientId) {
  const drug = choices.drugs.find((one) => one.id === drugId);
  const medication = { text: drug.names[language()] };
  if (drug.coding.length) medication.coding = drug.coding;
  return { resource: { resourceType: "MedicationRequest", id: `draft-${number}`, status: "draft", intent: "order",
    subject: { reference: `Patient/${patientId}` }, medicationCodeableConcept: medication } };
}

function hookCall() {
  const patientId = at("patient").value;
  const hook = at("hook").value;
  const context = { userId: "Practitioner/nen-demo-doctor", patientId };
  if (hook !== "patient-view") {
    const drugs = [at("drug").value, at("also").value].filter(Boolean);
    context.draftOrders = { resourceType: "Bundle", type: "collection",
      entry: drugs.map((drug, n) => draft(drug, n + 1, patientId)) };
    if (hook === "order-select") context.selections = ["MedicationRequest/draft-1"];
  }
  return { hook, hookInstance: newUuid(), context };
}

// The record as an EHR would send it along: every template of discovery, read from the FHIR server by this page.
async function prefetched(service, patientId) {
  const { services } = await (await fetch("/cds-services")).json();
  const templates = Object.entries(services.find((one) => one.id === service).prefetch ?? {});
  const read = async ([key, query]) => {
    const url = `${choices.fhirServer}/${query.replaceAll("{{context.patientId}}", encodeURIComponent(patientId))}`;
    const answer = await fetch(url, { headers: { Accept: "application/fhir+json" } });
    return answer.ok ? [[key, await answer.json()]] : [];
  };
  return Object.fromEntries((await Promise.all(templates.map(read))).flat());
}

async function send() {
  const call = hookCall();
  const service = `nen-${call.hook}`;
  const path = `/cds-services/${service}`;
  remember();
  at("state").textContent = words.calling;
  at("send").disabled = true;
  try {
    if (at("record").value === "prefetch") call.prefetch = await prefetched(service, call.context.patientId);
    if (at("record").value === "server") call.fhirServer = choices.fhirServer;
    last = { call, path, ...(await post(path, call)) };
  } catch (broken) {
    last = { call, path, status: 0, body: undefined, broken: String(broken), milliseconds: 0 };
  }
  at("send").disabled = false;
  draw();
}

async function post(path, body) {
  const began = performance.now();
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Accept-Language": language() } });
  const text = await answer.text();
  const milliseconds = Math.round(performance.now() - began);
  return { status: answer.status, body: text ? JSON.parse(text) : undefined, milliseconds };
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
    return (await post(`${path}/feedback`, { feedback: [entry] })).status;
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
  history.replaceState(null, "", `?${new URLSearchParams(chosen)}`);
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
  if (!asked.get("drug")) choose("drug", choices.patients.find((one) => one.id === at("patient").value).tries[0]);
  describe();
  draw();
  at("language").addEventListener("change", () => { speak(); if (last) send(); });
  at("patient").addEventListener("change", describe);
  at("hook").addEventListener("change", describe);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  if (asked.get("send") === "1") send();
}

start();
