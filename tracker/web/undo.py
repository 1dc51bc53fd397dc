"""A done act that can be taken back: the message carries its undo button."""

from django.contrib import messages
from django.template.loader import render_to_string


def offer(request, text: str, url: str, word: str = "撤销") -> None:
    """Say on the next page that `text` was done, with a button that posts to `url`."""
    context = {"text": text, "url": url, "word": word}
    messages.success(request, render_to_string("_undo.html", context, request))
