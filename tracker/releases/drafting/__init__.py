"""Editing the text of a draft: page <-> tree, saving, comparing, merging, remarks, files that come back."""
