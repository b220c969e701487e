"""List the cookies that the checklist knows."""

from checklist import library
from checklist.state import retired
from checklist.state.cookies import STEP_COOKIE


def checklist_cookie_names() -> frozenset[str]:
    """Return the name of every cookie that a plan of this or an older release may have."""
    steps = {*library.current().steps, *retired.current().steps}
    return frozenset({"exposures", "has", "lines", *(STEP_COOKIE + id for id in steps)})
