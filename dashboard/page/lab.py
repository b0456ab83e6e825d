"""The own page of one lab."""

from dashboard.parts import tag_page


def show() -> None:
    """The whole page."""
    tag_page.show("lab")
