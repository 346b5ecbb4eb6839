"""site.yaml: whose overlay this is, and which version of it."""

from __future__ import annotations

import re

from marshmallow import fields, validate

from ...domain.knowledge import Site
from ..fields import ID, Pair, Strict, Whole
from ..folder import FORMAT
from ..reading import Shelf

FILE = "site.yaml"
LONGEST = 60
MARKUP = re.compile(r"[<>{}\[\]|`*#\n]")


class SiteSchema(Strict):
    id = fields.String(required=True, validate=validate.Regexp(f"^{ID}$", error=f"not a name of the form {ID}"))
    name = Pair(required=True)
    version = fields.String(required=True, validate=validate.Regexp(r"^[\w.+-]{1,40}$", error="not a version"))
    format = Whole(required=True)


def read_site(added: Shelf, content: str) -> Site | None:
    """The site, unless its file is at fault."""
    found = added.check(FILE, SiteSchema())
    if found is None:
        return None
    for language, text in found["name"].items():
        if len(text) > LONGEST or MARKUP.search(text):
            added.fault(FILE, ("name", language), f"name: a plain name of at most {LONGEST} characters, for every card")
    if found["format"] != FORMAT:
        added.fault(FILE, ("format",), f"format: this program reads format {FORMAT}, not {found['format']}")
    return Site(found["id"], found["name"], found["version"], content)
