"""What stands where in a data message: at the data set, in series, at the observation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.errors import BadInput
from cauce.publish.columns import dataset_values
from cauce.publish.components import INDICATOR, TIME, VALUE, Attribute, attributes_of, worded
from cauce.publish.message import Message
from cauce.publish.options import FLAT, DataSet, Options
from cauce.publish.urns import dataflow_ref


@dataclass(frozen=True)
class Layout:
    """A message of one dataflow, cut down to what is asked for.

    `place` is the position of the dimension at the observation, None where all dimensions are.
    `observed` is False where only the series are asked for, with or without their attributes.
    """

    flow: Dataflow
    message: Message
    options: Options
    place: int | None
    observed: bool

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return self.flow.dimensions

    @property
    def series(self) -> tuple[int, ...]:
        """The positions of the dimensions a series is told apart by."""
        if self.place is None:
            return ()
        return tuple(at for at in range(len(self.dimensions)) if at != self.place)

    @property
    def observation(self) -> tuple[int, ...]:
        """The positions of the dimensions an observation is told apart by."""
        return tuple(range(len(self.dimensions))) if self.place is None else (self.place,)

    @property
    def measure(self) -> str:
        """What the value is called, in the versions of SDMX that leave it open."""
        return self.flow.foreign.measure if self.flow.foreign else VALUE

    @cached_property
    def numbers(self) -> tuple[Attribute, ...]:
        """The attributes of observations that are numbers."""
        return tuple(a for a in self.message.at("observation") if a.id not in self._places)

    @cached_property
    def words(self) -> tuple[Attribute, ...]:
        """The attributes of observations that are words."""
        return tuple(a for a in self.message.at("observation") if a.id in self._places)

    def placed(self, attributes: Sequence[Attribute]) -> tuple[tuple[int, Attribute], ...]:
        """Some attributes that are words, each with where it stands in the words of a verdict."""
        return tuple((self._places[a.id], a) for a in attributes)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {each.id: at for at, each in enumerate(worded(self.flow))}

    def of_series(self, in_series: bool) -> tuple[Attribute, ...]:
        """Another agency's attributes of series, where they stand: with the series they depend on,
        or with each observation where what stands there is one of the dimensions.
        """
        at = None if self.place is None else self.dimensions[self.place].id
        return tuple(
            a
            for a in self.message.at("series")
            if (at is not None and at not in a.dimensions) == in_series
        )

    def of_indicator(self, in_series: bool) -> tuple[Attribute, ...]:
        """The attributes of the indicator, which stand wherever its dimension does."""
        told = any(self.dimensions[at].id == INDICATOR for at in self.series)
        return self.message.at("indicator") if told == in_series else ()

    def of_dataset(self) -> dict[str, str]:
        """The attributes of the whole that have a value."""
        return dataset_values(self.flow, self.message)


def layout_of(flow: Dataflow, message: Message, options: Options) -> Layout:
    """How a message is laid out. Series without observations are always those of time.

    Raises:
        BadInput: the dataflow has no such dimension.

    Source: SDMX REST 1.5 and 2.2, data queries, dimensionAtObservation and detail.
    """
    names = [dimension.id for dimension in flow.dimensions]
    wanted, detail = options.dimension, options.detail
    observed = detail in ("full", "dataonly")
    if wanted not in (*names, FLAT):
        raise BadInput(
            f"{flow.id} has no dimension {wanted[:60]} to stand at the observation. "
            f"It has: {', '.join(names)}; or ask for {FLAT}."
        )
    flat = wanted == FLAT and observed
    place = names.index(TIME if wanted == FLAT else wanted)
    attributes = message.attributes if detail in ("full", "nodata") else ()
    if attributes is not attributes_of(flow):
        own = {attribute.id: attribute for attribute in attributes_of(flow)}
        attributes = tuple(a for a in attributes if own.get(a.id) == a)
    if not observed:
        attributes = tuple(a for a in attributes if a.level != "observation")
    cut = replace(message, attributes=attributes, value=message.value and observed)
    return Layout(flow, cut, options, None if flat else place, observed)


def layouts_of(
    sets: Sequence[DataSet], message: Message, options: Options, one_dataflow: str = ""
) -> list[Layout]:
    """How each data set is laid out. `one_dataflow` names a format that has room for no second.

    Raises:
        BadInput: as `layout_of`; there are several dataflows in a format with room for one.
    """
    flows = [one.rows.observations.dataflow for one in sets]
    if one_dataflow and len({dataflow_ref(flow) for flow in flows}) > 1:
        raise BadInput(
            f"{one_dataflow} has room for one dataflow. Ask for one of them, or for SDMX-JSON 2 or "
            "another SDMX-ML."
        )
    return [layout_of(flow, message, options) for flow in flows]
