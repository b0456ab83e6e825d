"""One form for each address, so that the same post is found again wherever it is cited.

In: an address as written. Out: its canonical form. Traps: one post has many hosts (twitter.com, x.com,
xcancel.com, fxtwitter.com) and the author's name in the path may differ or be `i`; a paper's abstract
and PDF are one paper; tracking parameters are no part of the address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

X_HOSTS = frozenset(
    (
        "x.com",
        "twitter.com",
        "mobile.twitter.com",
        "mobile.x.com",
        "xcancel.com",
        "fxtwitter.com",
        "vxtwitter.com",
        "fixupx.com",
        "fixvx.com",
        "nitter.net",
        "twittpr.com",
    )
)
_STATUS = re.compile(r"^/[^/]+/(?:web/)?status(?:es)?/(\d{5,})")
_ARXIV = re.compile(
    r"^/(?:abs|pdf|html)/((?:[a-z.-]+/)?[0-9]{2,}[0-9.]*?)(?:v[0-9]+)?(?:\.pdf)?/?$", re.IGNORECASE
)
_VIDEO = re.compile(r"[A-Za-z0-9_-]{5,}")
_TRACKING = re.compile(
    r"^(?:utm_.*|ref|ref_src|ref_url|fbclid|gclid|mc_cid|mc_eid|igshid|si|smid|cmpid|share_id|rdt|trk)$",
    re.IGNORECASE,
)
_HOST_ALIASES = {
    "old.reddit.com": "reddit.com",
    "np.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com",
    "m.youtube.com": "youtube.com",
    "export.arxiv.org": "arxiv.org",
}


@lru_cache(maxsize=200_000)
def canonical_url(url: str) -> str:
    """The address in one form; what is no http(s) address comes back as it is."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().removeprefix("www.")
        port = parts.port
    except ValueError:  # e.g. an unclosed [ of a cut-off address
        return url.strip()
    if parts.scheme.lower() not in ("http", "https") or not host.strip():
        return url.strip()
    host = _HOST_ALIASES.get(host, host)
    special = _special(host, parts.path, parts.query)
    if special:
        return special
    kept = [
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)
    ]
    path = re.sub(r"[/\s]+$", "", re.sub(r"/{2,}", "/", parts.path))
    query = f"?{urlencode(kept)}" if kept else ""
    at = f"{host}:{port}" if port and port not in (80, 443) else host
    return f"https://{at}{path}{query}"


def _special(host: str, path: str, query: str) -> str | None:
    if host in X_HOSTS:
        status = _STATUS.match(path)
        return (
            f"https://x.com/i/status/{status[1]}"
            if status
            else "https://x.com" + re.sub(r"[/\s]+$", "", path)
        )
    if host == "arxiv.org" and (paper := _ARXIV.match(path)):
        return f"https://arxiv.org/abs/{paper[1]}"
    if host == "youtu.be" and _VIDEO.fullmatch(path.strip("/")):
        return f"https://youtube.com/watch?v={path.strip('/')}"
    if host == "youtube.com" and _VIDEO.fullmatch(video := dict(parse_qsl(query)).get("v", "")):
        return f"https://youtube.com/watch?v={video}"
    return None


def names_one_thing(canonical: str) -> bool:
    """Whether an address points at one post, paper or page, not at a whole site."""
    if is_status(canonical):
        return True
    try:
        parts = urlsplit(canonical)
    except ValueError:
        return False
    depth = len([p for p in parts.path.split("/") if p])
    return depth >= 2 or bool(parts.query)


def is_status(canonical: str) -> bool:
    """Whether it is a post with an id: the surest sign that two items report one event."""
    return canonical.startswith(("https://x.com/i/status/", "https://arxiv.org/abs/"))
