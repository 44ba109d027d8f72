"""Small workbooks made by hand, part by part."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr/><sheets>'
    '<sheet name="Hoja 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{LINKS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    "</Relationships>",
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="[$-80A]d&quot; de &quot;mmmm"/>'
    '<numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts>'
    '<fonts><font/></fonts><fills><fill><patternFill patternType="none"/></fill></fills>'
    '<borders><border/></borders><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" uniqueCount="4294967296">'
    "<si><t>uno</t></si><si><r><t>d</t></r><r><t>os_x000D_</t></r><rPh><t>no</t></rPh></si></sst>",
}
Maker = Callable[..., Path]


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """A workbook with these rows as XML, and other parts instead of or beside ours."""

    def made(rows: str = "", parts: Mapping[str, str | bytes] | None = None) -> Path:
        path = tmp_path / "upload.xlsx"
        every = PARTS | {"xl/worksheets/sheet1.xml": sheet(rows)} | dict(parts or {})
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in every.items():
                archive.writestr(name, text)
        return path

    return made
