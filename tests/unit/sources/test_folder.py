"""Folders of packs and of the region."""

import pytest

from cauce.model.errors import BadInput
from cauce.sources import folder as module
from cauce.sources import read_pack_folder, read_region_folder


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    (folder / "lists").mkdir(parents=True)
    (folder / "pack.toml").write_text('[[wave]]\nfile = "people.csv"\n')
    (folder / "lists" / "isco.csv").write_text("source,target\n1,2\n")
    return folder


def test_a_pack_is_its_toml_and_its_tables(pack):
    (pack / "README.md").write_text("not read")

    assert read_pack_folder(pack) == {
        "pack.toml": '[[wave]]\nfile = "people.csv"\n',
        "lists/isco.csv": "source,target\n1,2\n",
    }


def test_the_people_of_the_survey_are_not_read_with_the_pack(pack):
    (pack / "people.csv").write_bytes(b"\xff\xfe not even text")

    assert "people.csv" not in read_pack_folder(pack)


@pytest.mark.parametrize("text", ["[[wave", "wave = 3", "wave = [3]", "[[wave]]\nfile = 3"])
def test_a_pack_that_is_wrong_inside_is_left_to_its_parser(pack, text):
    (pack / "pack.toml").write_text(text)

    assert read_pack_folder(pack)["pack.toml"] == text


def test_a_folder_without_pack_toml_is_no_pack(pack):
    (pack / "pack.toml").unlink()

    with pytest.raises(BadInput, match=r"has no pack\.toml"):
        read_pack_folder(pack)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"There is no pack folder .*nowhere"):
        read_pack_folder(tmp_path / "nowhere")


def test_a_byte_order_mark_is_tolerated(pack):
    (pack / "lists" / "isco.csv").write_bytes(b"\xef\xbb\xbfsource,target\n")

    assert read_pack_folder(pack)["lists/isco.csv"] == "source,target\n"


def test_a_text_that_is_not_utf8_is_named_with_its_line(pack):
    (pack / "lists" / "isco.csv").write_bytes(b"source\nPer\xfa\n")

    with pytest.raises(BadInput, match=r"^lists/isco\.csv, line 2: not UTF-8"):
        read_pack_folder(pack)


def test_a_link_that_leaves_the_folder_is_refused(pack, tmp_path):
    (tmp_path / "secret.csv").write_text("x")
    (pack / "lists" / "more.csv").symlink_to(tmp_path / "secret.csv")

    with pytest.raises(BadInput, match=r"lists/more\.csv is a link that leaves"):
        read_pack_folder(pack)


def test_a_linked_pack_toml_and_a_linked_folder_are_refused(pack, tmp_path):
    (tmp_path / "other").mkdir()
    (pack / "linked").symlink_to(tmp_path / "other")
    with pytest.raises(BadInput, match="linked is a link"):
        read_pack_folder(pack)

    (pack / "linked").unlink()
    (pack / "pack.toml").rename(tmp_path / "away.toml")
    (pack / "pack.toml").symlink_to(tmp_path / "away.toml")
    with pytest.raises(BadInput, match=r"pack\.toml is a link that leaves"):
        read_pack_folder(pack)


def test_a_link_within_the_folder_is_followed(pack):
    (pack / "same.csv").symlink_to(pack / "lists" / "isco.csv")

    assert read_pack_folder(pack)["same.csv"] == "source,target\n1,2\n"


def test_too_large_too_many_and_too_much_are_refused(pack, monkeypatch):
    monkeypatch.setattr(module, "MAX_TOTAL_BYTES", 30)
    with pytest.raises(BadInput, match="add up"):
        read_pack_folder(pack)
    monkeypatch.setattr(module, "MAX_BYTES", 30)
    (pack / "pack.toml").write_text("#" * 31)
    with pytest.raises(BadInput, match=r"pack\.toml is larger"):
        read_pack_folder(pack)
    monkeypatch.setattr(module, "MAX_FILES", 0)
    with pytest.raises(BadInput, match="more than 0 texts"):
        read_pack_folder(pack)


def test_a_folder_named_like_a_table_is_refused(pack):
    (pack / "pipe.csv").symlink_to(pack / "lists")

    with pytest.raises(BadInput, match="is a link"):
        read_pack_folder(pack)


def test_hidden_files_are_not_read(pack):
    (pack / ".git").mkdir()
    (pack / ".git" / "x.csv").write_text("x")
    (pack / ".hidden.csv").write_text("x")

    assert len(read_pack_folder(pack)) == 2


def test_a_region_is_its_tomls_and_lists(tmp_path):
    (tmp_path / "codelists").mkdir()
    (tmp_path / "indicators").mkdir()
    (tmp_path / "variables.toml").write_text("v")
    (tmp_path / "codelists" / "CL_SEX.csv").write_text("c")
    (tmp_path / "indicators" / "labour.toml").write_text("i")

    assert read_region_folder(tmp_path) == {
        "variables.toml": "v",
        "codelists/CL_SEX.csv": "c",
        "indicators/labour.toml": "i",
    }


def test_a_region_without_variables_is_none(tmp_path):
    with pytest.raises(BadInput, match=r"has no variables\.toml"):
        read_region_folder(tmp_path)


def test_the_news_of_a_region_are_no_part_of_its_dictionary(tmp_path):
    (tmp_path / "bulletin").mkdir()
    (tmp_path / "variables.toml").write_text("")
    (tmp_path / "bulletin" / "items.toml").write_text("[[item]]\n")

    assert list(read_region_folder(tmp_path)) == ["variables.toml"]
