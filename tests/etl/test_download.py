"""One address to one file, from a server that breaks every rule (tests/etl/http_server.py)."""

import hashlib
import io
import json
import random
import tarfile
import time
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from etl.sources.download import Job, download
from etl.sources.http_get import DownloadFailed, next_address, retry_after
from etl.sources.pull import damage_of_archive
from etl.sources.pull_config import load
from tests.etl.http_server import Page, serving

LIMITS = replace(
    load().limits,
    connect_seconds=1,
    read_seconds=0.3,
    total_seconds=5,
    backoff_seconds=0.01,
    longest_wait_seconds=1.5,
    tries=3,
)
SLUG = "26-01-05-a-quiet-day"
ISSUE = """---
title: a quiet day
date: '2026-01-05T05:44:39Z'
---

# AI Twitter Recap

- **First**: [@someone](https://x.com/someone/status/1) trained a small model on one machine.
- **Second**: [@another](https://x.com/another/status/2) measured how fast it answers.
- **Third**: [@third](https://x.com/third/status/3) published the weights of it.
"""


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        yield running


def tar_gz(members, noise=0):
    """A .tar.gz; `noise` bytes that cannot be packed make it large."""
    buffer = io.BytesIO()
    members = {**members, "picture.png": random.Random(1).randbytes(noise)}
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


ARCHIVE = tar_gz({f"main/{SLUG}.md": ISSUE.encode()}, 300_000)
NEWER = tar_gz({f"main/{SLUG}.md": ISSUE.replace("small", "large").encode()}, 310_000)


def job(server, folder, **changes):
    plain = Job(server.url("/a.tar.gz"), folder / "a.tar.gz", 10_000_000, damage_of_archive)
    return replace(plain, **changes)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# --- what changed, and only that


def test_a_file_is_new_then_unchanged_then_updated(server, tmp_path):
    page = server.pages["/a.tar.gz"] = Page(ARCHIVE, last_modified="Mon, 05 Jan 2026 06:00:00 GMT")
    assert download(job(server, tmp_path), LIMITS) == "new"
    sidecar = json.loads((tmp_path / "a.tar.gz.json").read_text())
    assert sidecar == {
        "url": server.url("/a.tar.gz"),
        "etag": '"one"',
        "last_modified": "Mon, 05 Jan 2026 06:00:00 GMT",
        "sha256": hashlib.sha256(ARCHIVE).hexdigest(),
        "size": len(ARCHIVE),
    }
    assert download(job(server, tmp_path), LIMITS) == "unchanged"
    assert server.requests[-1].headers["if-none-match"] == '"one"'
    page.data, page.etag, page.last_modified = NEWER, '"two"', "Tue, 06 Jan 2026 06:00:00 GMT"
    assert download(job(server, tmp_path), LIMITS) == "updated"
    assert (tmp_path / "a.tar.gz").read_bytes() == NEWER
    assert names(tmp_path) == ["a.tar.gz", "a.tar.gz.json"]


def test_last_modified_alone_is_enough_to_ask(server, tmp_path):
    when = "Mon, 05 Jan 2026 06:00:00 GMT"
    server.pages["/a.tar.gz"] = Page(ARCHIVE, etag="", last_modified=when)
    download(job(server, tmp_path), LIMITS)
    assert download(job(server, tmp_path), LIMITS) == "unchanged"
    assert server.requests[-1].headers["if-modified-since"] == when


def test_the_same_bytes_under_another_etag_are_unchanged(server, tmp_path):
    page = server.pages["/a.tar.gz"] = Page(ARCHIVE)
    download(job(server, tmp_path), LIMITS)
    page.etag = '"another"'
    assert download(job(server, tmp_path), LIMITS) == "unchanged"
    assert json.loads((tmp_path / "a.tar.gz.json").read_text())["etag"] == '"another"'


