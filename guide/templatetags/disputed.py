"""Template tags for disputed procedures."""

from django import template

from guide.feedback import disputed_procedures
from guide.procedures import Procedure

register = template.Library()


@register.filter
def disputed(procedure: Procedure) -> int:
    """Return how many reports dispute a procedure, or 0 if it is not disputed."""
    return disputed_procedures.current().get(procedure.id, 0)
