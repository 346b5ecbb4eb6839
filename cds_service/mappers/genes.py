"""Which gene a genomic result is of: by the component that names the gene studied, in its code or by its symbol."""

from __future__ import annotations

import re

from ..domain.call import Json
from .chart import Chart
from .codes import Concept, Terms
from .findings import answered
from .shape import children


def names_gene(observation: Json, gene: str, chart: Chart) -> bool | None:
    """True where a result says that it is of this gene; None where it names no gene studied, and this one beside it.

    `gene` is the symbol in small letters, which is its word in the value set of answers too.
    """
    terms, parts = chart.terms, children(observation, "component")
    studied = [part for part in parts if "gene-studied" in terms.by_code("observation", terms.under(part, "code"))]
    named = any(_is_gene(answered(part, terms), gene, terms) for part in studied or parts)
    return (True if studied else None) if named else False


def _is_gene(said: Concept | None, gene: str, terms: Terms) -> bool:
    if said is None:
        return False
    symbol = re.compile(rf"\b{re.escape(gene)}\b")
    return gene in terms.by_code("answer", said) or any(symbol.search(one) for one in said.read_texts)
