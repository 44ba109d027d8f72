"""Registers: what is declared, what is wrong in a record, what the log says as of a moment.

GSBPM: phases 4 (collect) and 5.7 (counts).
"""
