"""What the server runs. Content is read before the first request: bad content stops the start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

import checklist.state.retired  # noqa: E402
import checklist.state.wire_ids  # noqa: E402
import core.scheduler  # noqa: E402
import quizzes.check.library  # noqa: E402 (settings first)
import quizzes.library  # noqa: E402
import quizzes.statistics.views  # noqa: E402

quizzes.library.current().index  # noqa: B018 (built now, so that no reader waits for it)
quizzes.check.library.current()
checklist.state.wire_ids.current()
checklist.state.retired.current()
core.scheduler.start_with_the_first_request()
quizzes.statistics.views.flush_at_exit()
