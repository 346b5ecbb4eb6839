"""HTML from values: every text is escaped, and what is not a text is said to be one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 "Noto Sans", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; margin: 0 auto;
  max-width: 62rem; padding: 1.5rem 1.25rem 4rem; color: #1c2530; background: #fff; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .6rem 0 .2rem; }
h1 + p { margin-top: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 2px solid #1f4e79; padding-bottom: .2rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
p { margin: .3rem 0; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .875rem; }
th, td { border: 1px solid #c3ccd6; padding: .3rem .45rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
th { background: #eef3f8; font-weight: 600; }
.ja { color: #45525f; display: block; } td .ja, th .ja, h1 .ja { font-size: .92em; }
.content { font-family: ui-monospace, monospace; font-size: .8rem; white-space: nowrap; }
.meta, .given, .checked { color: #55616d; font-size: .875rem; }
.case { border-top: 1px solid #dde3ea; padding: .2rem 0 .6rem; break-inside: avoid; }
.cards { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
.card { border: 1px solid #c3ccd6; border-left: 6px solid #2f6fab; border-radius: 4px; padding: .4rem .7rem;
  min-width: 0; overflow-wrap: anywhere; break-inside: avoid; }
.card.warning { border-left-color: #b26a00; } .card.critical { border-left-color: #b3261e; }
.card strong.level { font-size: .75rem; text-transform: uppercase; letter-spacing: .04em; }
.card ul { margin: .3rem 0; padding-left: 1.1rem; }
.silence { color: #55616d; border-left: 6px solid #c3ccd6; padding-left: .7rem; }
.grid td { text-align: center; } .gates { color: #55616d; }
.sign td { height: 2.4rem; } .sign th { width: 25%; }
nav { font-size: .875rem; margin-bottom: .5rem; }
a { color: #1f4e79; }
@media (max-width: 46rem) { .cards { grid-template-columns: 1fr; } }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } nav { display: none; }
  h2, h3 { break-after: avoid; } .cards { grid-template-columns: 1fr 1fr; } }
"""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def tag(name: str, *inside: str, **attributes: str) -> Html:
    """An element; what is not Html inside it is escaped. `class_` is the attribute class."""
    written = "".join(f' {key.rstrip("_")}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{written}>{''.join(map(safe, inside))}</{name}>")


def safe(text: str) -> Html:
    """The text as markup."""
    return text if isinstance(text, Html) else Html(escape(text))


def joined(parts: Iterable[str]) -> Html:
    """Parts one after another."""
    return Html("".join(map(safe, parts)))


def both(en: str, ja: str) -> Html:
    """English with the Japanese under or after it; one of them where they are the same."""
    return safe(en) if en == ja else joined((en, " ", tag("span", ja, class_="ja", lang="ja")))


def table(head: Iterable[str], rows: Iterable[Iterable[str]], **attributes: str) -> Html:
    """A table of cells."""
    top = tag("thead", tag("tr", *(tag("th", cell, scope="col") for cell in head)))
    body = tag("tbody", *(tag("tr", *(tag("td", cell) for cell in row)) for row in rows))
    return tag("table", top, body, **attributes)


def page(title: str, *body: str) -> str:
    """A whole page that loads nothing from anywhere."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = joined(
        (
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            tag("title", title),
            Html(f"<style>{STYLE}</style>"),
        )
    )
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', *body), lang='en')}\n"
