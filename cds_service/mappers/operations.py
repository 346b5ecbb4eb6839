"""Operations and local treatments on record: what took tumour away, from which organ, and whether of this tumour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.call import Json
from ..domain.values import Fact, word
from .dates import Span, used, when
from .order_reason import order_reason
from .shape import children, ref_of, text
from .tumour import Tumour

LOCAL = "local-treatment"
UNNAMED = "chemotherapy-unnamed"
OF_PRIMARY = "resection-of-primary"
# The organs a named operation takes a primary from; a plain resection says it in other words, or by its body site.
_TAKEN_FROM: Mapping[str, frozenset[str]] = {
    "pancreatoduodenectomy": frozenset({"pancreas", "duodenum", "hepatobiliary"}),
    "pancreatectomy": frozenset({"pancreas"}),
    "gastrectomy": frozenset({"stomach"}),
    "small-bowel-resection": frozenset({"small-bowel"}),
    "right-hemicolectomy": frozenset({"small-bowel", "appendix", "caecum", "colon"}),
    "colectomy": frozenset({"caecum", "colon"}),
    "proctectomy": frozenset({"rectum"}),
    "appendectomy": frozenset({"appendix"}),
    "oesophagectomy": frozenset({"oesophagus"}),
    "hepatectomy": frozenset({"hepatobiliary"}),
    OF_PRIMARY: frozenset(),
    "resection": frozenset(),
}


@dataclass(frozen=True)
class Operation:
    """A completed operation, local treatment or chemotherapy of no told drug, and the day.

    `sites`: the organs a resection is of; none where untold. `reason`: whether it was for this tumour.
    """

    meanings: frozenset[str]
    sites: frozenset[str]
    span: Span | None
    ref: str
    reason: Fact

    @property
    def is_resection(self) -> bool:
        return bool(self.meanings & _TAKEN_FROM.keys())

    @property
    def may_be_of_nen(self) -> bool:
        """False where it was done for another disease."""
        return word(self.reason) != "another-disease"


def operations_of(tumour: Tumour) -> list[Operation]:
    """The completed operations and local treatments of a record."""
    chart = tumour.chart
    chart.look_for("procedure", *_TAKEN_FROM, LOCAL, UNNAMED)
    done = [o for o in chart.of("Procedure") if text(o, "status") == "completed" and not chart.is_to_come(o)]
    read = [(procedure, _meanings(procedure, tumour)) for procedure in done]
    return [
        Operation(
            meanings=meanings,
            sites=_sites(procedure, meanings, tumour),
            span=used(when(procedure, "performedDateTime", "performedPeriod"), chart.on),
            ref=ref_of(procedure),
            reason=order_reason(None, procedure, tumour),
        )
        for procedure, meanings in read
        if meanings & {*_TAKEN_FROM, LOCAL, UNNAMED} and chart.passes(procedure)
    ]


def _meanings(procedure: Json, tumour: Tumour) -> frozenset[str]:
    terms = tumour.chart.terms
    code = terms.under(procedure, "code")
    return frozenset(terms.by_code("procedure", code) or terms.by_words("procedure", code))


def _sites(procedure: Json, meanings: frozenset[str], tumour: Tumour) -> frozenset[str]:
    named = {site for one in meanings for site in _TAKEN_FROM.get(one, ())}
    if named:
        return frozenset(named)
    terms = tumour.chart.terms
    concepts = [terms.under(procedure, "code"), *(terms.concept(body) for body in children(procedure, "bodySite"))]
    read = (terms.by_code, terms.by_words)
    return frozenset(site for concept in concepts for ask in read for site in ask("primary-site", concept))
