"""Fixtures of the tests of etl: a local web server that serves, cuts, stalls and lies."""

import pytest

from tests.etl.http_server import serving


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        yield running
