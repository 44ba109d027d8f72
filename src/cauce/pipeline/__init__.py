"""The order of work: the only package that knows it. GSBPM: runs phases 4 to 7.

Start reading at `release`.
"""
