"""Labs over time: how much of the news names each of them."""

from dashboard.parts import trend_page


def show() -> None:
    """The whole page."""
    trend_page.show("lab")
