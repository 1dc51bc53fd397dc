"""The gate: the queue, one submission on one page, decisions."""
