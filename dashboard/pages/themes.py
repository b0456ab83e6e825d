"""Themes over time: how much of the news is about each of them."""

from dashboard.parts import trend_page

trend_page.show("theme")
