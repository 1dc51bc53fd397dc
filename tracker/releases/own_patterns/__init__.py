"""A city's own patterns: proposed by one person of the lead office, approved by another, used by every compile.

`subjects` says which slots there are, `checking` what is wrong and where, `preview` what becomes of it,
`services` are the verbs, `standing` is what a compile reads.
"""
