"""The agencies' desk: what is owed, the form, texts, evidence, signing."""
