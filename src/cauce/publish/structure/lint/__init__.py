"""What must hold of structures before anybody is shown them.

A client that meets a code without a parent, a constraint on what no data structure has, or a
reference to nothing breaks on it; so it is found here, and said in words.
"""

from cauce.publish.structure.lint.faults import faults

__all__ = ["faults"]
