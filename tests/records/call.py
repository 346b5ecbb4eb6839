"""One clinical case as a hook call with a full prefetch."""

from __future__ import annotations

from cds_service.domain.call import Json
from cds_service.domain.knowledge import ClinicalCase, Knowledge
from cds_service.hooks.services import TEMPLATES

from .resources import PATIENT, bundle
from .safety import co_drafts, facts_of_safety
from .treatment import DRAFT, allergies, drafts, drugs_on_record, history_was_read, other_cancer, with_stand_ins
from .tumour import NOT_CONFIRMED, UNDATED, NotWritten, facts_of_the_tumour, nen, patient

# Facts that no record states: a case that decrees one is not written.
DECREED = {
    *("starter_population", "everolimus_case", "prrt_trial_fit", "order_class", "drug_class", "partner"),
    *("platinum_agent", "tki", "dll3_drug", "ici_regimen", "other_ssa", "doxorubicin_route", "grade_agreement"),
    *("differentiation_agreement", "ki67_agreement", "site_group", "later_line_due", "decision_due", "platinum_unfit"),
}
PLAIN = ("unclear (not-recorded)", "unclear (conflicting)")  # the doubts a record is written for
OF_THE_DIAGNOSIS = {("diagnosis", NOT_CONFIRMED), ("recent_diagnosis", UNDATED)}


def call_of(case: ClinicalCase, knowledge: Knowledge) -> Json:
    """The call that this case is; NotWritten where no record can say what it says."""
    given = with_stand_ins(case)
    if decreed := DECREED & set(given):
        raise NotWritten("decreed", ", ".join(sorted(decreed)))
    doubts = {(name, value) for name, value in given.items() if value.startswith("unclear (") and value not in PLAIN}
    if doubtful := sorted(name for name, _ in doubts - OF_THE_DIAGNOSIS):
        raise NotWritten("doubt", ", ".join(doubtful))
    resources = [
        nen(given, case.on),
        *facts_of_the_tumour(given, case.on),
        *drugs_on_record(given, case.on, knowledge),
        *other_cancer(given, case.on),
        *allergies(given, knowledge),
        *facts_of_safety(given, case.on),
    ]
    orders = drafts(given, case.on, knowledge) + co_drafts(given, case.on)
    context: Json = {"patientId": PATIENT, "userId": "Practitioner/1"}
    if case.hook != "patient-view":
        context["draftOrders"] = {"resourceType": "Bundle", "entry": [{"resource": order} for order in orders]}
    if case.hook == "order-select":
        context["selections"] = [f"MedicationRequest/{DRAFT}"]
    return {
        "hook": case.hook,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": context,
        "prefetch": _prefetch(resources, patient(given, case.on), history_was_read(given)),
    }


def _prefetch(resources: list[Json], person: Json, history: bool) -> Json:
    found: Json = {}
    for template in TEMPLATES:
        of_type = [one for one in resources if one["resourceType"] == template.type]
        found[template.key] = person if template.type == "Patient" else bundle(of_type)
    if not history:
        del found["procedures"]  # treatment may be recorded there: so nothing is known to be absent
    return found
