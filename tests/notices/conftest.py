"""The chat service and the mail server, for every test of this folder."""

from tests.notices.fixtures import at_once, chat, post  # noqa: F401 - fixtures
