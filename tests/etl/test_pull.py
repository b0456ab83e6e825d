"""`trends pull` and web addresses in `trends build`: configuration, feeds, several sources, exit codes."""

import gzip
import html
import io
import tarfile
import time
from dataclasses import replace

import pytest
import yaml

from etl.build import build
from etl.parsers import parse
from etl.run_log import RunLog
from etl.sources.feed import NoFeed, read_entries, slug_of, to_markdown, write_entries
from etl.sources.pull import CannotFetch, fetch, name_of, pull
from etl.sources.pull_config import BadConfig, Config, Source, load
from tests.etl.http_server import Page

LIMITS = replace(
    load().limits, connect_seconds=1, read_seconds=0.5, total_seconds=5, backoff_seconds=0.01
)
SLUG = "26-01-05-a-quiet-day"
BULLETS = [
    ("First", "https://x.com/someone/status/1", "OpenAI trained a small model on one machine."),
    ("Second", "https://x.com/another/status/2", "Anthropic measured how fast it answers."),
    ("Third", "/third", "Mistral published the weights_of_it, a*b*c."),
]
AS_HTML = "<h1>AI Twitter Recap</h1><ul>{}</ul><script>alert('no')</script>".format(
    "".join(f'<li><strong>{a}</strong>: <a href="{b}">@x_y</a> {c}</li>' for a, b, c in BULLETS)
)
AS_MARKDOWN = "# AI Twitter Recap\n\n" + "".join(
    f"- **{a}**: [@x_y]({b}) {c}\n" for a, b, c in BULLETS
)
ZH = """<h2>AINews - 2026-01-06</h2><p><a href="https://news.example.com/issues/x/">原文链接</a></p>
<h2>📰 十大AI新闻要点</h2><h3>1. <a href="https://x.com/OpenAI/status/11">OpenAI推出新工具</a></h3>
<blockquote><p>公布了新的进展。</p></blockquote><h3>2. <a href="https://x.com/b/status/12">智谱发布模型</a></h3>
<blockquote><p>公布了参数。</p></blockquote><h3>3. <a href="https://x.com/c/status/13">阶跃星辰开源</a></h3>
<blockquote><p>公布了代码。</p></blockquote>"""


def tar_gz(members):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


def issue(title="a quiet day"):
    return f"---\ntitle: {title}\ndate: '2026-01-05T05:44:39Z'\n---\n\n{AS_MARKDOWN}"


def rss(*entries):
    """Entries are (slug, content:encoded or None)."""
    items = "".join(
        f"<item><title>{slug} &amp; more</title><link>https://news.example.com/issues/{slug}/</link>"
        f"<guid>https://news.example.com/issues/{slug}/</guid>"
        "<pubDate>Mon, 05 Jan 2026 22:44:39 -0800</pubDate>"
        "<description>One long paragraph that says what the issue is about, and no more than that, "
        "though it has eighty letters.</description>"
        + (f"<content:encoded>{html.escape(content)}</content:encoded>" if content else "")
        + "</item>"
        for slug, content in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title>'
        f"<link>https://news.example.com/</link>{items}</channel></rss>"
    ).encode()


def config(server, **kinds):
    """Sources by file name without suffix: a path of the server."""
    suffix = {"archive": ".tar.gz", "feed": ".xml"}
    rows = [
        Source(name, kind, server.url(path), name + suffix[kind])
        for name, (kind, path) in kinds.items()
    ]
    return Config(LIMITS, tuple(rows))


def outcomes(table, folder):
    log = RunLog()
    return [(o.status, o.name) for o in pull(table, folder, log)], log


# --- configuration


def test_the_bundled_configuration_names_archives_and_a_feed():
    table = load()
    assert {s.kind for s in table.sources} == {"archive", "feed"}
    assert all(s.url.startswith("https://") for s in table.sources)


