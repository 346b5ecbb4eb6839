"""What came for one prefetch template, from prefetch and then from the server, and how far it can be relied on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from urllib.parse import quote

from ..domain.call import Json, Template
from .bundles import Page, page_of
from .copies import identity
from .pages import Chain


class Got(Enum):
    """Everything there is (nothing at all included), a part, an error, or no word whether there is anything."""

    ALL = auto()
    PART = auto()
    FAILED = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Reply:
    """The pages that came for one template, and what is still to be read: its query, or the link to a next page.

    `filtered`: the server did not narrow the search to the patient, and said so; the resources of others were left out.
    """

    template: Template
    pages: tuple[Page, ...] = ()
    to_read: str | None = None
    tried: bool = False
    filtered: bool = False

    @property
    def got(self) -> Got:
        if not self.pages:
            return Got.FAILED if self.tried else Got.NOTHING
        if any(page.failed for page in self.pages) or holds_only_others(self.pages, self.template):
            return Got.PART if self._ours() else Got.FAILED
        complete = self.to_read is None and self._holds_what_it_says() and not self._is_bare()
        return Got.ALL if complete else Got.PART

    def _ours(self) -> list[Json]:
        return list(_of_type(self.template.type, self.pages))

    def _holds_what_it_says(self) -> bool:
        distinct = {identity(each) for each in self._ours()}
        total = max((page.total or 0 for page in self.pages), default=0)
        return total <= len(distinct) and not any(page.unread for page in self.pages)

    def _is_bare(self) -> bool:
        """True for one resource where a search was asked for: there may be others."""
        return is_search(self.template) and self.pages[0].kind == self.template.type


def is_search(template: Template) -> bool:
    return "?" in template.query


def holds_only_others(pages: Sequence[Page], template: Template) -> bool:
    """True when there are resources and none is of the type asked for: that answers another question."""
    return any(page.matches for page in pages) and not any(_of_type(template.type, pages))


def _of_type(kind: str, pages: Iterable[Page]) -> Iterator[Json]:
    return (each for page in pages for each in page.resources if each.get("resourceType") == kind)


def from_prefetch(template: Template, sent: Mapping[str, Page], patient_id: str) -> Reply:
    """What prefetch holds under the template's key. A missing key says nothing; null and an empty Bundle say "none"."""
    page = sent.get(template.key)
    if page is None or not (page.failed or _may_answer(page, template)):
        return Reply(template, to_read=template.query.replace("{{context.patientId}}", quote(patient_id, safe="")))
    return Reply(template, (page,), page.next)


def _may_answer(page: Page, template: Template) -> bool:
    return page.kind in ("null", "Bundle", template.type) and not holds_only_others((page,), template)


def continued(reply: Reply, chain: Chain) -> Reply:
    """The reply with what the server answered: pages of a search, or the one resource of a read."""
    wanted = "Bundle" if is_search(reply.template) or reply.pages else reply.template.type
    read = tuple(page_of(body) for body in chain.bodies)
    pages = tuple(page if page and page.kind == wanted else Page("unexpected", failed=True) for page in read)
    return replace(reply, pages=reply.pages + pages, to_read=None if chain.whole else reply.to_read, tried=True)
