"""`trends pull` and web addresses in `trends build` as an analyst meets them: output and exit codes."""

import json
import subprocess
import sys

import pytest
import yaml
from typer.testing import CliRunner

from etl.sources import pull as pull_module
from tests.conftest import ROOT
from tests.etl.http_server import Page
from tests.etl.test_pull import SLUG, config, issue, rss, tar_gz


def trends(*args):
    """The command, in this process: the taxonomy is then loaded once for all tests."""
    import trends

    return CliRunner().invoke(trends.app, [str(arg) for arg in args])


def write_config(path, table):
    rows = [{k: v for k, v in vars(s).items() if v} for s in table.sources]
    path.write_text(yaml.safe_dump({"sources": rows, "limits": {"backoff_seconds": 0, "tries": 1}}))
    return path


def test_pull_tells_what_happened_and_ends_with_1_if_something_failed(server, tmp_path):
    server.pages["/a"] = Page(tar_gz({f"{SLUG}.md": issue()}))
    server.pages["/f"] = Page(rss((SLUG, None)))
    own = write_config(tmp_path / "own.yml", config(server, a=("archive", "/a"), f=("feed", "/f")))
    done = trends("pull", "--to", tmp_path / "to", "--config", own)
    assert done.exit_code == 0, done.stderr
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["new", "a.tar.gz"],
        ["new", "f.xml"],
    ]
    assert "f: no content: 1 entries" in done.stderr
    [log] = (tmp_path / "to" / "runs").iterdir()
    assert json.loads(log.read_text())["notes"]["f: no content"]
    server.pages["/a"].first = [(500, {})]
    done = trends("pull", "--warehouse", tmp_path / "w", "--config", own)
    assert done.exit_code == 1
    assert "trends: failed    a.tar.gz  the server answers 500" in done.stderr
    assert done.stdout.split()[:2] == ["new", "f.xml"]
    assert (tmp_path / "w" / "downloads" / "f.xml").is_file()


def test_build_reads_an_address(server, tmp_path):
    server.pages["/main.tar.gz"] = Page(tar_gz({f"{SLUG}.md": issue()}))
    done = trends("build", server.url("/main.tar.gz"), "--warehouse", tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "1 digests (1 new or changed), 3 items" in done.stdout
    again = trends("build", server.url("/main.tar.gz"), "--warehouse", tmp_path)
    assert "(unchanged): 1 digests (0 new or changed)" in again.stdout
    gone = trends("build", server.url("/none.tar.gz"), "--warehouse", tmp_path)
    assert gone.exit_code == 2
    assert "/none.tar.gz: the server answers 404" in gone.stderr


@pytest.mark.parametrize(
    "args", [["--config", "none.yml"], ["--config", "bad.yml"], ["--to", "bad.yml"]]
)
def test_pull_with_unusable_arguments_ends_with_2(tmp_path, args):
    (tmp_path / "bad.yml").write_text("limits: {tries: many}\n")
    done = trends("pull", args[0], tmp_path / args[1])
    assert done.exit_code == 2
    assert args[1] in done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("command", [["pull"], ["build", "http://127.0.0.1:9/a.tar.gz"]])
def test_without_its_packages_it_says_how_to_install_them(tmp_path, monkeypatch, command):
    monkeypatch.setattr(pull_module, "NEEDED", ("httpx", "no_such_package"))
    done = trends(*command, "--warehouse", tmp_path)
    assert done.exit_code == 2
    assert "(no_such_package)" in done.stderr
    assert "pip install -e '.[pull]'" in done.stderr


def test_the_modules_of_the_commands_import_without_the_extra_packages():
    code = "import sys; sys.modules.update(httpx=None, feedparser=None, markdownify=None, bs4=None)"
    code += "; import trends, etl.sources.pull, etl.sources.pull_config"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_show_config_prints_the_file_that_can_be_changed(tmp_path):
    done = trends("pull", "--show-config")
    assert done.stdout == (ROOT / "etl" / "sources" / "pull.yml").read_text("utf-8")
