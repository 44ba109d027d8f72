import pytest

from cauce.model.errors import BadInput
from cauce.sources import read_rows, write_rows


def test_semicolons_and_a_byte_order_mark_are_read_as_well(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbffirm;staff\n1; 5\n\n")

    assert read_rows(path, ["firm"]) == (("firm", "staff"), [{"firm": "1", "staff": "5"}])


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"firm\n\xe1\n", "UTF-8"),
        (b"firm\n", "no rows"),
        (b"", "no column firm"),
        (b"firm,firm\n1,2\n", "twice"),
        (b"firm,b\n1\n", "longer or shorter"),
        (b'firm,b\n"1"x,2\n', "no CSV"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, word):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=word):
        read_rows(path, ["firm"])


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="no file"):
        read_rows(tmp_path / "none.csv", [])


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path):
    with pytest.raises(BadInput, match="cannot be written"):
        write_rows(tmp_path / "none" / "a.csv", ("a",), [])
