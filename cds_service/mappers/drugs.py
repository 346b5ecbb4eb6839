"""Which drug of knowledge/drugs a resource is about: by any code it carries, else by its exact name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from ..domain.call import Json
from ..domain.knowledge import Drug
from .acts import SURE, Act, act_of
from .codes import Concept, Terms
from .drug_names import drugs_named, is_only_the_name, is_ordered, without_amounts
from .formulary import Formulary, formulary_of
from .told_of_drug import Find, Said, told_of_drug
from .words import Match, matches, meanings

INTRA_ARTERIAL = "intra-arterial"


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


def drug_of(resource: Json, terms: Terms, find: Find) -> Recognised | None:
    """The listed drug a resource orders, gives or reports as systemic treatment."""
    found = drug_by_any_route(resource, terms, find)
    return None if found is None or found.route else found


def drug_by_any_route(resource: Json, terms: Terms, find: Find) -> Recognised | None:
    """The listed drug a resource orders, gives or reports; None where it is none, or where it names two."""
    found = drugs_by_any_route(resource, terms, find)
    return found[0] if len(found) == 1 else None


def drugs_by_any_route(resource: Json, terms: Terms, find: Find, acts: frozenset[Act] = SURE) -> list[Recognised]:
    """Every listed drug a resource names: a record of "cisplatin + etoposide" is of both.

    `acts`: what a Procedure or a service has to say of a drug to be of it.
    """
    formulary = formulary_of(terms)
    said = told_of_drug(resource, terms, find)
    coded = {drug: True for drug, _ in _coded(said, formulary)}
    named = coded or _by_name(said, terms, acts)
    found = [_with_form(drug, exact, said, formulary) for drug, exact in named.items()]
    possible = [one for one in found if one]
    for choice in ([one for one in possible if one.form_is_known], [one for one in possible if one.settled], possible):
        if choice:
            return choice
    return []


def is_other_indication(concept: Concept, drug: Drug, terms: Terms) -> bool:
    """True when a diagnosis is another disease that this drug is given for."""
    phrases = formulary_of(terms).other_indications.get(drug.id)
    return phrases is not None and any(meanings(said, phrases) for said in concept.texts)


def _by_name(said: Said, terms: Terms, acts: frozenset[Act]) -> dict[str, bool]:
    """The drugs that words name, each with whether some text is that name and nothing else."""
    formulary = formulary_of(terms)
    found: dict[str, bool] = {}
    for concept in said.concepts:
        named = [(name, _own_names(drugs_named(name, formulary.names), formulary)) for name in concept.texts]
        drugs = _exactly_or_not(named, formulary)
        if concept in said.acts and act_of(concept, named, any(drugs.values()), terms) not in acts:
            continue
        for drug, exact in drugs.items():
            found[drug] = found.get(drug, False) or exact
    return found


def _exactly_or_not(named: Iterable[tuple[str, list[Match]]], formulary: Formulary) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for name, matched in named:
        for drug in {drug for match in matched for drug in formulary.named[match.means]}:
            exact = is_only_the_name(name, [*matched, *_forms_in(name, drug, matched, formulary)])
            found[drug] = found.get(drug, False) or exact
    return found


def _own_names(matched: list[Match], formulary: Formulary) -> list[Match]:
    """Without the names of regimens that a drug of theirs stands beside: "oxaliplatin (FOLFOX)" is of one drug."""
    named = [formulary.named[match.means] for match in matched]
    alone = {drug for drugs in named if len(drugs) == 1 for drug in drugs}
    return [match for match, drugs in zip(matched, named, strict=True) if len(drugs) == 1 or not drugs & alone]


def _with_form(drug_id: str, exact: bool, said: Said, formulary: Formulary) -> Recognised | None:
    """The drug with its form; None where it is told to be a form that is no order of this drug."""
    drug = formulary.drugs[drug_id]
    coded = {form for found, form in _coded(said, formulary) if found == drug_id and form}
    forms = coded or _forms_named((*said.concepts, *said.beside), drug, formulary)
    if drug.needs_form and not forms:
        forms = _forms_instructed(said, drug, formulary)
    if forms and (forms <= drug.excluded_forms or (drug.needs_form and drug.needs_form not in forms)):
        return Recognised(drug, exact, True, INTRA_ARTERIAL) if INTRA_ARTERIAL in forms else None
    return Recognised(drug, exact, not drug.needs_form or forms == {drug.needs_form})


def _forms_instructed(said: Said, drug: Drug, formulary: Formulary) -> set[str]:
    """The form that instructions tell: "100 mcg SC three times daily" tells the product the name leaves open.

    Where no form is assumed they can only rule the drug out: 2.5 mg may be two tablets, or ten, of another product.
    """
    forms = _forms_named(said.instructions, drug, formulary)
    return forms if drug.assumed_form or forms <= drug.excluded_forms else set()


def _forms_named(concepts: Iterable[Concept], drug: Drug, formulary: Formulary) -> set[str]:
    told = [said for concept in concepts for said in concept.texts]
    read = chain(told, map(without_amounts, told)) if drug.needs_form else told
    return {one.means for said in read for one in matches(said, formulary.forms[drug.id]) if is_ordered(one, said)}


def _coded(said: Said, formulary: Formulary) -> list[tuple[str, str]]:
    keys = [key for concept in said.concepts for coding in concept.codings for key in coding.keys]
    return list(chain.from_iterable(formulary.codes.get(key, []) for key in keys))


def _forms_in(said: str, drug: str, named: Iterable[Match], formulary: Formulary) -> list[Match]:
    taken = [(match.start, match.end) for match in named]
    found = matches(said, formulary.forms[drug])
    return [form for form in found if all(form.end <= start or form.start >= end for start, end in taken)]
