"""Processes in SDMX-JSON."""

from cauce.model.structure import Process, Ref, Step
from cauce.publish.structure.json.objects import Js, Json, told


def process(js: Js, ref: Ref, body: Process) -> Json:
    """The steps of a process."""
    return told(processSteps=[_step(js, ref, one) for one in body.steps])


def _step(js: Js, ref: Ref, step: Step) -> Json:
    return {
        "id": step.id,
        **js.said(step.names, step.descriptions, step.annotations, step.id),
        **told(
            inputs=_objects(js, step.inputs),
            outputs=_objects(js, step.outputs),
            computation=_computation(js, step),
            transitions=[
                {
                    "id": one.id,
                    "targetStep": js.part(ref, one.target) if js.old else one.target,
                    **js.words("condition", "conditions", one.conditions),
                }
                for one in step.transitions
            ],
            processSteps=[_step(js, ref, one) for one in step.steps],
        ),
    }


def _objects(js: Js, objects: tuple[tuple[str, Ref], ...]) -> list[Json]:
    return [told(localID=local, objectReference=js.ref(ref)) for local, ref in objects]


def _computation(js: Js, step: Step) -> Json | None:
    if not step.computation:
        return None
    package, language, version = step.software
    return told(
        softwarePackage=package,
        softwareLanguage=language,
        softwareVersion=version,
        **js.words("description", "descriptions", step.computation),
    )
