"""Write and check the locks: every dependency pinned with hashes, no registry address.

`lock.py write` compiles pyproject.toml with uv; `lock.py check` says whether the locks still fit.
"""

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = {"requirements.lock": ["build"], "requirements-dev.lock": ["build", "dev"]}


def declared(groups: list[str]) -> list[str]:
    """The requirement lines a lock must satisfy."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = list(project["project"]["dependencies"])
    for group in groups:
        lines += project["dependency-groups"][group]
    return sorted(lines)


def fingerprint(groups: list[str]) -> str:
    return hashlib.sha256("\n".join(declared(groups)).encode()).hexdigest()


def write() -> None:
    for name, groups in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"]
        command += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
        command += ["--no-annotate", "--no-header", "--python-version", "3.11", "--universal"]
        # Without the extra beside the name, pip 23 takes the newest release, which has no hash.
        command += ["--no-strip-extras"]
        for group in groups:
            command += ["--group", group]
        result = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        head = f"# Written by `make lock`. Fits pyproject.toml: {fingerprint(groups)}\n"
        (ROOT / name).write_text(head + result.stdout)
        print(f"{name}: {result.stdout.count('==')} packages")


def faults(name: str, groups: list[str]) -> list[str]:
    """What is wrong with a lock, in sentences."""
    text = (ROOT / name).read_text()
    found = []
    if fingerprint(groups) not in text.splitlines()[0]:
        found.append(f"{name} was made from another pyproject.toml. Run `make lock`.")
    if re.search(r"https?://", text):
        found.append(f"{name} holds an address.")
    entries = re.split(r"\n(?=\S)", text.split("\n", 1)[1].strip())
    pins: dict[str, str] = {}
    for entry in entries:
        pin = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", entry)
        if pin is None or "--hash=sha256:" not in entry:
            found.append(f"{name} has a line without a pin and a hash: {entry[:60]!r}.")
        else:
            pins[canonicalize_name(pin[1])] = pin[2]
    for line in declared(groups):
        requirement = Requirement(line)
        pinned = pins.get(canonicalize_name(requirement.name))
        if pinned is None or not requirement.specifier.contains(pinned, prereleases=True):
            found.append(f"{name} pins {requirement.name} {pinned}; pyproject.toml asks {line}.")
    return found


def check() -> None:
    found = [fault for name, groups in LOCKS.items() for fault in faults(name, groups)]
    if found:
        sys.exit("\n".join(found))
    print("The locks fit pyproject.toml.")


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]]()