def test_a_file_that_was_changed_on_disk_is_fetched_again(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE)
    download(job(server, tmp_path), LIMITS)
    (tmp_path / "a.tar.gz").write_bytes(ARCHIVE[:1000])
    assert download(job(server, tmp_path), LIMITS) == "updated"
    assert (tmp_path / "a.tar.gz").read_bytes() == ARCHIVE


def test_a_304_that_was_not_asked_for_is_an_error(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, always_304=True)
    with pytest.raises(DownloadFailed, match="304"):
        download(job(server, tmp_path), LIMITS)


# --- resuming


def test_a_cut_connection_is_resumed_where_it_broke_off(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, cut_after=[100_000, 50_000])
    assert download(job(server, tmp_path), LIMITS) == "resumed"
    assert (tmp_path / "a.tar.gz").read_bytes() == ARCHIVE
    asked = [(r.headers.get("range"), r.headers.get("if-range")) for r in server.requests]
    assert asked == [(None, None), ("bytes=100000-", '"one"'), ("bytes=150000-", '"one"')]


def test_the_next_run_goes_on_with_what_an_earlier_one_left(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, cut_after=[100_000])
    with pytest.raises(DownloadFailed, match=r"connection broke.*tried 1 times"):
        download(job(server, tmp_path), replace(LIMITS, tries=1))
    assert names(tmp_path) == ["a.tar.gz.part", "a.tar.gz.part.json"]
    assert download(job(server, tmp_path), LIMITS) == "resumed"
    assert (tmp_path / "a.tar.gz").read_bytes() == ARCHIVE
    assert names(tmp_path) == ["a.tar.gz", "a.tar.gz.json"]


@pytest.mark.parametrize("change", ["another file", "no ranges", "another range", "a shorter file"])
def test_a_server_that_does_not_continue_is_asked_from_the_start(server, tmp_path, change):
    page = server.pages["/a.tar.gz"] = Page(ARCHIVE, cut_after=[100_000])
    with pytest.raises(DownloadFailed):
        download(job(server, tmp_path), replace(LIMITS, tries=1))
    expected = ARCHIVE
    if change == "another file":
        page.data, page.etag, expected = NEWER, '"two"', NEWER
    elif change == "no ranges":
        page.takes_ranges = False
    elif change == "another range":
        page.range_shift = 7
    else:
        page.data = expected = tar_gz({"b.md": b"short"})
    assert download(job(server, tmp_path), LIMITS) == "new"
    assert (tmp_path / "a.tar.gz").read_bytes() == expected


def test_two_halves_of_different_files_are_not_joined(server, tmp_path):
    """The server changed its file and kept the ETag."""
    page = server.pages["/a.tar.gz"] = Page(ARCHIVE, cut_after=[100_000])
    with pytest.raises(DownloadFailed):
        download(job(server, tmp_path), replace(LIMITS, tries=1))
    page.data = NEWER
    assert download(job(server, tmp_path), LIMITS) == "new"
    assert (tmp_path / "a.tar.gz").read_bytes() == NEWER


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_without_a_validator_of_bytes_a_download_starts_afresh(server, tmp_path, etag):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, etag=etag, cut_after=[100_000])
    assert download(job(server, tmp_path), LIMITS) == "new"
    assert "range" not in server.requests[-1].headers


# --- limits of time


def test_silence_ends_by_the_read_limit_and_is_tried_again(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, stall_after=[1000])
    assert download(job(server, tmp_path), LIMITS) == "resumed"


def test_dripping_bytes_end_by_the_total_limit_and_are_kept(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE[:200], drip_seconds=0.02)
    start = time.monotonic()
    with pytest.raises(DownloadFailed, match=r"not done after 0\.5 seconds"):
        download(job(server, tmp_path), replace(LIMITS, total_seconds=0.5))
    assert time.monotonic() - start < 2
    assert (tmp_path / "a.tar.gz.part").stat().st_size > 0


def test_a_port_where_nobody_answers_says_so(tmp_path, server):
    address = server.url("/a.tar.gz")
    server.shutdown()
    server.server_close()
    with pytest.raises(DownloadFailed, match=r"connection broke.*tried 3 times"):
        download(job(server, tmp_path, url=address), LIMITS)


