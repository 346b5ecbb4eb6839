"""What a value in knowledge/ can look like. Every scalar arrives as text; these turn it into what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from ..domain.approvals import span_of

LANGUAGES = ("en", "ja")
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
FACT_NAME = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
WORD = r"[A-Za-z0-9]+(?:[+-][A-Za-z0-9]+)*"
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)


class Strict(Schema):
    """A mapping in which an unknown field is a fault."""

    class Meta:
        unknown = RAISE


class Named(fields.Field[dict[str, Any]]):
    """A mapping from names of the author's choice to values of one kind; errors lie at the name itself."""

    def __init__(self, inner: fields.Field[Any], names: str = ID, *, least: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner
        self.names = re.compile(names, re.ASCII)
        self.least = least

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError("a mapping is expected here")
        if len(value) < self.least:
            raise ValidationError("nothing is named here")
        found: dict[str, Any] = {}
        wrong: dict[str, Any] = {}
        for name, inside in value.items():
            if not self.names.fullmatch(name):
                wrong[name] = [f"not a name of the form {self.names.pattern}"]
                continue
            try:
                found[name] = self.inner.deserialize(inside, name, value)
            except ValidationError as error:
                wrong[name] = error.messages
        if wrong:
            raise ValidationError(wrong)
        return found


class Pair(fields.Field[dict[str, str]]):
    """A text in both languages. `blank`: a pair may be empty in one (a unit that English leaves out)."""

    def __init__(self, *, blank: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.blank = blank

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError("a text in en and ja is expected here")
        wrong = {name: ["not a language of this service"] for name in value if name not in LANGUAGES}
        for language in LANGUAGES:
            text = value.get(language)
            if not isinstance(text, str) or not (self.blank or text.strip()):
                wrong[language] = [f"the text in {language} is missing"]
        if wrong:
            raise ValidationError(wrong)
        return dict(value)


class PairOrText(Pair):
    """A text in both languages, or one text that serves for both."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        same = dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value
        return super()._deserialize(same, attr, data, **kwargs)


class OneOrMany(fields.Field[list[str]]):
    """A word, or a list of words."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not found or not all(isinstance(word, str) and word for word in found):
            raise ValidationError("a word or a list of words is expected here")
        return found


class Whole(fields.Field[int]):
    """A whole number above zero."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(r"[1-9]\d{0,8}", value, re.ASCII):
            raise ValidationError("a whole number is expected here")
        return int(value)


class Flag(fields.Field[bool]):
    """true or false, as written."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if value not in ("true", "false"):
            raise ValidationError("true or false is expected here")
        return value == "true"


def a_text(*, required: bool = True, **kwargs: Any) -> fields.String:
    """One text that says something."""
    return fields.String(
        required=required, validate=validate.Regexp(r"(?s).*\S", error="a text is expected here"), **kwargs
    )


def one_of(*allowed: str, **kwargs: Any) -> fields.String:
    """One of these words."""
    choice = validate.OneOf(allowed, error=f"{{input}} is none of {', '.join(allowed)}")
    return fields.String(validate=choice, **kwargs)


def texts(**kwargs: Any) -> fields.List[str]:
    """A list of texts."""
    return fields.List(a_text(), **kwargs)


def a_date(**kwargs: Any) -> fields.String:
    """A date as exact as its source: `2012`, `2012-08` or `2012-08-20`."""
    return fields.String(validate=_is_a_date, **kwargs)


def _is_a_date(value: str) -> None:
    try:
        if not _PARTIAL_DATE.fullmatch(value):
            raise ValueError
        span_of(value)
    except ValueError:
        raise ValidationError(f"{value} is no date (2012, 2012-08 or 2012-08-20)") from None
