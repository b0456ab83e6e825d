"""The newest digests as a short list of links.

In: rows of last_digests. Out: HTML, every text from the web escaped, links to http(s) only. Trap: a data
frame would load half a megabyte of code for six rows, so they are plain HTML, and an address such as
`javascript:…` must not become a link.
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

import pandas as pd

from dashboard.charts.scope import Row
from dashboard.parts import sources
from dashboard.texts import Texts


def html(frame: pd.DataFrame, say: Texts) -> str:
    """The list; each row a title that links to the digest, then day, source, language, items."""
    rows = "".join(_row(row, say) for row in frame.to_dict("records"))
    return f'<div class="digests">{rows}</div>'


def safe_url(url: object) -> str | None:
    """The address if it leads to the web, else None."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _row(row: Row, say: Texts) -> str:
    shown = row["title"] if isinstance(row["title"], str) and row["title"].strip() else ""
    title, url = escape(shown or str(row["digest_id"])), safe_url(row["url"])
    if url:
        title = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    n = say("overview.items", n=say.number(row["item_count"]))
    parts = [say.day(row["published_on"]), sources.name(say, row["source"])]
    parts += [say.code("language", row["language"]), n]
    if isinstance(row["translation_of"], str):
        parts.append(say("overview.translation"))
    return f"<div>{title}<br><small>{' · '.join(escape(part) for part in parts)}</small></div>"
