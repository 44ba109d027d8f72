"""Workbooks of registers: templates, uploads, exports, forms for KoBo and ODK.

GSBPM: phase 4.3, run collection, and 4.4, finalise collection.
"""
