"""Why a table is not filled."""

from collections.abc import Mapping, Sequence

from cauce.model.dataflow import Dataflow
from cauce.model.reply import Shape, TableShape
from cauce.model.text import Text


def of_area(name: str, area: str) -> str:
    """A name of a shape, in which "{AREA}" stands for the area."""
    return name.replace("{AREA}", area)


def nobody(area: str, period: str) -> Text:
    return Text(
        f"No observation of {area} in {period} is in this table.",
        f"Ninguna observación de {area} en {period} está en este cuadro.",
    )


def why_not(
    shape: Shape,
    table: TableShape,
    flows: Sequence[Dataflow],
    area: str,
    lacking: Mapping[str, Text],
) -> Text:
    """Why no dataflow fills a table: what the survey lacks, or what was not released."""
    have = any(i.id == table.indicator for flow in flows for i in flow.indicators)
    if not have and table.source == "register":
        return Text(
            f"Needs a register or an import: nothing counted of {area} gives it.",
            f"Requiere un registro o una importación: nada de lo contado de {area} lo da.",
        )
    if table.id in lacking:
        return lacking[table.id]
    axes = (*table.rows, *table.columns)
    by = " × ".join(of_area(shape.axes[axis].variables[0], area) for axis in axes)
    return Text(
        f"{table.indicator} is not released by {by}. Declare such a table in the pack, or ask for "
        "it there with `catalogue`.",
        f"{table.indicator} no se publica según {by}. Declare ese cuadro en el paquete, o pídalo "
        "allí con `catalogue`.",
    )
