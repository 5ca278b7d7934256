"""The progress sheet: one form, out and in, as a workbook and as CSV."""
