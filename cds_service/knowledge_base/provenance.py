"""Citations and checks: where a statement comes from, and who held it against what, and when."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from .fields import Strict, a_date, a_text, texts


class CiteSchema(Strict):
    text = a_text()
    doi = fields.String(validate=validate.Regexp(r"^10\.\d{4,9}/\S+$", error="not a DOI"))
    url = fields.String(validate=validate.Regexp(r"^https?://\S+$", error="not a URL"))
    pmid = fields.String(validate=validate.Regexp(r"^\d+$", error="not a PubMed id"))


class CheckedSchema(Strict):
    what = fields.String()
    figures = texts()
    against = a_text()
    by = a_text()
    on = a_date(required=True)

    @validates_schema
    def about_something(self, found: dict[str, Any], **_: Any) -> None:
        if not found.get("what") and not found.get("figures"):
            raise ValidationError("what or figures is expected here")
