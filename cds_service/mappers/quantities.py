"""Recorded numbers -> intervals, or why not. Text only through a strict grammar; no unit is ever assumed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from ..domain.call import Json
from ..domain.interval import Interval, decimal_of
from ..domain.values import Why
from .shape import child, text
from .units import HUNDRED, ONE, Unit, same_unit

Measured = Interval | Why
_TEXT = re.compile(r"(<=|>=|<|>)?\s*(\d{1,6}(?:\.\d{1,6})?)(?:\s*-\s*(\d{1,6}(?:\.\d{1,6})?))?\s*(%)?", re.ASCII)
_WITH_UNIT = re.compile(r"([<>=]{0,2}\s*[\d.]+(?:\s*-\s*[\d.]+)?)\s*(\D.*)", re.ASCII)
_COMPARATORS = ("", "<", "<=", ">", ">=")
_MOST_DIGITS = 30  # a number beyond is no measurement, and reckoning with it may overflow
_SHARE_PLACES = Decimal("0.000001")  # finer than one cell of a million


def measured(value: Json, unit: Unit) -> Measured:
    """The interval of an element that carries value[x]; NOT_RECORDED where it has none."""
    if "valueQuantity" in value:
        return _quantity(child(value, "valueQuantity"), unit)
    if "valueRange" in value:
        return _settled(_range(child(value, "valueRange"), unit), unit)
    if "valueRatio" in value:
        return _ratio(child(value, "valueRatio"), unit)
    if "valueString" in value:
        return _settled(_text(value["valueString"], unit), unit)
    if "valueInteger" in value and not unit.percent and not unit.needs_name:
        number = _number(value["valueInteger"])
        return _settled(None if number is None else Interval.point(number), unit)
    return Why.NOT_UNDERSTOOD if any(key.startswith("value") for key in value) else Why.NOT_RECORDED


def _settled(found: Interval | None, unit: Unit, *, as_percent: bool = True) -> Measured:
    if found is None or not _possible(found, unit):
        return Why.NOT_UNDERSTOOD
    if unit.fraction_is_possible and as_percent and _lies_between_zero_and_one(found):
        return Why.POSSIBLE_FRACTION
    return found


def _possible(found: Interval, unit: Unit) -> bool:
    """True when the ends lie between zero and the highest value, and some number is left between them."""
    ends = [end for end in (found.low, found.high) if end is not None]
    if any(end < 0 or (unit.highest is not None and end > unit.highest) for end in ends):
        return False
    empty_below = found.low is None and found.high == 0 and not found.high_closed
    empty_above = found.high is None and found.low == unit.highest and not found.low_closed
    return bool(ends) and not empty_below and not empty_above


def _lies_between_zero_and_one(found: Interval) -> bool:
    return found.low is not None and found.high is not None and found.low > 0 and found.high < 1


def _quantity(quantity: Json, unit: Unit) -> Measured:
    number, scale, comparator = _number(quantity.get("value")), unit.scale(quantity), quantity.get("comparator", "")
    if number is None or scale is None or comparator not in _COMPARATORS:
        return Why.NOT_UNDERSTOOD
    return _settled(_compared(comparator, _scaled(number, scale)), unit, as_percent=scale == ONE)


def _ratio(ratio: Json, unit: Unit) -> Measured:
    """Cells of cells as a percentage; a Quantity for each one is that Quantity. A fraction of one needs its unit."""
    part, whole = child(ratio, "numerator"), child(ratio, "denominator")
    counted, of, comparator = _number(part.get("value")), _number(whole.get("value")), part.get("comparator", "")
    if counted is None or of is None or "comparator" in whole or not unit.percent:
        return Why.NOT_UNDERSTOOD
    if of == ONE:
        return _quantity(part, unit) if text(whole, "unit") in ("", "1") else Why.NOT_UNDERSTOOD
    if comparator not in _COMPARATORS or not 0 <= counted <= of or of == 0 or not same_unit(part, whole):
        return Why.NOT_UNDERSTOOD
    return _settled(_compared(comparator, _share(counted, of)), unit, as_percent=False)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole in percent, without the zeros that dividing leaves behind."""
    return _plain((part / whole * HUNDRED).quantize(_SHARE_PLACES))


def _range(found: Json, unit: Unit) -> Interval | None:
    low, high = (_point(found, end, unit) for end in ("low", "high"))
    if ("low" in found and low is None) or ("high" in found and high is None) or (low is None and high is None):
        return None
    return None if low is not None and high is not None and low > high else Interval(low, high)


def _point(found: Json, end: str, unit: Unit) -> Decimal | None:
    """One end of a Range; its unit may stand on the other end only."""
    quantity = child(found, end)
    other = child(found, "high" if end == "low" else "low")
    has_unit = any(key in quantity for key in ("unit", "code"))
    number, scale = _number(quantity.get("value")), unit.scale(quantity if has_unit else other)
    return None if number is None or scale is None or "comparator" in quantity else _scaled(number, scale)


def _text(said: Any, unit: Unit) -> Interval | None:
    if not unit.needs_name:
        return _bare_text(said, unit)
    parts = _WITH_UNIT.fullmatch(said.strip()) if isinstance(said, str) else None
    found = _bare_text(parts[1], unit) if parts else None
    scale = unit.scale({"unit": parts[2]}) if parts else None
    if found is None or scale is None:
        return None
    low, high = (None if end is None else _scaled(end, scale) for end in (found.low, found.high))
    return Interval(low, high, found.low_closed, found.high_closed)


def _bare_text(said: Any, unit: Unit) -> Interval | None:
    found = _TEXT.fullmatch(said.strip()) if isinstance(said, str) else None
    if not found or (found[1] and found[3]) or (found[4] and not unit.percent):
        return None
    low = Decimal(found[2])
    if found[3] is None:
        return _compared(found[1] or "", low)
    high = Decimal(found[3])
    return Interval(low, high) if low <= high else None


def _compared(comparator: str, number: Decimal) -> Interval:
    if comparator.startswith("<"):
        return Interval(high=number, high_closed=comparator == "<=")
    if comparator.startswith(">"):
        return Interval(low=number, low_closed=comparator == ">=")
    return Interval.point(number)


def _scaled(number: Decimal, scale: Decimal) -> Decimal:
    """The number in our unit, without the zeros that scaling leaves behind."""
    if scale == ONE:
        return number
    return _plain(number * scale)


def _plain(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _number(value: Any) -> Decimal | None:
    """A JSON number as it was written; a truth value or a text is not one."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    try:
        number = decimal_of(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else None
