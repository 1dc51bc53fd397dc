"""A chat service and a mail server on this machine, which the operator lets in."""

import datetime
import ipaddress
from urllib.parse import urlsplit

import pytest

from tests.notices.servers import chat_service, mail_server
from tracker.notices.channels import set_manner
from tracker.notices.models import Kind

ALL = [kind.value for kind in Kind]


@pytest.fixture
def chat(settings):
    """A chat service that may be reached."""
    with chat_service() as service:
        settings.ROBOT_HOSTS = frozenset({urlsplit(service.url).netloc})
        settings.ROBOT_NETWORKS = [ipaddress.ip_network("127.0.0.0/8")]
        yield service


@pytest.fixture
def post(settings):
    """The mail server of the installation."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 2
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def at_once(wang):
    """Nothing is gathered and no hour is quiet."""
    never = datetime.time(0)
    return set_manner(quiet_from=never, quiet_until=never, gather_minutes=0, by=wang)
