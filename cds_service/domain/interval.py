"""Intervals of decimals whose ends say whether they belong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"\d+(?:\.\d+)?"
_ONE_SIDED = re.compile(rf"(<=|<|>=|>)({_NUMBER})", re.ASCII)
_TWO_SIDED = re.compile(rf"(>)?({_NUMBER})\.\.(<)?({_NUMBER})", re.ASCII)
_POINT = re.compile(_NUMBER, re.ASCII)


def decimal_of(number: int | float | Decimal) -> Decimal:
    """The decimal a number was written as: its shortest text, so 2.9 stays 2.9. A bool is not a number."""
    if isinstance(number, bool):
        raise TypeError("a truth value is not a number")
    return number if isinstance(number, Decimal) else Decimal(repr(number))


@dataclass(frozen=True)
class Interval:
    """A span of numbers; an end that is None is unbounded, and a closed end belongs to it."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed)):
            raise ValueError("an interval must hold at least one number")

    @classmethod
    def point(cls, number: int | float | Decimal) -> Interval:
        value = decimal_of(number)
        return cls(value, value)

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read `<5`, `<=5`, `5..<10`, `10..20`, `>10..20`, `>5..<10`, `>20`, `>=20` or `10`; else ValueError."""
        if one := _ONE_SIDED.fullmatch(text):
            sign, number = one[1], Decimal(one[2])
            if sign[0] == "<":
                return cls(high=number, high_closed=sign == "<=")
            return cls(low=number, low_closed=sign == ">=")
        if two := _TWO_SIDED.fullmatch(text):
            return cls(Decimal(two[2]), Decimal(two[4]), two[1] is None, two[3] is None)
        if _POINT.fullmatch(text):
            return cls.point(Decimal(text))
        raise ValueError(f"not an interval: {text!r}")

    def within(self, other: Interval) -> bool:
        """True when every number of this interval is a number of the other."""
        return _low_key(other) <= _low_key(self) and _high_key(self) <= _high_key(other)

    def touches(self, other: Interval) -> bool:
        """True when some number belongs to both."""
        return not (_before(self, other) or _before(other, self))

    def __str__(self) -> str:
        if self.low is not None and self.low == self.high:
            return f"{self.low}"
        if self.low is None:
            return f"{'<=' if self.high_closed else '<'}{self.high}" if self.high is not None else "any"
        if self.high is None:
            return f"{'>=' if self.low_closed else '>'}{self.low}"
        return f"{'' if self.low_closed else '>'}{self.low}..{'' if self.high_closed else '<'}{self.high}"


def _low_key(span: Interval) -> tuple[Decimal, int]:
    return (Decimal("-Infinity"), 0) if span.low is None else (span.low, 0 if span.low_closed else 1)


def _high_key(span: Interval) -> tuple[Decimal, int]:
    return (Decimal("Infinity"), 0) if span.high is None else (span.high, 0 if span.high_closed else -1)


def _before(left: Interval, right: Interval) -> bool:
    """True when every number of `left` lies below every number of `right`."""
    if left.high is None or right.low is None:
        return False
    return left.high < right.low or (left.high == right.low and not (left.high_closed and right.low_closed))
