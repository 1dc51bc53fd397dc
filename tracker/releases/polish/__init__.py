"""Optional polish by a language model: it sees words and opaque tokens, never a figure, and only proposes.

Off unless the operator names an OpenAI-compatible address. What comes back is judged paragraph by
paragraph, and a person takes or leaves each.
"""
