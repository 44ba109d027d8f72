"""XML that could harm is refused in words, and nothing is fetched."""

import socket
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.sources.markup import Bounds, tokens

LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(2, 10)).replace(
        "&lol1;", "&lol;"
    )
    + "]><lolz>&lol9;</lolz>"
)
QUADRATIC = f'<!DOCTYPE a [<!ENTITY b "{"b" * 50_000}">]><a>{"&b;" * 50_000}</a>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:{port}/x.dtd"> %x;]><a/>'
EXTERNAL = '<!DOCTYPE a SYSTEM "http://127.0.0.1:{port}/a.dtd"><a>&b;</a>'
LOCAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
INCLUDED = (
    '<a xmlns:xi="http://www.w3.org/2001/XInclude">\n<xi:include href="file:///etc/passwd"/></a>'
)


def many(name: str, count: int) -> str:
    """So many attributes."""
    return " ".join(f"{name}{n}='u'" for n in range(count))


def read(path: Path, text: str | bytes, bounds: Bounds | None = None) -> list[tuple[bool, str]]:
    file = path / "message.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(one.begins, one.name) for one in tokens(file, bounds)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LAUGHS, r"line 1: brings a DTD \(<!DOCTYPE"),
        (QUADRATIC, "line 1: brings a DTD"),
        (LOCAL, "line 1: brings a DTD"),
        ("<?xml version='1.0'?>\n<!DOCTYPE a>\n<a/>", "line 2: brings a DTD"),
        ("<!DOCTYPE html><html/>".encode("utf-16"), "line 1: brings a DTD"),
        ("<a>\n&own;</a>", "line 2: names an entity of its own"),
        (INCLUDED, "line 2: asks for another file .*never fetched"),
        ("<a>" * 200_000, "line 1: elements stand more than 128 deep"),
        (f"<a {many('b', 3_000)}/>", "has 3,000 attributes"),
        (f"<a b='{'x' * 3_000_000}'/>", "takes more than 1,048,576 bytes"),
        (f"<a {many('xmlns:b', 300_000)}/>", "takes more than"),
        (f"<a>{'x' * 3_000_000}</a>", "takes more than 1,048,576 bytes"),
        (f"<a><!--{'x' * 3_000_000}--></a>", "takes more than 1,048,576 bytes"),
        ("<a><b></a>", r"line 1: not well-formed XML \(mismatched tag"),
        ("<a>", "not well-formed XML .no element found.. Is the file cut off"),
        ("<?xml version='1.0' encoding='x-nobody'?><a/>", "unknown encoding"),
        (b"<?xml version='1.0' encoding='UTF-8'?><a>\xd1a</a>", "line 1: not well-formed"),
        ("", "no element found"),
        (b"\0" * 4_096, "not well-formed"),
    ],
    ids=range(19),
)
def test_what_no_message_needs_is_refused_by_its_name(tmp_path: Path, text, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read(tmp_path, text)


@pytest.mark.parametrize("text", [PARAMETER, EXTERNAL])
def test_nothing_is_fetched(tmp_path: Path, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        with pytest.raises(BadInput, match="brings a DTD"):
            read(tmp_path, text.format(port=server.getsockname()[1]))
        with pytest.raises(TimeoutError):
            server.accept()


def test_elements_come_in_their_order_with_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "message.xml"
    path.write_text(
        '<a xmlns:s="urn:s" s:action="Replace" b="1">\n<!-- c --><n xml:lang="es"> ñandú &amp; '
        "<![CDATA[<Co>]]> </n></a>",
        "utf-8",
    )
    first, start, end, last = tokens(path)

    assert (first.name, first.words, first.aside) == ("a", {"b": "1"}, {"action": "Replace"})
    assert (start.line, start.aside) == (2, {"lang": "es"})
    assert (end.begins, end.text, last.name) == (False, "ñandú & <Co>", "a")


def test_a_long_file_is_held_piece_by_piece(tmp_path: Path) -> None:
    """2 GB are read in the memory of a piece: what comes first is known before the rest is read."""
    path = tmp_path / "message.xml"
    path.write_text("<a>" + "<b c='1'/>" * 20_000 + "</a></a>")
    found = tokens(path)

    assert next(found).name == "a"
    with pytest.raises(BadInput, match="not well-formed"):
        list(found)


def test_other_encodings_are_read(tmp_path: Path) -> None:
    text = "<?xml version='1.0' encoding='{}'?><a>ñ</a>"
    for name in ("utf-16", "iso-8859-1"):
        path = tmp_path / name
        path.write_bytes(text.format(name).encode(name))
        assert next(one.text for one in tokens(path) if not one.begins) == "ñ"
