"""Units of the numbers we read: by UCUM code, or by the unit's text where there is no code; never assumed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..domain.call import Json
from .shape import text
from .words import normal

Scale = Callable[[Json], Decimal | None]
"""What a Quantity's number is multiplied by to be in our unit; None where its unit is not understood."""

HUNDRED = Decimal(100)
ONE = Decimal(1)
_UCUM = ("", "http://unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.8")
_PERCENT_WORDS = {"%", "percent"}
_FRACTION_WORDS = {"1", "fraction", "ratio"}
# A count or nothing, and the area of our code or nothing.
_COUNT = r"(?:1|#|\{[^{}]*\}|個|count|number|mitos[ei]s|mitotic (?:figures?|count)|核分裂像?数?)"
_MM2 = r"(?:mm(?:2|\^2|\*\*2)|sq(?:uare|\.)? ?(?:mm|milli?met(?:er|re)s?)|平方(?:mm|ミリ(?:メートル)?))"
_PER_2MM2 = re.compile(rf"{_COUNT}? ?(?:(?:/|per|in)? ?\(?2(?:\.0)?[ .]?{_MM2}\)?(?:あたり|当たり|中)?)?")


@dataclass(frozen=True)
class Unit:
    """How numbers of one kind are read: their scale, their highest value, and what a bare number may be.

    `needs_name`: a number that stands without a unit is not taken to be in ours.
    """

    scale: Scale
    highest: Decimal | None = None
    percent: bool = False
    fraction_is_possible: bool = False
    needs_name: bool = False


def percent_scale(quantity: Json) -> Decimal | None:
    """1 for percent, 100 for a fraction of one: by the UCUM code, or by the unit's text where there is no code."""
    written, code = normal(text(quantity, "unit")), text(quantity, "code")
    if code and text(quantity, "system") in _UCUM:
        if code == "%" and written not in _FRACTION_WORDS:
            return ONE
        return HUNDRED if code == "1" and written not in _PERCENT_WORDS else None
    return ONE if written in _PERCENT_WORDS else None


def same_unit(one: Json, other: Json) -> bool:
    """True where two numbers of one Ratio are counts of one thing: their units agree, or neither has one."""
    return all(text(one, key) == text(other, key) for key in ("unit", "system", "code"))


def is_percent(quantity: Json) -> bool:
    """True for a number in percent; a fraction of one is none."""
    return percent_scale(quantity) == ONE


def per_2mm2_scale(quantity: Json) -> Decimal | None:
    """1 for a count, per 2 mm2 or per nothing: with our own code the area is part of the code."""
    said = (normal(text(quantity, "unit")), normal(text(quantity, "code")))
    return ONE if all(_PER_2MM2.fullmatch(one) for one in said) else None


PERCENT = Unit(percent_scale, highest=HUNDRED, percent=True)
KI67 = Unit(percent_scale, highest=HUNDRED, percent=True, fraction_is_possible=True)
MITOSES = Unit(per_2mm2_scale)


_MICRO = re.compile(r"\bμ(?=l|mol)|(?<=/)μ(?=l)|(?<=/)mc(?=l)")
_TIMES = re.compile(r"^[x×](?=10)")
_POWER = re.compile(r"(?<=10)(?:\^|\*\*?|e)(?=\d)|(?<=m)[\^*](?=\d)")
_BETWEEN = str.maketrans("", "", " _{}")


def written_unit(unit: str) -> str:
    """A unit in the one way it is compared: 10^3, 10*3 and 10E3 alike, and µL, uL and mcL."""
    plain = _TIMES.sub("", normal(unit).translate(_BETWEEN))
    return _POWER.sub("", _MICRO.sub("u", plain))


def _listed(scales: Mapping[str, str]) -> Scale:
    """A scale for units that are written in one of these ways, by code, else by text: unit | unit -> factor."""
    factors = {written_unit(unit): Decimal(factor) for units, factor in scales.items() for unit in units.split(" | ")}

    def scale(quantity: Json) -> Decimal | None:
        code = text(quantity, "code") if text(quantity, "system") in _UCUM else ""
        return factors.get(written_unit(code or text(quantity, "unit")))

    return scale


CELLS = Unit(
    _listed(
        {
            "10^9/L | 10^3/uL | K/uL | 10^3/mm3 | Giga/L | G/L | Gpt/L | /nL | Thousand/uL | 千/uL": "1",
            "/uL | cells/uL | /mm3 | 個/uL": "0.001",
            "10^2/uL | 10^2/mm3": "0.1",
            "10^4/uL | 10^4/mm3 | 万/uL | 万/mm3": "10",
        }
    ),
    needs_name=True,
)
CLEARANCE = Unit(_listed({"mL/min | mL/分": "1"}), needs_name=True)
FILTRATION = Unit(_listed({"mL/min/1.73m2 | mL/分/1.73m2": "1"}), needs_name=True)
CREATININES = (  # only ever compared with itself
    Unit(_listed({"mg/dL": "1"}), needs_name=True),
    Unit(_listed({"umol/L": "1"}), needs_name=True),
)
MILLISECONDS = Unit(_listed({"ms | msec | ミリ秒": "1", "s | sec": "1000"}), needs_name=True)
GRADE_OF_CTCAE = Unit(_listed({" | 1 | {grade} | grade": "1"}), highest=Decimal(5))