def test_a_section_of_an_own_configuration_replaces_the_bundled_one(tmp_path):
    own = tmp_path / "own.yml"
    own.write_text("limits: {tries: 2}\n")
    assert load(own).limits == replace(load().limits, tries=2)
    assert load(own).sources == load().sources


GOOD = {"id": "a", "kind": "archive", "url": "https://a.example/a.tar.gz", "file": "a.tar.gz"}


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ([], "sections"),
        ({"sources": []}, "a list of entries"),
        ({"other": 1}, "sections"),
        ({"limits": {"trys": 2}}, "trys is none of"),
        ({"limits": {"tries": 0}}, "tries: 0"),
        ({"limits": {"tries": 1.5}}, "no whole number"),
        ({"limits": {"read_seconds": "long"}}, "read_seconds: 'long'"),
        ({"limits": {"read_seconds": True}}, "read_seconds: True"),
        ({"sources": ["x"]}, "entry 1"),
        ({"sources": [{**GOOD, "url": "file:///etc/passwd"}]}, "url: an http or https address"),
        ({"sources": [{**GOOD, "file": "../a.tar.gz"}]}, "file: a plain file name"),
        ({"sources": [{**GOOD, "file": "/etc/a"}]}, "file: a plain file name"),
        ({"sources": [{**GOOD, "file": ".hidden"}]}, "file: a plain file name"),
        ({"sources": [{**GOOD, "id": "../a"}]}, "id: letters"),
        ({"sources": [{**GOOD, "kind": "page"}]}, "kind: archive or feed"),
        ({"sources": [{**GOOD, "sha256": "abc"}]}, "sha256: 64 hex digits"),
        ({"sources": [{**GOOD, "shasum": "abc"}]}, "shasum is none of"),
        ({"sources": [{"id": "a"}]}, "kind is missing"),
        ({"sources": [GOOD, {**GOOD, "file": "b"}]}, "the same id"),
        ({"sources": [GOOD, {**GOOD, "id": "b"}]}, "the same file"),
        ({"sources": [{**GOOD, "same_as": "none"}]}, "there is no archive none"),
    ],
)
def test_a_configuration_that_cannot_be_used_says_where_and_why(tmp_path, table, why):
    (tmp_path / "own.yml").write_text(yaml.safe_dump(table))
    with pytest.raises(BadConfig, match=why):
        load(tmp_path / "own.yml")


# --- feeds


@pytest.mark.parametrize("content", [AS_HTML, AS_MARKDOWN], ids=["html", "markdown"])
def test_an_entry_with_a_digest_becomes_a_file_that_the_parser_reads(tmp_path, content):
    entries = read_entries(rss((SLUG, content)), 10**6)
    written = write_entries(entries, tmp_path, 3)
    assert written.files == [("new", tmp_path / f"{SLUG}.md")]
    text = (tmp_path / f"{SLUG}.md").read_text("utf-8")
    digest = parse(text, f"{SLUG}.md")
    assert (digest.format, digest.slug, digest.title) == ("en_archive", SLUG, f"{SLUG} & more")
    assert digest.published_on.isoformat() == "2026-01-06"  # in UTC, as the archive has it
    assert [(i.channel, i.title) for i in digest.items] == [("twitter", b[0]) for b in BULLETS]
    assert digest.items[2].text == "@x_y Mistral published the weights_of_it, a*b*c."
    assert digest.front_matter["link"] == f"https://news.example.com/issues/{SLUG}/"
    assert "alert" not in text
    assert write_entries(entries, tmp_path, 3).files == [("unchanged", tmp_path / f"{SLUG}.md")]


def test_relative_links_are_completed():
    assert "(https://news.example.com/third)" in to_markdown(
        AS_HTML, "https://news.example.com/issues/a/"
    )


def test_an_atom_entry_is_read_like_one_of_rss(tmp_path):
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>t</title>'
        f'<link href="https://news.example.com/issues/{SLUG}"/><id>urn:1</id>'
        f'<updated>2026-01-05T05:44:39Z</updated><content type="html">{html.escape(AS_HTML)}'
        "</content></entry></feed>"
    )
    written = write_entries(read_entries(feed.encode(), 10**6), tmp_path, 3)
    assert written.files == [("new", tmp_path / f"{SLUG}.md")]