# --- limits of size, and lies


def test_a_declared_size_over_the_limit_is_refused_before_the_body(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(b"x" * 10, declares=10**15, stall_after=[0])
    start = time.monotonic()
    with pytest.raises(DownloadFailed, match="larger than the limit of 10,000,000 bytes"):
        download(job(server, tmp_path), LIMITS)
    assert time.monotonic() - start < 0.3
    assert names(tmp_path) == []


def test_an_undeclared_size_over_the_limit_is_cut_off(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, declares=None)
    with pytest.raises(DownloadFailed, match="larger than the limit"):
        download(job(server, tmp_path, max_bytes=100_000), LIMITS)
    assert names(tmp_path) == []


def test_an_undeclared_length_is_no_obstacle(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, declares=None)
    assert download(job(server, tmp_path), LIMITS) == "new"


@pytest.mark.parametrize("lie", [1000, len(ARCHIVE) + 1000])
def test_a_length_that_lies_never_replaces_the_good_file(server, tmp_path, lie):
    page = server.pages["/a.tar.gz"] = Page(ARCHIVE)
    download(job(server, tmp_path), LIMITS)
    page.data, page.etag, page.declares, page.takes_ranges = NEWER, '"two"', lie, False
    if lie > len(ARCHIVE):
        page.declares = len(NEWER) + 1000
    with pytest.raises(DownloadFailed):
        download(job(server, tmp_path), LIMITS)
    assert (tmp_path / "a.tar.gz").read_bytes() == ARCHIVE


def damaged_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.md", b"a text that is stored as it is")
    return buffer.getvalue().replace(b"stored", b"st0red")


def bomb():
    packed = zlib.compressobj(9, wbits=31)
    info = tarfile.TarInfo("big.md")
    info.size = 10 << 30
    parts = [packed.compress(info.tobuf(tarfile.GNU_FORMAT))]
    parts += [packed.compress(bytes(1 << 20)) for _ in range(40)]
    return b"".join([*parts, packed.flush()])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body>Please log in</body></html>", r"no \.tar\.gz and no \.zip"),
        (b"", r"no \.tar\.gz and no \.zip"),
        (ARCHIVE[:-3000], "end"),
        (ARCHIVE[:-6] + b"xxxxxx", "CRC"),
        (damaged_zip(), "CRC"),
        (bomb(), "unpacks to more than"),
    ],
    ids=["a page", "nothing", "cut off", "wrong checksum", "damaged zip", "bomb"],
)
def test_what_is_no_whole_archive_never_replaces_the_good_file(server, tmp_path, data, why):
    page = server.pages["/a.tar.gz"] = Page(ARCHIVE)
    download(job(server, tmp_path), LIMITS)
    sidecar = (tmp_path / "a.tar.gz.json").read_bytes()
    page.data, page.etag = data, '"two"'
    start = time.monotonic()
    with pytest.raises(DownloadFailed, match=f"cannot be used: .*{why}"):
        download(job(server, tmp_path), LIMITS)
    assert time.monotonic() - start < 1
    assert (tmp_path / "a.tar.gz").read_bytes() == ARCHIVE
    assert (tmp_path / "a.tar.gz.json").read_bytes() == sidecar
    assert names(tmp_path) == ["a.tar.gz", "a.tar.gz.json"]


def test_the_expected_sha256_decides(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE)
    right = hashlib.sha256(ARCHIVE).hexdigest()
    with pytest.raises(DownloadFailed, match=f"its SHA-256 is {right}"):
        download(job(server, tmp_path, sha256="0" * 64), LIMITS)
    assert names(tmp_path) == []
    assert download(job(server, tmp_path, sha256=right.upper()), LIMITS) == "new"


# --- politeness


