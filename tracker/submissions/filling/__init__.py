"""Filling a submission from the report that the agency has already written."""
