"""The schema of DDI-Codebook 2.5 asked of the codebooks of our packs. See README.md beside.

Usage: PYTHONPATH=src python tests/golden/institutions/codebook.py codebook.xsd [FOLDER OF FILES]
"""

import sys
from pathlib import Path

from cauce.cli.places import own_packs, own_region
from cauce.pipeline.codebook import write_codebook
from cauce.publish.xml_schema import faults


def tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main() -> None:
    schema, files = Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]]
    for pack in sorted(own_packs().glob("*/*/pack.toml")):
        for languages in (("en", "es"), ("es",)):
            document = write_codebook(pack.parent, own_region(), (), languages)
            tell(pack.parent.name, languages, faults(document, schema) or "valid")
    if files:
        document = write_codebook(own_packs() / "cri" / "enaho_2020", own_region(), files, ("es",))
        tell("enaho_2020 with its file", faults(document, schema) or "valid")


if __name__ == "__main__":
    main()
