"""After approval: what a correction in the ledger means for drafts, issued documents and copies outside."""
