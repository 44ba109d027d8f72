"""Zip archives, honest and other."""

import io
import struct
import zipfile

import pytest

from cauce.sources import Limits

ROWS = b"a,b\n1,2\n"


def archive(bench, members, name="a.zip", method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as opened:
        for member, content in members:
            opened.writestr(member, content)
    return bench.file(name, buffer.getvalue())


def test_the_only_member_needs_no_name(bench):
    assert bench.read(archive(bench, [("x/y.csv", ROWS)])).values == {"a": [1], "b": [2]}


def test_folders_and_mac_leftovers_are_not_members(bench):
    path = archive(bench, [("x/", b""), ("x/y.csv", ROWS), ("__MACOSX/x/._y.csv", b"z")])

    assert bench.read(path).values["a"] == [1]


def test_the_only_member_of_the_format_is_meant(bench):
    assert bench.read(archive(bench, [("readme.pdf", b"%PDF"), ("y.csv", ROWS)])).values["b"] == [2]


def test_a_named_member_is_read(bench):
    path = archive(bench, [("1.csv", b"a\n1\n"), ("2.csv", b"a\n2\n")])

    assert bench.read(path, member="2.csv").values == {"a": [2]}


def test_without_a_name_several_members_are_listed(bench):
    message = bench.refusal(archive(bench, [("1.csv", ROWS), ("2.csv", ROWS)]))

    assert "which member of the zip?" in message
    assert "'1.csv', '2.csv'" in message


def test_a_member_that_is_not_there_is_answered_with_those_that_are(bench):
    message = bench.refusal(archive(bench, [("1.csv", ROWS)]), member="3.csv")

    assert "has no member '3.csv'" in message
    assert "'1.csv'" in message


def test_an_empty_archive_holds_no_file(bench):
    assert "It holds no file" in bench.refusal(archive(bench, []))


def test_a_member_of_a_file_that_is_no_archive_is_refused(bench):
    assert "it is no zip archive" in bench.refusal(bench.file("a.csv", ROWS), member="x")


@pytest.mark.parametrize(
    "name", ["../../x.csv", "/etc/x.csv", "a/../../x.csv", "C:\\x.csv", "..\\x"]
)
def test_members_that_lead_out_are_refused(bench, name):
    assert "leads out of it" in bench.refusal(archive(bench, [(name, ROWS), ("y.csv", ROWS)]))


def test_a_link_in_an_archive_is_refused(bench):
    link = zipfile.ZipInfo("y.csv")
    link.external_attr = 0o120777 << 16

    assert "a link as a member" in bench.refusal(archive(bench, [(link, b"/etc/passwd")]))


def test_an_encrypted_member_is_refused(bench):
    path = archive(bench, [("y.csv", ROWS)])
    data = bytearray(path.read_bytes())
    directory = data.find(b"PK\x01\x02")
    data[directory + 8] |= 1

    assert "encrypted" in bench.refusal(bench.file("b.zip", bytes(data)))


def test_an_archive_of_a_hundred_thousand_members_is_refused(bench):
    path = archive(bench, ((f"{n}", b"") for n in range(100_000)), method=zipfile.ZIP_STORED)

    assert "100,000 members; at most 2,000" in bench.refusal(path)


def test_a_bomb_is_refused_before_it_unpacks(bench):
    path = archive(bench, [("y.csv", b"0" * (40 << 20))])

    assert "more than 400 times its packed size" in bench.refusal(path)


def test_a_member_larger_than_the_limit_is_refused(bench):
    path = archive(bench, [("y.csv", ROWS * 1000)])

    assert "at most 100 are read" in bench.refusal(path, limits=Limits(unpacked_bytes=100))


def test_a_lie_about_the_size_ends_while_unpacking(bench):
    path = archive(bench, [("y.csv", b"a,b\n" + b"1,2\n" * 100_000)])
    data = bytearray(path.read_bytes())
    directory = data.find(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 8)

    message = bench.refusal(bench.file("b.zip", bytes(data)))

    assert "damaged" in message


def test_a_lie_upwards_is_noticed_too(bench):
    path = archive(bench, [("y.csv", ROWS)])
    data = bytearray(path.read_bytes())
    directory = data.find(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 5000)

    assert "not of the size the archive says" in bench.refusal(bench.file("b.zip", bytes(data)))


@pytest.mark.parametrize("cut", [30, 60, -30])
def test_a_cut_archive_is_damaged(bench, cut):
    path = archive(bench, [("y.csv", ROWS * 100)])

    assert "damaged" in bench.refusal(bench.file("b.zip", path.read_bytes()[:cut]))


def test_a_flipped_byte_is_found_by_the_checksum(bench):
    path = archive(bench, [("y.csv", ROWS * 100)], method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[100] ^= 1

    assert "damaged" in bench.refusal(bench.file("b.zip", bytes(data)))


def test_zip64_is_read(bench):
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w") as opened,
        opened.open("y.csv", "w", force_zip64=True) as member,
    ):
        member.write(ROWS)

    assert bench.read(bench.file("a.zip", buffer.getvalue())).values["a"] == [1]


def test_a_workbook_is_not_taken_for_a_survey(bench):
    path = archive(bench, [("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")])

    assert "Save the sheet as CSV" in bench.refusal(path)

    path = archive(bench, [("content.xml", b"<x/>"), ("META-INF/manifest.xml", b"<x/>")])

    assert "Save the sheet as CSV" in bench.refusal(path)
