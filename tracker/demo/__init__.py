"""The demonstration: a city with real figures and invented people, made by the import and the verbs."""
