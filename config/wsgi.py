"""What the server runs. Content is read before the first request: bad content stops the start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

import core.http.wsgi  # noqa: E402 (settings first)
import core.scheduler  # noqa: E402
import quizzes.library  # noqa: E402
from core.content.store import load_all  # noqa: E402

load_all()
quizzes.library.current().index  # noqa: B018 (built now, so that no reader waits for it)
core.scheduler.start_with_the_first_request()
application = core.http.wsgi.guarded(django_application)
