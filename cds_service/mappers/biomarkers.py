"""What a laboratory reports of the tumour beside histology: TMB and MSI, MGMT, PD-L1."""

from __future__ import annotations

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .findings import coded_answer
from .flags import flags
from .settle import Value, newest_fact
from .tumour import Tumour, of_each_tumour

_MISMATCH_REPAIR = {"deficient": "high", "proficient": "not-high"}
_MGMT = ("deficient", "proficient", "methylated", "unmethylated")


@of_each_tumour
def tmb_msi(tumour: Tumour) -> Fact:
    """high where either is reported high; not-high only where both are reported."""
    facts = [_burden("tmb", tumour), _burden("msi", tumour)]
    for fact in facts:
        if isinstance(fact, Known) and fact.value == "high":
            return fact
    known = [fact for fact in facts if isinstance(fact, Known)]
    if len(known) == len(facts):
        return known[0]
    unclear = [fact for fact in facts if isinstance(fact, Unclear)]
    return next((fact for fact in unclear if fact.why is not Why.NOT_RECORDED), unclear[0])


@of_each_tumour
def mgmt(tumour: Tumour) -> Fact:
    """MGMT as reported in a word; a score has no meaning of ours."""
    return _newest("mgmt-status", tumour, *_MGMT)


@of_each_tumour
def pdl1(tumour: Tumour) -> Fact:
    """PD-L1 as reported in a word; a score has no meaning of ours."""
    return _newest("pd-l1", tumour, "positive", "negative")


def _burden(name: str, tumour: Tumour) -> Fact:
    answer = coded_answer(tumour.chart, "high", "not-high", *_MISMATCH_REPAIR)

    def read(carrier: Json) -> Value:
        told = answer(carrier)
        if isinstance(told, Why):
            return "high" if "high" in flags(carrier) else told
        return _MISMATCH_REPAIR.get(told, told)

    findings, left_out = tumour.results(name)
    missing = Unclear(Why.NOT_LINKED) if left_out else tumour.chart.missing("Observation")
    return newest_fact([finding.reading(read) for finding in findings], tumour.chart.on, missing)


def _newest(name: str, tumour: Tumour, *wanted: str) -> Fact:
    findings, left_out = tumour.results(name)
    missing = Unclear(Why.NOT_LINKED) if left_out else tumour.chart.missing("Observation")
    read = [finding.reading(coded_answer(tumour.chart, *wanted)) for finding in findings]
    return newest_fact(read, tumour.chart.on, missing)
