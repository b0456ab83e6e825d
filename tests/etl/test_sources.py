"""Reading files, folders and archives, and what a sloppy or hostile producer may send."""

import gzip
import io
import tarfile
import time
import tracemalloc
import zipfile
import zlib

import pytest

from etl.sources import members
from etl.sources.archives import UnusableSource, read_source
from etl.sources.decode import decode
from etl.sources.members import damage_of


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


class Zeros(io.RawIOBase):
    """As many zero bytes as asked for, without holding them."""

    def read(self, size=-1):
        return bytes(size)


def tar_header(name, size, kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, kind, link
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    "path", ["../../evil.md", "/etc/evil.md", "a/../../evil.md", "C:\\evil.md", "..\\evil.md", ".."]
)
@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_a_path_that_leaves_the_archive_is_refused_and_named(tmp_path, path, kind):
    if kind == "tar":
        source = tmp_path / "a.tar.gz"
        tar_of(source, {path: b"x", "a..b/good.md": b"y"})
    else:
        source = tmp_path / "a.zip"
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr(path, b"x")
            archive.writestr("a..b/good.md", b"y")
    reading = read_source(str(source))
    assert [f.path for f in reading.files] == ["a..b/good.md"]
    named = [(name, r.detail) for name, r in reading.refused]
    assert named == [(f"{source.name}:{path}", "its path leaves the archive")]


def test_links_and_devices_are_left_out_and_counted(tmp_path):
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    with gzip.open(tmp_path / "a.tar.gz", "wb") as file:
        for number, kind in enumerate(kinds):
            file.write(tar_header(f"{number}.md", 0, kind, "/etc/passwd"))
        file.write(tar_header("good.md", 2) + b"ok".ljust(512, b"\0") + bytes(1024))
    link = zipfile.ZipInfo("link.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.md", b"ok")
    for name, count in (("a.tar.gz", 5), ("a.zip", 1)):
        reading = read_source(str(tmp_path / name))
        assert [(f.path, f.data) for f in reading.files] == [("good.md", b"ok")]
        assert reading.other_type == count
        assert reading.refused == []


def memory_of(call):
    tracemalloc.start()
    try:
        return call(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_member_of_10_gb_of_zeros_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "bomb.tar.gz"
    ten_gb = 10 << 30
    packed = zlib.compressobj(9, wbits=31)
    megabyte = bytes(1 << 20)
    with path.open("wb") as file:  # the header claims 10 GB; 60 MB of them are enough for a test
        file.write(packed.compress(tar_header("good.md", 2) + b"ok".ljust(512, b"\0")))
        file.write(packed.compress(tar_header("big.md", ten_gb)))
        for _ in range(60):
            file.write(packed.compress(megabyte))
        file.write(packed.flush())
    seek, sought = gzip.GzipFile.seek, []

    def spy(self, offset, whence=0):
        sought.append(offset)
        return seek(self, offset, whence)

    monkeypatch.setattr(gzip.GzipFile, "seek", spy)
    start = time.perf_counter()
    reading, peak = memory_of(lambda: read_source(str(path)))
    assert time.perf_counter() - start < 1
    assert max(sought, default=0) < 10_000  # to go to the end of a member is to unpack it
    assert peak < 5_000_000
    assert [f.path for f in reading.files] == ["good.md"]
    assert "big.md" in reading.refused[0][0]
    assert "unpacks to more than" in reading.refused[1][1].detail
    assert "unpacks to more than" in damage_of(path)


def test_many_members_of_zeros_end_at_the_limit_of_the_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(members, "MAX_FILE_BYTES", 1 << 20)
    path = tmp_path / "bomb.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for number in range(40):
            info = tarfile.TarInfo(f"{number:02}.md")
            info.size = 1 << 20
            archive.addfile(info, Zeros())
    limit = members.limit_of(path)
    assert limit < 5 << 20
    reading = read_source(str(path))
    assert 0 < sum(len(f.data) for f in reading.files) <= limit
    assert [r.detail for _, r in reading.refused] == [
        f"damaged: it unpacks to more than {limit:,} bytes"
    ]


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_header_that_claims_gigabytes_costs_no_memory(tmp_path, kind):
    path = tmp_path / "bomb.tar.gz"
    with gzip.open(path, "wb", 1) as file:
        file.write(tar_header("good.md", 2) + b"ok".ljust(512, b"\0"))
        file.write(tar_header("x", 2 << 30, kind) + bytes(40 << 20))
    reading, peak = memory_of(lambda: read_source(str(path)))
    assert [f.path for f in reading.files] == ["good.md"]
    assert "a header claims" in reading.refused[0][1].detail
    assert peak < 5_000_000


def test_a_zip_that_lies_about_a_size_gives_no_more_than_it_claims(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lie.md", bytes(64 << 20))
        archive.writestr("good.md", b"ok")
    data = path.read_bytes()
    size = (64 << 20).to_bytes(4, "little")
    assert data.count(size) == 2  # in the member's own header and in the directory
    path.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))
    reading, peak = memory_of(lambda: read_source(str(path)))
    assert [f.path for f in reading.files] == ["good.md"]
    assert [name for name, _ in reading.refused] == ["a.zip:lie.md"]
    assert peak < 5_000_000
    assert damage_of(path).startswith("damaged")


