"""Reading files, folders and archives, and what a sloppy or hostile producer may send."""

import io
import tarfile
import zipfile

import pytest

from etl.sources import archives
from etl.sources.archives import UnusableSource, read_source
from etl.sources.decode import decode


def tar_of(path, members):
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def test_folder_tar_and_zip_hold_the_same_files_in_the_same_order(tmp_path):
    members = {"b/2.md": b"two", "a/1.md": b"one", "a/picture.png": b"x"}
    folder = tmp_path / "folder"
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    tar_of(tmp_path / "a.tar.gz", members)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    for source in (folder, tmp_path / "a.tar.gz", tmp_path / "a.zip"):
        reading = read_source(str(source))
        assert [(f.path, f.data) for f in reading.files] == [("a/1.md", b"one"), ("b/2.md", b"two")]
        assert reading.other_type == 1


def test_a_path_that_climbs_out_is_only_a_name(tmp_path):
    tar_of(tmp_path / "a.tar.gz", {"../../evil.md": b"x"})
    assert [f.path for f in read_source(str(tmp_path / "a.tar.gz")).files] == ["../../evil.md"]
    assert not (tmp_path.parent.parent / "evil.md").exists()


def test_an_oversized_member_is_refused_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_FILE_BYTES", 10)
    tar_of(tmp_path / "a.tar.gz", {"big.md": b"x" * 11, "small.md": b"ok"})
    reading = read_source(str(tmp_path / "a.tar.gz"))
    assert [f.path for f in reading.files] == ["small.md"]
    assert [(name, r.reason) for name, r in reading.refused] == [
        ("a.tar.gz:big.md", "unreadable_archive_member")
    ]


def test_a_missing_source_says_what_is_possible():
    with pytest.raises(UnusableSource, match=r"no such file or folder.*sample"):
        read_source("no-such-thing.md")


def test_a_cut_off_archive_gives_what_can_be_read_and_names_the_break(tmp_path):
    noise = bytes((i * i * 31 + i // 7) % 251 for i in range(400_000))
    tar_of(tmp_path / "a.tar.gz", {"one.md": b"small", "two.md": noise})
    whole = (tmp_path / "a.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: len(whole) * 3 // 4])
    reading = read_source(str(tmp_path / "cut.tar.gz"))
    assert [f.path for f in reading.files] == ["one.md"]
    assert [r.reason for _, r in reading.refused] == ["unreadable_archive_member"]


@pytest.mark.parametrize("name", ["broken.tar.gz", "broken.zip"])
def test_an_archive_of_which_nothing_can_be_read_says_so(tmp_path, name):
    (tmp_path / name).write_bytes(b"this is no archive")
    with pytest.raises(UnusableSource, match="nothing in the archive can be read"):
        read_source(str(tmp_path / name))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("摘要\r\n一".encode(), ("摘要\n一", "utf-8")),
        (b"\xef\xbb\xbf" + "摘要".encode(), ("摘要", "utf-8-sig")),
        ("摘要：智谱".encode("gb18030"), ("摘要：智谱", "gb18030")),
        ("摘要".encode("utf-16"), ("摘要", "utf-16")),
        (b"\x00\x01\x02binary\x00", None),
        (b"\xff\xff\xff", None),
    ],
    ids=["windows line ends", "byte-order mark", "gb18030", "utf-16", "binary", "broken"],
)
def test_bytes_become_text_or_nothing(data, expected):
    assert decode(data) == expected
