"""The broker and its workers."""

from django.core.exceptions import ImproperlyConfigured

from .environment import PRODUCTION, TIME_ZONE, env

# In-process means that the worker runs the job rows itself; nothing is ever sent over it.
IN_PROCESS = "memory://"
CELERY_BROKER_URL = env("SHIJI_BROKER", default=IN_PROCESS)
if PRODUCTION and CELERY_BROKER_URL == IN_PROCESS:
    raise ImproperlyConfigured("Set SHIJI_BROKER to redis:// or amqp:// in production.")
if CELERY_BROKER_URL.startswith("amqp"):
    # A wake-up is confirmed by the broker and kept by a majority of its machines.
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}
CELERY_TIMEZONE = TIME_ZONE
CELERY_IMPORTS = ["tracker.tasks"]
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
DJANGO_CELERY_BEAT_TZ_AWARE = True