def test_a_zip_of_many_large_members_ends_at_the_limit_before_it_unpacks_them(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.md", bytes(16 << 20))
    reading = read_source(str(path))
    assert len(reading.files) == 2
    assert "unpacks to more than" in reading.refused[0][1].detail


def test_a_forged_tar_header_is_named_and_stops_nothing_else(tmp_path):
    # a sparse map of version 1.0 that is no number
    record = b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n26 GNU.sparse.name=bad.md\n"
    record += b"26 GNU.sparse.realsize=9\n"
    with gzip.open(tmp_path / "a.tar.gz", "wb") as file:
        file.write(tar_header("good.md", 2) + b"ok".ljust(512, b"\0"))
        file.write(tar_header("x", len(record), tarfile.XHDTYPE) + record.ljust(512, b"\0"))
        file.write(tar_header("bad.md", 512) + b"no number\n".ljust(512, b"\0"))
    reading = read_source(str(tmp_path / "a.tar.gz"))
    assert [f.path for f in reading.files] == ["good.md"]
    assert len(reading.refused) == 1


def test_damage_behind_the_last_member_is_seen(tmp_path):
    tar_of(tmp_path / "a.tar.gz", {"a.md": b"x" * 5000})
    assert damage_of(tmp_path / "a.tar.gz") is None
    data = bytearray((tmp_path / "a.tar.gz").read_bytes())
    data[-5] ^= 1  # in the checksum
    (tmp_path / "a.tar.gz").write_bytes(data)
    assert "CRC" in damage_of(tmp_path / "a.tar.gz")


def test_a_large_picture_in_an_archive_is_of_another_type_and_no_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(members, "MAX_FILE_BYTES", 10_000)
    tar_of(tmp_path / "a.tar.gz", {"a.png": b"x" * 10_001, "b.md": b"ok"})
    reading = read_source(str(tmp_path / "a.tar.gz"))
    assert ([f.path for f in reading.files], reading.other_type) == (["b.md"], 1)
    assert reading.refused == []


def test_a_folder_gives_the_members_of_its_archives_too(tmp_path):
    tar_of(tmp_path / "a.tar.gz", {"x/1.md": b"one", "2.png": b"p"})
    (tmp_path / "0.md").write_bytes(b"zero")
    (tmp_path / "broken.zip").write_bytes(b"no zip")
    reading = read_source(str(tmp_path))
    assert [(f.path, f.data) for f in reading.files] == [
        ("0.md", b"zero"),
        ("a.tar.gz/x/1.md", b"one"),
    ]
    assert reading.other_type == 1
    assert [name for name, _ in reading.refused] == [f"{tmp_path.name}:broken.zip/from here on"]


def test_an_oversized_member_is_refused_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(members, "MAX_FILE_BYTES", 10_000)
    tar_of(tmp_path / "a.tar.gz", {"big.md": b"x" * 10_001, "small.md": b"ok"})
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
