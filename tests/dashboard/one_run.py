"""One run of a page without a browser, for the tests of the pages."""

from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
URLS = {
    page["module"]: page["url"]
    for page in yaml.safe_load((APP.parent / "pages.yml").read_text("utf-8"))
}
PAGES = list(URLS)
LANGUAGES = ["en", "zh"]


def run(
    monkeypatch: pytest.MonkeyPatch,
    warehouse: Path,
    name: str = "labs",
    /,
    **link: str | list[str],
) -> AppTest:
    """One run of a page, opened by a link."""
    monkeypatch.setenv("TRENDS_WAREHOUSE", str(warehouse))
    app = AppTest.from_file(str(APP), default_timeout=30)
    for key, value in link.items():
        app.query_params[key] = value
    # switch_page() knows the pages only after a first run, and a link is read in the first run only
    # the first page's own url leads to "/"
    app._page_hash = calc_hash(URLS[name] if name != PAGES[0] else "first")
    app.run()
    assert [e.value for e in app.exception] == []
    return app


def words(app: AppTest) -> str:
    """All that the page says."""
    parts = [
        *app.markdown,
        *app.caption,
        *app.subheader,
        *app.warning,
        *app.info,
        *app.code,
        *app.metric,
    ]
    return "\n".join(f"{getattr(p, 'label', '')} {p.value}" for p in parts)
