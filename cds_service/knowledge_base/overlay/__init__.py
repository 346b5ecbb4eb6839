"""A hospital's overlay: what it adds to the base, each kind by a rule of its own. Nothing of the base is replaced.

* site.yaml                      whose overlay this is
* guidance/<rule>/site.yaml      signatures, a rule switched off, squares of a grid    -> rules.py, squares.py
* guidance/<rule>/cases.yaml     the site's own cases
* drugs/<drug>.yaml              approvals and codes                                    -> drugs.py
* value_sets/<set>.yaml          local codes and words                                  -> codes.py
* value_sets/systems.yaml        local code systems                                     -> codes.py
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ...domain.knowledge import Knowledge
from ...errors import Fault, KnowledgeError
from ..folder import hash_of
from ..manifest import GUIDANCE
from ..reading import Shelf, shelf
from .codes import with_local_codes, with_local_systems
from .drugs import with_local_drugs
from .rules import with_local_rules
from .site import FILE, read_site

NAME = "overlay"  # before the path of a file in every fault
OWN_CASES = "cases.yaml"


def with_overlay(base: Knowledge, opened: Shelf, raw: Mapping[str, bytes], local: Mapping[str, bytes]) -> Knowledge:
    """The base (`opened` and `raw` are its files) with the files of an overlay; raises KnowledgeError with all faults.

    The hash of the base stays as it is; the overlay's stands beside it.
    """
    added = shelf(local)
    site = read_site(added, hash_of(local))
    systems = with_local_systems(opened, added)
    drugs = with_local_drugs(base, systems, added)
    value_sets = with_local_codes(base, systems, drugs, added)
    rules, lapsed = with_local_rules(base, opened, raw, added)
    _check_every_file_is_read(base, added)
    if added.faults or site is None:
        raise KnowledgeError([replace(found, file=f"{NAME}/{found.file}") for found in _in_order(added.faults)])
    return replace(base, drugs=drugs, value_sets=value_sets, rules=rules, site=replace(site, lapsed=lapsed))


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.file, fault.line or 0))


def _check_every_file_is_read(base: Knowledge, added: Shelf) -> None:
    known = {rule.id for rule in base.rules}
    for file in sorted(set(added.documents) - added.wanted):
        parts = PurePosixPath(file).parts
        if len(parts) == 3 and parts[0] == GUIDANCE and parts[2] == OWN_CASES and parts[1] in known:
            continue
        added.faults.append(Fault(file, None, f"nothing reads this file; a site adds {_MAY_ADD}"))


_MAY_ADD = f"{FILE}, guidance/<rule>/site.yaml and cases.yaml, drugs/<drug>.yaml and value_sets/<set>.yaml"
