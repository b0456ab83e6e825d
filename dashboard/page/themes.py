"""Themes over time: how much of the news is about each of them."""

from dashboard.parts import trend_page


def show() -> None:
    """The whole page."""
    trend_page.show("theme")
