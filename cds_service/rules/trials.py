"""Whether this patient is of the kind that a trial enrolled (rules.md section 1b)."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.advice import Asked
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, word
from .answers import Answer, as_fact, every, is_of_group, is_one_of, lies_in, some

STARTER_KI67, STARTER_IF_DIFFUSE = Interval.parse("5..20"), Interval.parse("<=20")  # A094, U06, U60
EUROPEAN_KI67 = Interval.parse(">10")  # A087
NETTER_2_KI67 = Interval.parse("10..55")  # U03


def starter_population(asked: Asked) -> Fact:
    """Whom STARTER-NET enrolled (A094, U06)."""
    return as_fact(_starter(asked))


def everolimus_case(asked: Asked) -> Fact:
    """A population in which everolimus at once was studied or is named by a guideline (A087, A094, U06)."""
    starter = _starter(asked)
    if starter:
        return Known("starter")
    european = every(
        is_one_of(asked, "primary_site", {"small-bowel"}),
        is_one_of(asked, "grade", {"G2"}),
        lies_in(asked, "ki67_percent", EUROPEAN_KI67),
        is_one_of(asked, "line_of_therapy", {"first"}),
    )
    if european:  # where it is not clear whether STARTER-NET's group holds as well, the guideline's does
        return Known("european-g2")
    return Known("neither") if european is False and starter is False else Unclear()


def prrt_trial_fit(asked: Asked) -> Fact:
    """Whether a trial of the ordered radioligand enrolled such patients: NETTER-1 or NETTER-2 for dotatate, COMPETE
    for edotreotide; yes and no are for 177Lu, and no trial stands behind the others."""
    drug = word(asked.fact("ordered_drug"))
    if drug == "lutetium-dotatate":
        return as_fact(some(_netter_1(asked), _netter_2(asked)))
    if drug == "lutetium-dotatoc":
        return as_fact(_compete(asked))
    return Known("no") if drug in asked.knowledge.drug_groups["prrt"] else Unclear()


def _starter(asked: Asked) -> Answer:
    sites = asked.knowledge.facts["primary_site"].groups["gi-tract"] - {"appendix"} | {"pancreas"}
    diffuse = word(asked.fact("diffuse_liver_metastases")) == "yes"
    return every(
        is_one_of(asked, "functional_status", {"non-functioning"}),
        is_one_of(asked, "primary_site", sites),
        is_one_of(asked, "differentiation", {"well"}),
        is_one_of(asked, "line_of_therapy", {"first"}),
        lies_in(asked, "ki67_percent", STARTER_IF_DIFFUSE if diffuse else STARTER_KI67),
    )


def _netter_1(asked: Asked) -> Answer:
    return every(
        *(
            is_of_group(asked, "primary_site", "midgut"),
            is_one_of(asked, "differentiation", {"well"}),
            _has_target(asked),
        ),
        *(is_of_group(asked, "progression", "progressive"), is_one_of(asked, "had_ssa", {"yes"})),
    )


def _netter_2(asked: Asked) -> Answer:
    return every(
        *(is_of_group(asked, "primary_site", "gep"), is_one_of(asked, "differentiation", {"well"}), _has_target(asked)),
        *(is_one_of(asked, "line_of_therapy", {"first"}), lies_in(asked, "ki67_percent", NETTER_2_KI67)),
    )


def _compete(asked: Asked) -> Answer:
    return every(
        *(is_of_group(asked, "primary_site", "gep"), is_one_of(asked, "grade", {"G1", "G2"}), _has_target(asked)),
        is_of_group(asked, "progression", "progressive"),
    )


def _has_target(asked: Asked) -> Answer:
    return is_one_of(asked, "sstr_imaging", {"positive"})


TRIAL_FACTS: dict[str, Callable[[Asked], Fact]] = {
    each.__name__: each for each in (starter_population, everolimus_case, prrt_trial_fit)
}
