"""Which drug of knowledge/drugs a resource is about: by any code it carries, else by its exact name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from ..domain.call import Json
from ..domain.knowledge import Drug
from .codes import Concept, Terms
from .drug_names import drugs_named, is_only_the_name
from .formulary import Formulary, formulary_of
from .shape import child, children, local_ref, text
from .whereabouts import MEDICATIONS, may_be_named
from .words import Match, matches, meanings

Find = Callable[[str, Json | None], list[Json]]
"""Finds the resources a reference may name: contained, on the record, or sent along."""

INTRA_ARTERIAL = "intra-arterial"
_MICROGRAMS = "mcg"


@dataclass(frozen=True)
class Recognised:
    """A listed drug. `form_is_known` is False where its formulation had to be told and was not; `route` is empty unless
    the drug goes into an artery of the tumour."""

    drug: Drug
    exact: bool
    form_is_known: bool
    route: str = ""

    @property
    def settled(self) -> bool:
        """True unless it may as well be another product of this ingredient."""
        return self.form_is_known or bool(self.drug.assumed_form)


@dataclass(frozen=True)
class _Said:
    """What a resource says of its drug, and beside it of form and route; and what its instructions say."""

    concepts: tuple[Concept, ...]
    beside: tuple[Concept, ...] = ()
    instructions: tuple[Concept, ...] = ()


def drug_of(resource: Json, terms: Terms, find: Find) -> Recognised | None:
    """The listed drug a resource orders, gives or reports as systemic treatment."""
    found = drug_by_any_route(resource, terms, find)
    return None if found is None or found.route else found


def drug_by_any_route(resource: Json, terms: Terms, find: Find) -> Recognised | None:
    """The listed drug a resource orders, gives or reports; None where it is none, or where it names two."""
    found = drugs_by_any_route(resource, terms, find)
    return found[0] if len(found) == 1 else None


def drugs_by_any_route(resource: Json, terms: Terms, find: Find) -> list[Recognised]:
    """Every listed drug a resource names: a record of "cisplatin + etoposide" is of both."""
    formulary = formulary_of(terms)
    said = _said(resource, terms, find)
    coded = {drug: True for drug, _ in _coded(said, formulary)}
    found = [_with_form(drug, exact, said, formulary) for drug, exact in (coded or _by_name(said, formulary)).items()]
    possible = [one for one in found if one]
    for choice in ([one for one in possible if one.form_is_known], [one for one in possible if one.settled], possible):
        if choice:
            return choice
    return []


def is_other_indication(concept: Concept, drug: Drug, terms: Terms) -> bool:
    """True when a diagnosis is another disease that this drug is given for."""
    phrases = formulary_of(terms).other_indications.get(drug.id)
    return phrases is not None and any(meanings(said, phrases) for said in _texts(concept))


def names_nothing(resource: Json, terms: Terms, find: Find) -> bool:
    """True when a resource does not say what drug it is of: a dead reference, an unread text, or nothing."""
    concepts = _said(resource, terms, find).concepts
    return any(concept.unread for concept in concepts) or not any(concept.stated for concept in concepts)


def said_of_drug(resource: Json, terms: Terms, find: Find) -> tuple[Concept, ...]:
    """What a resource says of its drug, listed or not."""
    return _said(resource, terms, find).concepts


def said_beside(resource: Json, terms: Terms, find: Find) -> tuple[Concept, ...]:
    """What a resource says of its drug, and of its form and route."""
    said = _said(resource, terms, find)
    return (*said.concepts, *said.beside)


def _by_name(said: _Said, formulary: Formulary) -> dict[str, bool]:
    """The drugs that words name, each with whether some text is that name and nothing else."""
    found: dict[str, bool] = {}
    for name in (name for concept in said.concepts for name in _texts(concept)):
        matched = _own_names(drugs_named(name, formulary.names), formulary)
        for drug in {drug for match in matched for drug in formulary.named[match.means]}:
            exact = is_only_the_name(name, [*matched, *_forms_in(name, drug, matched, formulary)])
            found[drug] = found.get(drug, False) or exact
    return found


def _own_names(matched: list[Match], formulary: Formulary) -> list[Match]:
    """Without the names of regimens that a drug of theirs stands beside: "oxaliplatin (FOLFOX)" is of one drug."""
    named = [formulary.named[match.means] for match in matched]
    alone = {drug for drugs in named if len(drugs) == 1 for drug in drugs}
    return [match for match, drugs in zip(matched, named, strict=True) if len(drugs) == 1 or not drugs & alone]


def _with_form(drug_id: str, exact: bool, said: _Said, formulary: Formulary) -> Recognised | None:
    """The drug with its form; None where it is told to be a form that is no order of this drug."""
    drug = formulary.drugs[drug_id]
    coded = {form for found, form in _coded(said, formulary) if found == drug_id and form}
    forms = coded or _forms_named((*said.concepts, *said.beside), drug_id, formulary)
    if drug.needs_form and not forms:  # "100 mcg SC three times daily" tells the product that the name leaves open
        forms = _forms_named(said.instructions, drug_id, formulary)
    if forms and (forms <= drug.excluded_forms or (drug.needs_form and drug.needs_form not in forms)):
        return Recognised(drug, exact, True, INTRA_ARTERIAL) if INTRA_ARTERIAL in forms else None
    return Recognised(drug, exact, not drug.needs_form or forms == {drug.needs_form})


def _forms_named(concepts: Iterable[Concept], drug: str, formulary: Formulary) -> set[str]:
    found = [
        match for concept in concepts for said in _texts(concept) for match in matches(said, formulary.forms[drug])
    ]
    return {match.means for match in found if not match.denied}


def _coded(said: _Said, formulary: Formulary) -> list[tuple[str, str]]:
    keys = [key for concept in said.concepts for coding in concept.codings for key in coding.keys]
    return list(chain.from_iterable(formulary.codes.get(key, []) for key in keys))


def _forms_in(said: str, drug: str, named: Iterable[Match], formulary: Formulary) -> list[Match]:
    taken = [(match.start, match.end) for match in named]
    found = matches(said, formulary.forms[drug])
    return [form for form in found if all(form.end <= start or form.start >= end for start, end in taken)]


def _said(resource: Json, terms: Terms, find: Find) -> _Said:
    concepts = [terms.under(resource, "medicationCodeableConcept"), terms.under(resource, "code")]
    concepts += [terms.concept(found) for key in ("orderDetail", "usedCode") for found in children(resource, key)]
    dosages = [*children(resource, "dosageInstruction"), *children(resource, "dosage")]
    beside = [terms.under(dosage, "route") for dosage in dosages]
    for reference in chain(children(resource, "medicationReference"), children(resource, "usedReference")):
        named = _named(reference, resource, find)
        if len(named) > 1 or not all(may_be_named(one) for one in named):
            return _Said(())  # which of them is meant is not told, or what is meant was withdrawn
        if not named:
            concepts.append(terms.concept({"text": reference.get("display")}))
            continue
        medication = named[0]
        concepts.append(terms.under(medication, "code"))
        concepts += _ingredients(medication, terms, find)
        beside.append(terms.under(medication, "form"))
    told = [instruction for dosage in dosages for instruction in _instructions(dosage)]
    return _Said(tuple(concepts), tuple(beside), tuple(terms.concept({"text": one}) for one in told))


def _instructions(dosage: Json) -> Iterable[str]:
    """How much and how, in words: the text of a dosage, and its doses with their units."""
    yield text(dosage, "text")
    doses = [child(rate, "doseQuantity") for rate in children(dosage, "doseAndRate")]
    for dose in (*doses, child(dosage, "dose")):
        if isinstance(dose.get("value"), int | float | Decimal):
            unit = text(dose, "code") or text(dose, "unit")
            yield f"{dose['value']} {_MICROGRAMS if unit == 'ug' else unit}"  # UCUM writes what drug names do not


def _ingredients(medication: Json, terms: Terms, find: Find) -> Iterable[Concept]:
    for ingredient in children(medication, "ingredient"):
        if ingredient.get("isActive") is not False:
            yield terms.under(ingredient, "itemCodeableConcept")
            named = _named(child(ingredient, "itemReference"), medication, find)
            yield from (terms.under(one, "code") for one in named if len(named) == 1 and may_be_named(one))


def _named(reference: Json, inside: Json, find: Find) -> list[Json]:
    found = find(local_ref(reference), inside)
    return [one for one in found if text(one, "resourceType") in MEDICATIONS]


def _texts(concept: Concept) -> list[str]:
    return [said for said in (concept.text, *(coding.display for coding in concept.codings)) if said]
