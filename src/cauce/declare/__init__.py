"""What people declare in TOML – packs, dictionaries, registers, frames – read with its lines.

Every fault is noted where it stands and all are told at once. Nothing here knows what is declared.
GSBPM phase: Design.
"""
