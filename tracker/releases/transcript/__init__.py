"""After the event: shorthand notes merged with the material of a press conference, and proved."""
