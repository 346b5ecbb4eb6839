"""Units of the numbers we read: by UCUM code, or by the unit's text where there is no code; never assumed."""

from __future__ import annotations

import re
from collections.abc import Callable
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
_AREA = re.compile(r"([\d.]*) ?(?:mm|cm|μm)", re.ASCII)


@dataclass(frozen=True)
class Unit:
    """How numbers of one kind are read: their scale, their highest value, and what a bare number may be."""

    scale: Scale
    highest: Decimal | None = None
    percent: bool = False
    fraction_is_possible: bool = False


def percent_scale(quantity: Json) -> Decimal | None:
    """1 for percent, 100 for a fraction of one: by the UCUM code, or by the unit's text where there is no code."""
    written, code = normal(text(quantity, "unit")), text(quantity, "code")
    if code and text(quantity, "system") in _UCUM:
        if code == "%" and written not in _FRACTION_WORDS:
            return ONE
        return HUNDRED if code == "1" and written not in _PERCENT_WORDS else None
    return ONE if written in _PERCENT_WORDS else None


def per_2mm2_scale(quantity: Json) -> Decimal | None:
    """1 unless the unit names another area: with our own code the unit is part of the code."""
    said = f"{normal(text(quantity, 'unit'))} {normal(text(quantity, 'code'))}"
    if "hpf" in said or "field" in said or "視野" in said:
        return None
    return None if any(number.rstrip(".") != "2" for number in _AREA.findall(said)) else ONE


PERCENT = Unit(percent_scale, highest=HUNDRED, percent=True)
KI67 = Unit(percent_scale, highest=HUNDRED, percent=True, fraction_is_possible=True)
MITOSES = Unit(per_2mm2_scale)
