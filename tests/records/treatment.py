"""Orders and drugs on record (rules.md section 1b) as FHIR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from cds_service.cards.suggest import draft_order
from cds_service.domain.call import Json
from cds_service.domain.knowledge import ClinicalCase, Knowledge

from .resources import NEN, SUBJECT, concept, condition
from .tumour import NotWritten

DRAFT = "draft-1"
# What stands in for a computed fact that a case decrees: drugs on record by state.
STAND_INS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("platinum_state", "in-plan"): ("in_plan", "cisplatin"),
    ("platinum_state", "had"): ("given_before", "cisplatin"),
    ("capecitabine_state", "in-plan"): ("in_plan", "capecitabine"),
    ("capecitabine_state", "had"): ("given_before", "capecitabine"),
    ("ssa_in_plan", "yes"): ("in_plan", "lanreotide"),
    ("prrt_in_plan", "yes"): ("in_plan", "lutetium-dotatate"),
    ("had_ssa", "yes"): ("given_before", "lanreotide"),
    ("had_prrt", "yes"): ("given_before", "lutetium-dotatate"),
    ("had_non_ssa", "yes"): ("given_before", "sunitinib"),
    ("line_of_therapy", "later"): ("given_before", "doxorubicin"),
    ("on_antitumour", "yes"): ("in_plan", "doxorubicin"),
}
# What follows from a history that was read and holds nothing.
BY_AN_EMPTY_HISTORY = {
    *(("platinum_state", "none"), ("capecitabine_state", "none"), ("ssa_in_plan", "no"), ("prrt_in_plan", "no")),
    *(("had_ssa", "no"), ("had_prrt", "no"), ("had_non_ssa", "no"), ("line_of_therapy", "first"), ("ssa_alone", "yes")),
    *(("on_antitumour", "no"), ("had_platinum", "no")),
}
STATES = {"in_plan": ("active", 7), "stale": ("active", 300), "given_before": ("completed", 300)}
HISTORY = ("history", "perioperative", *STATES)


def with_stand_ins(case: ClinicalCase) -> dict[str, str]:
    """What the case gives, its decreed computed facts turned into drugs on record."""
    given = dict(case.given)
    for name, value in case.given.items():
        if (name, value) in BY_AN_EMPTY_HISTORY:
            given["history"] = "read"
        elif (name, value) in STAND_INS:
            state, drug = STAND_INS[name, value]
            given[state] = f"{given[state]} + {drug}" if state in given else drug
    return given


def drafts(given: Mapping[str, str], on: date, knowledge: Knowledge) -> list[Json]:
    """The draft orders of the call, the one asked about first."""
    if "ordered_drug" not in given:
        return []
    found = [_draft(DRAFT, given["ordered_drug"], on, knowledge)]
    found[0] |= _reason(given.get("order_reason", "unclear"))
    if given.get("order_kind") == "continuation":
        found[0]["priorPrescription"] = {"reference": "MedicationRequest/before"}
    for place, (drug, route) in enumerate(_listed(given, "also_ordered")):
        found.append(_draft(f"draft-{place + 2}", drug, on, knowledge) | _reason("this-tumour") | _route(route))
    return found


def drugs_on_record(given: Mapping[str, str], on: date, knowledge: Knowledge) -> Iterator[Json]:
    """A request, or two where the drug began earlier, for each drug the case holds on record; of an analogue
    that was given the last dose too, for an order is none."""
    if "perioperative" in given:
        raise NotWritten("perioperative", given["perioperative"])
    for name, (status, ago) in STATES.items():
        for place, (drug, said) in enumerate(_listed(given, name)):
            begun, _, last = said.partition(" to ")
            last_day = last or said or str(on - timedelta(days=ago))
            first_day = begun or str(on - timedelta(days=max(ago, 60)))
            is_depot = name != "stale" and knowledge.drugs[drug].group == "ssa-long"
            told = "stopped" if is_depot and name == "given_before" else status
            yield _request(f"{name}-{place}-{drug}", drug, told, last_day, knowledge)
            if is_depot:
                yield _dose(f"{name}-{place}-{drug}-dose", drug, last_day, knowledge)
            if first_day != last_day:
                yield _request(f"{name}-{place}-{drug}-first", drug, "completed", first_day, knowledge)
    yield from _doses(given, on, knowledge)


def other_cancer(given: Mapping[str, str], on: date) -> Iterator[Json]:
    """Where it is not clear what an order is for, another cancer that it might be for."""
    if "ordered_drug" in given and given.get("order_reason", "unclear").startswith("unclear"):
        yield condition("breast", concept(text="breast cancer"), str(on - timedelta(days=3000)), "inactive")


def allergies(given: Mapping[str, str], knowledge: Knowledge) -> Iterator[Json]:
    """An allergy to each drug the case names."""
    wanted = [drug for drug, _ in _listed(given, "allergies")]
    if given.get("allergy_to_ordered_drug") == "yes":
        wanted.append(given["ordered_drug"])
    for drug in wanted:
        yield {
            "resourceType": "AllergyIntolerance",
            "id": f"allergy-{drug}",
            "clinicalStatus": concept(("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active")),
            "verificationStatus": concept(
                ("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "confirmed")
            ),
            "code": concept(text=knowledge.drugs[drug].names["en"]),
            "patient": SUBJECT,
        }


def history_was_read(given: Mapping[str, str]) -> bool:
    """Whether the searches for treatment were answered in full."""
    return given.get("history") == "read"


def _draft(name: str, drug: str, on: date, knowledge: Knowledge) -> Json:
    order = draft_order(knowledge.drugs[drug], SUBJECT["reference"].split("/")[1], "en")
    found = knowledge.drugs[drug]
    if "coding" not in order["medicationCodeableConcept"]:
        form = found.form_words.get(found.needs_form, ("",))[0]
        order["medicationCodeableConcept"] = {"text": f"{found.words['en'][0]} {form}".strip()}
    return {**order, "id": name, "intent": "order", "authoredOn": str(on)}


def _request(name: str, drug: str, status: str, on: str, knowledge: Knowledge) -> Json:
    whole = _draft(name, drug, date(2000, 1, 1), knowledge)
    return {**whole, "status": status, "authoredOn": on}


def _reason(reason: str) -> Json:
    if reason == "this-tumour":
        return {"reasonReference": [{"reference": f"Condition/{NEN}"}]}
    if reason == "another-disease":
        return {"reasonCode": [concept(text="renal cell carcinoma")]}
    return {}


def _route(words: str) -> Json:
    return {"dosageInstruction": [{"route": concept(text=words)}]} if words else {}


def _doses(given: Mapping[str, str], on: date, knowledge: Knowledge) -> Iterator[Json]:
    """Administrations of a radioligand, eight weeks apart."""
    count = given.get("prrt_doses_given", "unclear")
    if count.startswith("unclear"):
        return
    if not count.isdigit():
        raise NotWritten("open-count", f"prrt_doses_given {count}")
    for dose in range(int(count)):
        yield _dose(f"dose-{dose}", "lutetium-dotatate", str(on - timedelta(days=300 + 56 * dose)), knowledge)


def _dose(name: str, drug: str, on: str, knowledge: Knowledge) -> Json:
    return {
        "resourceType": "MedicationAdministration",
        "id": name,
        "status": "completed",
        "medicationCodeableConcept": _draft(name, drug, date(2000, 1, 1), knowledge)["medicationCodeableConcept"],
        "subject": SUBJECT,
        "effectiveDateTime": on,
    }


def _listed(given: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, given.get(name, "").split("+")):
        drug, _, words = part.strip().partition(" (")
        yield drug, words.rstrip(")")
