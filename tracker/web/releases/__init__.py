"""The lead office's documents: compile, read with every figure's origin, correct, issue, download."""
