"""Where the installation is and of what kind: production or not, its data folder, its secret."""

import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

TIME_ZONE = "Asia/Shanghai"
PRODUCTION = env.bool("SHIJI_PRODUCTION", default=False)
DEBUG = env.bool("SHIJI_DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("SHIJI_DEBUG shows source code to visitors: unset it in production.")

DATA = Path(env("SHIJI_DATA", default=str(BASE_DIR / "var"))).resolve()
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
for folder in (DATA, STATIC_ROOT, MEDIA_ROOT):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def secret_of(folder):
    """The secret kept in `folder`; the first process to ask makes it, readable by its owner alone."""
    path = folder / "secret"
    if not path.exists() and not PRODUCTION:
        draft = folder / f"secret.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        # A link fails where another process was quicker, and its secret then stands.
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip() if path.exists() else ""


SECRET_KEY = env("SHIJI_SECRET", default="") or secret_of(DATA)
# Several machines must share one secret, so production never makes one up.
if PRODUCTION and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("django-insecure", "change"))):
    raise ImproperlyConfigured("Set SHIJI_SECRET to 50 random characters or more.")
