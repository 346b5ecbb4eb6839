// What an EHR sends: a hook call with draft orders, and the record where it sends that along.

import { newUuid } from "./text.js";

// `medications` are CodeableConcepts; the first is the one selected at order-select.
export function hookCall(hook, patientId, medications) {
  const context = { userId: "Practitioner/nen-demo-doctor", patientId };
  if (hook !== "patient-view") {
    const entry = medications.map((medication, n) => ({ resource: draft(medication, n + 1, patientId) }));
    context.draftOrders = { resourceType: "Bundle", type: "collection", entry };
  }
  if (hook === "order-select") context.selections = ["MedicationRequest/draft-1"];
  return { hook, hookInstance: newUuid(), context };
}

function draft(medication, number, patientId) {
  const { text, coding } = medication;
  return { resourceType: "MedicationRequest", id: `draft-${number}`, status: "draft", intent: "order",
    subject: { reference: `Patient/${patientId}` },
    medicationCodeableConcept: coding.length ? { coding, text } : { text } };
}

// The record as an EHR would send it along: every template of discovery, read from the FHIR server by this page.
export async function prefetched(service, patientId, fhirServer) {
  const { services } = await (await fetch("/cds-services")).json();
  const templates = Object.entries(services.find((one) => one.id === service).prefetch ?? {});
  const read = async ([key, query]) => {
    const url = `${fhirServer}/${query.replaceAll("{{context.patientId}}", encodeURIComponent(patientId))}`;
    const answer = await fetch(url, { headers: { Accept: "application/fhir+json" } });
    return answer.ok ? [[key, await answer.json()]] : [];
  };
  return Object.fromEntries((await Promise.all(templates.map(read))).flat());
}

// Status, body and how long it took; an answer that is not JSON is an error.
export async function post(path, body, language) {
  const began = performance.now();
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Accept-Language": language } });
  const text = await answer.text();
  const milliseconds = Math.round(performance.now() - began);
  return { status: answer.status, body: text ? JSON.parse(text) : undefined, milliseconds };
}
