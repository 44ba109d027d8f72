"""Processes in SDMX-ML."""

from cauce.model.structure import Process, Ref, Step
from cauce.publish.structure.ml.elements import Element, Ml


def process(ml: Ml, _: Ref, body: Process) -> list[Element]:
    """The steps of a process."""
    return [_step(ml, one) for one in body.steps]


def _step(ml: Ml, step: Step) -> Element:
    return ml.node(
        "str:ProcessStep",
        ml.said(step.names, step.descriptions, step.annotations, step.id),
        [_object(ml, "str:Input", *one) for one in step.inputs],
        [_object(ml, "str:Output", *one) for one in step.outputs],
        _computation(ml, step),
        [
            ml.node(
                "str:Transition",
                ml.local("str:TargetStep", one.target),
                ml.words("str:Condition", one.conditions),
                at={"id": one.id},
            )
            for one in step.transitions
        ],
        [_step(ml, one) for one in step.steps],
        at={"id": step.id},
    )


def _object(ml: Ml, name: str, local: str, ref: Ref) -> Element:
    return ml.node(name, ml.ref("str:ObjectReference", ref), at={"localID": local})


def _computation(ml: Ml, step: Step) -> Element | None:
    if not step.computation:
        return None
    package, language, version = step.software
    return ml.node(
        "str:Computation",
        ml.words("com:Description", step.computation),
        at={
            "softwarePackage": package,
            "softwareLanguage": language,
            "softwareVersion": version,
        },
    )