def test_a_chinese_digest_is_written_bare_with_its_day(tmp_path):
    written = write_entries(read_entries(rss(("daily", ZH)), 10**6), tmp_path, 3)
    [(_, path)] = written.files
    digest = parse(path.read_text("utf-8"), path.name)
    assert (digest.format, digest.slug) == ("zh_digest", "2026-01-06")
    assert [i.urls[0] for i in digest.items] == [
        f"https://x.com/{n}" for n in ("OpenAI/status/11", "b/status/12", "c/status/13")
    ]


def test_an_entry_that_only_links_has_no_content(tmp_path):
    written = write_entries(
        read_entries(rss((SLUG, None), ("b", "<p>Short.</p>")), 10**6), tmp_path, 3
    )
    assert written.files == []
    assert written.no_content == [f"https://news.example.com/issues/{s}/" for s in (SLUG, "b")]


def test_an_entry_that_the_archive_has_is_left_to_the_archive(tmp_path):
    entries = read_entries(rss((SLUG, AS_HTML), ("26-01-06-other", AS_HTML)), 10**6)
    write_entries(entries, tmp_path, 3)
    written = write_entries(entries, tmp_path, 3, lambda: {SLUG})
    assert [path.name for _, path in written.files] == ["26-01-06-other.md"]
    assert [path.name for path in tmp_path.iterdir()] == ["26-01-06-other.md"]
    assert written.in_archive == [f"https://news.example.com/issues/{SLUG}/"]


@pytest.mark.parametrize(
    ("link", "slug"),
    [
        ("https://a.example/issues/26-01-05-x/", "26-01-05-x"),
        ("https://a.example/p/quiet%20day.html?utm=1#top", "quiet-day"),
        ("https://a.example/..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://a.example/a/%2e%2e", "entry-2c70e12b7a06"),
        ("https://a.example/C:%5Cevil", "evil"),
        ("https://a.example/", "entry-2c70e12b7a06"),
        ("https://a.example/" + "x" * 300, "entry-2c70e12b7a06"),
        ("http://[bad", "entry-2c70e12b7a06"),
        ("https://a.example/今日要闻", "今日要闻"),
    ],
)
def test_a_slug_is_a_safe_file_name(link, slug):
    assert slug_of(link, "key") == slug


LOL = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss version="2.0"/>'
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body>Please log in</body></html>", "neither RSS nor Atom"),
        (b"", "neither RSS nor Atom"),
        (b"\x00\xff", "neither RSS nor Atom"),
        (rss((SLUG, AS_HTML))[:-300], "cut off"),
        (LOL, "entities"),
        (gzip.compress(rss((SLUG, "x" * 5_000_000))), "unpacks to more than"),
        (gzip.compress(rss((SLUG, AS_HTML)))[:100], "cut off|neither"),
        (b"\x1f\x8bno gzip", "cannot be unpacked"),
    ],
    ids=["a page", "nothing", "bytes", "cut", "entities", "bomb", "cut gzip", "no gzip"],
)
def test_what_is_no_whole_feed_is_refused(data, why):
    start = time.perf_counter()
    with pytest.raises(NoFeed, match=why):
        read_entries(data, 1_000_000)
    assert time.perf_counter() - start < 1


def test_a_packed_feed_is_read():
    assert [e.slug for e in read_entries(gzip.compress(rss((SLUG, AS_HTML))), 10**6)] == [SLUG]


def test_html_that_nests_without_end_is_no_digest_and_stops_nothing(tmp_path):
    deep = "<div>" * 3000 + "x" + "</div>" * 3000
    written = write_entries(read_entries(rss(("deep", deep), (SLUG, AS_HTML)), 10**6), tmp_path, 3)
    assert [path.name for _, path in written.files] == [f"{SLUG}.md"]
    assert written.no_content == ["https://news.example.com/issues/deep/"]


