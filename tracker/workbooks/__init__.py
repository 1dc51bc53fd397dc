"""Workbooks: one description of a sheet writes it, reads it and marks what is wrong in it."""
