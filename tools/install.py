"""Install what a lock pins, and Cauce itself, into .venv: `install.py LOCK`.

Any Python can start it, even one that is too old, so that it can say so. It needs nothing
installed, shows how far it is, and keeps pip's own words for when something goes wrong.
"""

import re
import subprocess
import sys
import time
import venv
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
PIP = (str(VENV / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check")
OWN = ("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))

TOO_OLD = (
    "Cauce needs Python 3.11 or newer; {} is {}.{}. "
    "Say where it is: make demo PYTHON=/path/to/python3.11"
)
NO_VENV = (
    "A virtual environment could not be made: this Python lacks its venv module or pip.\n"
    "On Debian: apt install python3-venv. Then type the same command again."
)
NO_PACKAGES = (
    "The packages were not installed; the lines above are pip's. The first time, Cauce fetches\n"
    "them from the Python package index or the mirror that pip is set up for: is there a network?\n"
    "Behind a proxy set HTTPS_PROXY, for a mirror PIP_INDEX_URL. Then type the same command again."
)


class Clock(Thread):
    """One line that is written over, for a person who watches; nothing in a log."""

    def __init__(self):
        super().__init__(daemon=True)
        self.doing = ""
        self.fetched = 0

    def run(self):
        """Show the seconds and what is going on until the program ends."""
        began = time.monotonic()
        while sys.stdout.isatty():
            print(f"\r\033[K{time.monotonic() - began:4.0f} s  {self.doing} ", end="", flush=True)
            time.sleep(0.2)

    def hear(self, line):
        """Say what a line of pip means."""
        if line.startswith("Collecting "):
            self.fetched += 1
            self.doing = f"fetching {self.fetched}: {line.split()[1]}"
        elif line.startswith("Installing "):
            self.doing = "unpacking"
        elif "Retrying" in line:
            self.doing = "the package index does not answer; trying again"


def main(lock):
    """Install one lock; a sentence and exit status 1 if that is not possible."""
    if sys.version_info < OLDEST:
        sys.exit(TOO_OLD.format(sys.executable, *sys.version_info[:2]))
    names = set(re.findall(r"^([\w.-]+)(?=[\[=])", (ROOT / lock).read_text(), re.MULTILINE))
    print(
        f"Installing the {len(names)} packages of {lock} into .venv; "
        "the first time takes a minute or two.",
        flush=True,
    )
    clock = Clock()
    clock.doing = "making .venv"
    clock.start()
    if not is_whole():
        make_venv()
    install(["--require-hashes", "-r", str(ROOT / lock)], clock)
    install(OWN, clock)
    if sys.stdout.isatty():
        print()


def is_whole():
    """Whether .venv can be used; one that was interrupted while it was made has no pip."""
    if not (VENV / "pyvenv.cfg").is_file():
        return False
    try:
        return subprocess.run([*PIP, "--help"], capture_output=True).returncode == 0
    except OSError:
        return False


def make_venv():
    """A new .venv in place of one that is not whole."""
    try:
        venv.create(VENV, clear=True, symlinks=True, with_pip=True)
    except (subprocess.CalledProcessError, OSError):
        sys.exit("\n" + NO_VENV)


def install(what, clock):
    """Run pip, and keep quiet about what it says unless it fails."""
    said = []
    with subprocess.Popen(
        [*PIP, *what], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout:
            said.append(line)
            clock.hear(line)
    if pip.returncode:
        faults = [line for line in said if line.startswith(("ERROR", "  ERROR"))]
        sys.exit("\n" + "".join(faults or said[-15:]) + NO_PACKAGES)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. Type the same command again to go on.")