def test_a_server_that_asks_for_patience_gets_it(server, tmp_path):
    first = [(429, {"Retry-After": "1"}), (503, {})]
    server.pages["/a.tar.gz"] = Page(ARCHIVE, first=first)
    start = time.monotonic()
    assert download(job(server, tmp_path), LIMITS) == "new"
    assert time.monotonic() - start >= 1
    assert len(server.requests) == 3


def test_a_server_that_asks_for_more_patience_than_the_limit_is_left_alone(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, first=[(429, {"Retry-After": "3600"})] * 3)
    start = time.monotonic()
    with pytest.raises(DownloadFailed, match=r"429.*try again in 3,600 seconds"):
        download(job(server, tmp_path), LIMITS)
    assert time.monotonic() - start < 1
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "tries"), [(404, 1), (403, 1), (410, 1), (501, 1), (503, 3), (500, 3)]
)
def test_only_what_may_pass_is_tried_again(server, tmp_path, status, tries):
    server.pages["/a.tar.gz"] = Page(ARCHIVE, first=[(status, {})] * 5)
    with pytest.raises(DownloadFailed, match=f"the server answers {status}"):
        download(job(server, tmp_path), LIMITS)
    assert len(server.requests) == tries


def test_retry_after_is_read_as_number_and_as_date():
    soon = datetime.now(UTC) + timedelta(seconds=100)
    assert retry_after("12") == 12
    assert 95 < retry_after(format_datetime(soon, usegmt=True)) <= 100
    assert retry_after("Mon, 05 Jan 2026 06:00:00 GMT") == 0
    assert retry_after("soon") is None
    assert retry_after("") is None


def test_the_request_says_who_asks_and_wants_no_packing(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE)
    download(job(server, tmp_path), LIMITS)
    headers = server.requests[0].headers
    assert headers["user-agent"].startswith("ainews-trends/")
    assert headers["accept-encoding"] == "identity"


# --- redirects


def test_redirects_are_followed_up_to_the_limit(server, tmp_path):
    for number in range(5):
        server.pages[f"/{number}"] = Page(first=[(302, {"Location": f"/{number + 1}"})] * 9)
    server.pages["/5"] = Page(ARCHIVE)
    assert download(job(server, tmp_path, url=server.url("/0")), LIMITS) == "new"
    with pytest.raises(DownloadFailed, match="more than 4 redirects"):
        download(job(server, tmp_path / "b", url=server.url("/0")), replace(LIMITS, redirects=4))


def test_a_circle_of_redirects_ends(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(first=[(301, {"Location": "/a.tar.gz"})] * 20)
    with pytest.raises(DownloadFailed, match="more than 5 redirects"):
        download(job(server, tmp_path), LIMITS)
    assert len(server.requests) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/a", "", "http://[bad"])
def test_a_redirect_to_anything_but_the_web_is_refused(server, tmp_path, location):
    server.pages["/a.tar.gz"] = Page(first=[(302, {"Location": location})])
    with pytest.raises(DownloadFailed, match=r"no http\(s\) address"):
        download(job(server, tmp_path), LIMITS)


def test_a_redirect_never_leads_from_https_to_http():
    with pytest.raises(DownloadFailed, match=r"from https to http: http://b\.example/x"):
        next_address("https://a.example/", "http://user:word@b.example/x")
    assert next_address("https://a.example/x/", "../y") == "https://a.example/y"
    assert next_address("http://a.example/", "https://b.example/") == "https://b.example/"
    assert next_address("https://a.example/", "http://127.0.0.1/x") == "http://127.0.0.1/x"


def test_a_password_of_an_address_is_not_written_down(server, tmp_path):
    server.pages["/a.tar.gz"] = Page(ARCHIVE)
    url = server.url("/a.tar.gz").replace("://", "://user:secret@")
    download(job(server, tmp_path, url=url), LIMITS)
    assert "authorization" in server.requests[0].headers
    assert "secret" not in (tmp_path / "a.tar.gz.json").read_text()
    assert download(job(server, tmp_path, url=url), LIMITS) == "unchanged"
