"""What the server runs. Content is read before the first request: bad content stops the start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

import checklist.numbers  # noqa: E402
import checklist.retired  # noqa: E402
import guide.background  # noqa: E402
import quizzes.library  # noqa: E402 (settings first)
import quizzes.tally_views  # noqa: E402

quizzes.library.current().index  # noqa: B018 (built now, so that no reader waits for it)
checklist.numbers.current()
checklist.retired.current()
guide.background.start_with_the_first_request()
quizzes.tally_views.flush_at_exit()
