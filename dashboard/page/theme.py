"""The own page of one theme."""

from dashboard.parts import tag_page


def show() -> None:
    """The whole page."""
    tag_page.show("theme")
