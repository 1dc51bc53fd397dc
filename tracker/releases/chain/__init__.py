"""From draft to issue: who has to look at a text, who has, and for which text their word holds."""
