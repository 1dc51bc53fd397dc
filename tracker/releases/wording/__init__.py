"""From facts to sentences: names taken apart, facts folded into clauses, clauses into paragraphs."""
