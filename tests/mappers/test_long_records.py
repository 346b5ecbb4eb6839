"""Many laboratory results and administrations cost neither the tumour facts nor the newest of their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import ki67, value
from tests.mappers.safety_parts import read, result

MANY = 700


def _day(back: int) -> str:
    return str(date(2026, 11, 23) - timedelta(days=back))


def _insulin(number: int) -> Any:
    found: Any = {"resourceType": "MedicationAdministration", "id": f"i{number}", "status": "completed"}
    found |= {"subject": {"reference": "Patient/p1"}, "effectiveDateTime": _day(number % 200)}
    return found | {"medicationCodeableConcept": {"text": "insulin lispro"}}


def test_a_long_record_is_read_in_full(knowledge: Knowledge) -> None:
    creatinine = [result("2160-0", 1, name=f"c{n}", day=_day(n), flag="H" if n == 3 else "N") for n in range(3, MANY)]
    case = read(knowledge, ki67(8), *creatinine, *(_insulin(number) for number in range(MANY)))
    told = {
        name: value(case.fact(name)) for name in ("creatinine", "glucose_lowering_drug", "coumarin", "ki67_percent")
    }
    assert told == {"creatinine": "high", "glucose_lowering_drug": "yes", "coumarin": "no", "ki67_percent": "8"}


def test_an_early_result_is_found_behind_many_later_ones(knowledge: Knowledge) -> None:
    dose = _insulin(100) | {"id": "dose", "medicationCodeableConcept": {"text": "Lutathera"}}
    results = [result("2160-0", 2.0, name=f"c{n}", day=_day(n)) for n in range(90)]
    results += [result("35591-7", 30, "mL/min", f"q{n}", day=_day(n)) for n in range(90)]
    before = [result("2160-0", 1.0, name="cb", day=_day(120)), result("35591-7", 80, "mL/min", "qb", day=_day(120))]
    assert value(read(knowledge, dose, *results, *before).fact("renal_decline")) == "yes"
