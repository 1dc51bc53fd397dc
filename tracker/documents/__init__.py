"""Documents: a tree of what is said, layout profiles, and the writers of files. No domain."""