# --- several sources


def test_pull_names_every_file_and_a_second_one_finds_nothing_new(server, tmp_path):
    server.pages["/a"] = Page(tar_gz({f"main/{SLUG}.md": issue()}))
    server.pages["/f"] = Page(rss((SLUG, AS_HTML), ("26-01-07-b", AS_HTML), ("26-01-08-c", None)))
    table = config(server, a=("archive", "/a"), f=("feed", "/f"))
    same = replace(table.sources[1], same_as="a")
    table = replace(table, sources=(table.sources[0], same))
    first, log = outcomes(table, tmp_path)
    assert first == [("new", "a.tar.gz"), ("new", "f.xml"), ("new", "f/26-01-07-b.md")]
    assert log.notes["f: no content"] == ["https://news.example.com/issues/26-01-08-c/"]
    assert log.notes["f: in the archive"] == [f"https://news.example.com/issues/{SLUG}/"]
    assert {status for status, _ in outcomes(table, tmp_path)[0]} == {"unchanged"}
    result = build([str(tmp_path)], tmp_path / "warehouse")
    assert (result.digests, result.items, result.refused) == (2, 6, [])
    assert build([str(tmp_path)], tmp_path / "warehouse").new_digests == 0


def test_a_source_that_fails_does_not_stop_the_others(server, tmp_path):
    server.pages["/b"] = Page(tar_gz({"x.md": issue()}))
    server.pages["/f"] = Page(b"<html></html>")
    table = config(server, a=("archive", "/none"), f=("feed", "/f"), b=("archive", "/b"))
    found, log = outcomes(table, tmp_path)
    assert found == [("failed", "a.tar.gz"), ("failed", "f.xml"), ("new", "b.tar.gz")]
    details = [row["detail"] for row in log.figures["files"]]
    assert details[0] == "the server answers 404 Not Found"
    assert details[1] == "what came cannot be used: it is neither RSS nor Atom"


# --- one address


def test_fetch_gives_an_archive_as_a_file_and_a_feed_as_a_folder(server, tmp_path):
    server.pages["/get/main.tar.gz"] = Page(tar_gz({f"{SLUG}.md": issue()}))
    server.pages["/rss.xml"] = Page(rss((SLUG, AS_HTML)))
    archive = fetch(server.url("/get/main.tar.gz"), tmp_path, LIMITS)
    assert archive.is_file()
    digests = fetch(server.url("/rss.xml"), tmp_path, LIMITS)
    assert [path.name for path in digests.iterdir()] == [f"{SLUG}.md"]
    server.pages.clear()
    with pytest.raises(CannotFetch, match=f"404.*earlier download is still there: {archive}"):
        fetch(server.url("/get/main.tar.gz"), tmp_path, LIMITS)


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"<html></html>", "no archive, and no feed"), (rss((SLUG, None)), "none of the 1 entries")],
)
def test_fetch_of_anything_else_says_what_it_is(server, tmp_path, data, why):
    server.pages["/x"] = Page(data)
    with pytest.raises(CannotFetch, match=why):
        fetch(server.url("/x"), tmp_path, LIMITS)


def test_names_of_addresses_are_plain_and_differ():
    urls = [
        "https://github.com/a/b/archive/refs/heads/main.tar.gz",
        "https://github.com/a/c/archive/refs/heads/main.tar.gz",
        "https://a.example/../../etc/passwd",
        "https://a.example/?page=1",
        "https://a.example/?page=2",
        "https://a.example:81/?page=2",
        "https://a.example/" + "x" * 300 + "1",
        "https://a.example/" + "x" * 300 + "2",
    ]
    found = [name_of(url) for url in urls]
    assert found[0] == "github.com-a-b-archive-refs-heads-main.tar.gz"
    assert len(set(found)) == len(urls)
    assert all("/" not in name and not name.startswith(".") and len(name) <= 100 for name in found)
