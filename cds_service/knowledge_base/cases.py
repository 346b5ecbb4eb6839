"""guidance/<rule>/cases.yaml: patients in facts, and the answer a clinician agrees with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ..domain.knowledge import ClinicalCase, Knowledge
from ..errors import Fault, KnowledgeError
from .assemble import load
from .case_words import case_faults
from .fields import FACT_NAME, Named, Strict, a_text, one_of
from .folder import files_of
from .manifest import GUIDANCE as FOLDER
from .overlay import NAME as OVERLAY
from .reading import Shelf, shelf

NOT_RECORDED = "-"
ANSWER = ("row", "say", "indicator")
INDICATORS = ("info", "warning", "critical")


class ExpectSchema(Strict):
    row = fields.String(load_default="")
    say = a_text()
    indicator = one_of(*INDICATORS, load_default="")


class CaseSchema(Strict):
    case = a_text(required=False)
    table = a_text(required=False)
    on = a_text()
    hook = one_of("patient-view", "order-select", "order-sign", load_default="order-sign")
    given = Named(a_text(), names=FACT_NAME, load_default=dict)
    facts = Named(a_text(), names=FACT_NAME, load_default=dict)
    expect = fields.Nested(ExpectSchema)
    why = a_text(required=False)
    cases = a_text(required=False)

    @validates_schema
    def one_form(self, found: dict[str, Any], **_: Any) -> None:
        try:
            Date.fromisoformat(found["on"])
        except ValueError:
            raise ValidationError("a full date is expected here", "on") from None
        wanted = {"case", "expect", "why"} if "case" in found else {"table", "cases"}
        if wrong := wanted ^ (set(found) - {"on", "hook", "given", "facts"}):
            raise ValidationError(
                f"a case has case, expect and why, a table table and cases; look at {', '.join(wrong)}"
            )


CASES = fields.List(fields.Nested(CaseSchema))


def load_cases(folder: Path, knowledge: Knowledge | None = None) -> tuple[ClinicalCase, ...]:
    """Every case of every rule, in the order of the rules; `knowledge` is read from the folder unless it is given.

    Raises KnowledgeError with every fault.
    """
    knowledge = knowledge or load(folder)
    return _read([(rule.id, _file(rule.id)) for rule in knowledge.rules], folder, knowledge)


def load_local_cases(overlay: Path, knowledge: Knowledge) -> tuple[ClinicalCase, ...]:
    """The cases an overlay brings, for `knowledge` with that overlay in it. Raises KnowledgeError with every fault."""
    there = files_of(overlay)
    wanted = [(rule.id, _file(rule.id)) for rule in knowledge.rules if _file(rule.id) in there]
    try:
        cases = _read(wanted, overlay, knowledge)
    except KnowledgeError as error:
        raise KnowledgeError([replace(fault, file=f"{OVERLAY}/{fault.file}") for fault in error.faults]) from None
    return tuple(replace(case, file=f"{OVERLAY}/{case.file}") for case in cases)


def _file(rule: str) -> str:
    return f"{FOLDER}/{rule}/cases.yaml"


def _read(wanted: Sequence[tuple[str, str]], folder: Path, knowledge: Knowledge) -> tuple[ClinicalCase, ...]:
    paths = files_of(folder)
    opened = shelf({file: paths[file].read_bytes() for _, file in wanted if file in paths})
    cases: list[ClinicalCase] = []
    for rule, file in wanted:
        found = opened.check(file, CASES)
        cases += [case for place, entry in enumerate(found or ()) for case in _cases(entry, place, rule, opened)]
    faults = opened.faults + [fault for case in cases for fault in case_faults(case, knowledge)]
    if faults:
        raise KnowledgeError(faults)
    return tuple(cases)


def _cases(entry: Mapping[str, Any], place: int, rule: str, opened: Shelf) -> Iterator[ClinicalCase]:
    file = _file(rule)
    line = opened.documents[file].line((place,))
    if "case" in entry:
        yield _case(rule, entry["case"], entry, {}, {**entry["expect"], "why": entry["why"]}, file, line)
        return
    first = opened.documents[file].line((place, "cases")) + 1
    lines = [(first + at, _split(text)) for at, text in enumerate(entry["cases"].splitlines()) if text.strip()]
    (_, header), *patients = lines
    for at, cells in patients:
        if len(cells) != len(header) or not {"say", "why"} <= set(header):
            opened.faults.append(_bad_table(file, at, header))
            continue
        told = {name: cell for name, cell in zip(header, cells, strict=True) if cell != NOT_RECORDED}
        answer = {name: told.pop(name, "") for name in (*ANSWER, "why")}
        yield _case(rule, f"{entry['table']}: {answer['why']}", entry, told, answer, file, at)


def _bad_table(file: str, line: int, header: list[str]) -> Fault:
    return Fault(file, line, f"cases: each line needs a cell for each of {', '.join(header)}, say and why among them")


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _case(
    rule: str,
    title: str,
    entry: Mapping[str, Any],
    told: Mapping[str, str],
    answer: Mapping[str, str],
    *where: Any,
) -> ClinicalCase:
    file, line = where
    return ClinicalCase(
        rule=rule,
        title=title,
        on=Date.fromisoformat(entry["on"]),
        given={**entry["given"], **told},
        expect_row=answer["row"],
        expect_say=answer["say"],
        why=answer["why"],
        expect_facts=entry["facts"],
        hook=entry["hook"],
        expect_indicator=answer["indicator"],
        file=file,
        line=line,
    )
