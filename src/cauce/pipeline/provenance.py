"""What is needed to compute a release again: versions, hashes, kind of machine."""

import hashlib
import platform
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path

import llvmlite.binding
from packaging.requirements import Requirement

import cauce
from cauce.model.pack import Pack
from cauce.model.release import InputFile, Provenance, Release


def provenance(
    pack: Pack,
    inputs: tuple[InputFile, ...],
    release: Release,
    engine: str = "",
    sums: Sequence[str] = (),
) -> Provenance:
    """What is needed to compute a release again.

    Args:
        engine: who added up in whole numbers, "" if nobody did; `sums` are the hashes of these.
    """
    rules = {flow.dataflow.method.rule_version for flow in release.flows}
    return Provenance(
        pack=f"{pack.survey.area}/{pack.survey.id}",
        pack_sha256=pack.sha256,
        inputs=inputs,
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=tuple(sorted(rules)),
        engine=engine,
        sums=hashlib.sha256("\n".join(sums).encode()).hexdigest() if engine else "",
    )


@cache
def code_version() -> str:
    """The version, with the hash of the program's own source files."""
    root = Path(cauce.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{cauce.__version__}+{digest.hexdigest()[:12]}"


@cache
def dependencies_sha256() -> str:
    """The hash of the versions of everything the program runs on; they stay while it runs."""
    wanted, seen = ["cauce"], set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        for line in distribution(name).requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                wanted.append(requirement.name.lower())
    seen.discard("cauce")
    pins = "\n".join(f"{name}=={version(name)}" for name in sorted(seen))
    return hashlib.sha256(pins.encode()).hexdigest()


def machine() -> str:
    """The kind of machine: floating sums may differ in their last bits between kinds."""
    cpu = llvmlite.binding.get_host_cpu_name()
    return f"{platform.system()} {platform.machine()} {cpu} Python {platform.python_version()}"
