"""Tables for another body, filled from observations and written as a workbook."""
