"""From workbooks to drafts of entries, and from records to workbooks.

GSBPM: phase 5.3, review and validate, and 5.4, edit.
"""
