"""Strings that nobody could guess, each known by where it was written."""

import hashlib

LETTERS = "ghjkmnpqrstuvwxyz"


class Canaries:
    """word("union draft note") is a word that stands nowhere else; no digit, so any text takes it."""

    def __init__(self):
        self.where: dict[str, str] = {}

    def word(self, place: str) -> str:
        digest = hashlib.sha256(f"canary {place}".encode()).digest()
        return self._kept(
            "zq" + "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:10]), place
        )

    def number(self, place: str) -> str:
        """Eight digits for a figure."""
        digest = hashlib.sha256(f"canary {place}".encode()).hexdigest()
        return self._kept(str(70_000_003 + int(digest[:6], 16)), place)

    def _kept(self, text: str, place: str) -> str:
        self.where[text] = place
        return text

    def found_in(self, text: str, *, but: str = "") -> set[str]:
        """Where the strings in the text were written, without those of the places that begin so."""
        plain = text.replace(",", "")
        return {
            place
            for string, place in self.where.items()
            if string in plain and not (but and place.startswith(but))
        }
