"""List the cookies that the checklist knows."""

from checklist.state import wire_ids
from checklist.state.cookies import ALL_STEPS, STEP_PREFIX, TOUCHED


def checklist_cookie_names() -> frozenset[str]:
    """Return the name of every cookie that a plan of this release or of 0.2.0 may have."""
    steps = wire_ids.current().steps
    names = (STEP_PREFIX + text for text in {*steps.id_of, *steps.issued})
    return frozenset({"exposures", "has", "lines", ALL_STEPS, TOUCHED, *names})
