"""Operations and local treatments on record: what took tumour away, from which organ, and whether of this tumour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.call import Json
from ..domain.case import ANOTHER_DISEASE
from ..domain.values import Fact, Known, word
from .codes import Terms
from .dates import Span, used, when
from .order_reason import order_reason
from .shape import children, ref_of, text
from .tumour import Tumour

LOCAL = "local-treatment"
LOCAL_LIVER = "local-treatment-of-liver"
OF_PRIMARY = "resection-of-primary"
_OF_LIVER = frozenset({"hepatectomy", LOCAL_LIVER, "liver"})
_ELSEWHERE, _POLYP = "another-organ", "polyp"
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
RESECTIONS = frozenset(_TAKEN_FROM)


@dataclass(frozen=True)
class Operation:
    """A completed operation or local treatment, and the day.

    `sites`: the organs a resection is of; none where untold. `reason`: whether it was for this tumour, where the record
    says what it was for or the patient has no other cancer. `of_nen`: whether its organ, its words or a reason of its
    own say that it was for this tumour; False where they say another thing, None where they leave it open.
    """

    meanings: frozenset[str]
    sites: frozenset[str]
    span: Span | None
    ref: str
    reason: Fact
    of_nen: bool | None

    @property
    def is_resection(self) -> bool:
        return bool(self.meanings & RESECTIONS)

    @property
    def may_be_of_nen(self) -> bool:
        """False where it was done for another disease, or on an organ that has nothing to do with the NEN."""
        return self.of_nen is not False


def operations_of(tumour: Tumour) -> list[Operation]:
    """The completed operations and local treatments of a record."""
    chart = tumour.chart
    chart.look_for("procedure", *RESECTIONS, LOCAL, LOCAL_LIVER)
    done = [o for o in chart.of("Procedure") if text(o, "status") == "completed" and not chart.is_to_come(o)]
    read = [(procedure, _meanings(procedure, chart.terms)) for procedure in done]
    return [
        _operation(procedure, meanings, tumour)
        for procedure, meanings in read
        if meanings & {*RESECTIONS, LOCAL, LOCAL_LIVER} and chart.passes(procedure)
    ]


def _operation(procedure: Json, meanings: frozenset[str], tumour: Tumour) -> Operation:
    sites = _sites(procedure, meanings, tumour)
    reason = order_reason(None, procedure, tumour)
    return Operation(
        meanings=meanings,
        sites=sites,
        span=used(when(procedure, "performedDateTime", "performedPeriod"), tumour.chart.on),
        ref=ref_of(procedure),
        reason=reason,
        of_nen=_is_of_the_nen(procedure, meanings, sites, reason, tumour),
    )


def _is_of_the_nen(
    procedure: Json, meanings: frozenset[str], sites: frozenset[str], reason: Fact, tumour: Tumour
) -> bool | None:
    """By a reason of its own, else by the organ: that of the NEN, the liver, or one of neither."""
    if word(reason) == ANOTHER_DISEASE:
        return False
    if isinstance(reason, Known) and (children(procedure, "reasonCode") or children(procedure, "reasonReference")):
        return True
    around = meanings | _on_bodies("procedure", procedure, tumour)
    fits = bool(sites & tumour.sites or around & _OF_LIVER or OF_PRIMARY in meanings) or _is_of_spread(
        procedure, tumour
    )
    if not fits and around & {_ELSEWHERE, _POLYP}:
        return None if any("other-site" in found.place.sites for found in tumour.nens) else False
    return True if fits and _POLYP not in around and isinstance(reason, Known) else None


def _is_of_spread(procedure: Json, tumour: Tumour) -> bool:
    """True where the words name metastases."""
    return bool(tumour.chart.terms.by_words("metastasis", tumour.chart.terms.under(procedure, "code")))


def is_resection(procedure: Json, terms: Terms) -> bool:
    """True for a Procedure that took an organ or a part of one away, for whatever disease."""
    return bool(_meanings(procedure, terms) & RESECTIONS)


def _meanings(procedure: Json, terms: Terms) -> frozenset[str]:
    code = terms.under(procedure, "code")
    return frozenset(terms.by_code("procedure", code) or terms.by_words("procedure", code))


def _sites(procedure: Json, meanings: frozenset[str], tumour: Tumour) -> frozenset[str]:
    named = {site for one in meanings for site in _TAKEN_FROM.get(one, ())}
    if named:
        return frozenset(named)
    terms = tumour.chart.terms
    code = terms.under(procedure, "code")
    said = {site for ask in (terms.by_code, terms.by_words) for site in ask("primary-site", code)}
    return frozenset(said | _on_bodies("primary-site", procedure, tumour))


def _on_bodies(set_name: str, procedure: Json, tumour: Tumour) -> set[str]:
    """What the body sites of a procedure mean in a value set."""
    terms = tumour.chart.terms
    bodies = [terms.concept(body) for body in children(procedure, "bodySite")]
    return {site for body in bodies for ask in (terms.by_code, terms.by_words) for site in ask(set_name, body)}
