"""套稿: last period's document with this period's figures in their places.

The figures of the example are proved against its own period; what is bound becomes a slot, the rest
stays text and is listed. For a new period the slots are filled from that period's ledger.
"""
