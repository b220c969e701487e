"""Settings of the tests: those of production, with a secret and a var/ of their own. Of the environment,
only DATABASE_URL is read."""

import os

from tests import static

for name in ("DEBUG", "SITE_URL", "HOST", "PORT", "TRUST_PROXY", "ERRORS_TO", "SECRET_KEY_FALLBACKS", "SERVICE_WORKER"):
    os.environ.pop(name, None)
# Playwright leaves an event loop behind in the thread of the tests, where Django would refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ["SECRET_KEY"], os.environ["VAR_DIR"] = static.SECRET_KEY, str(static.var())

from config.settings import *  # noqa: E402, F403

#: Django's default takes half a second for each password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
#: Each test client would otherwise scan the collected files, which takes 50 ms.
WHITENOISE_AUTOREFRESH = True
