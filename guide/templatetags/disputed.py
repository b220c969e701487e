"""Template tags for disputed procedures."""

from django import template

from guide.feedback import disputed_paths
from guide.procedures import Procedure

register = template.Library()


@register.filter
def doubted(procedure: Procedure) -> int:
    """Return how many reports dispute a procedure, or 0 if it is not disputed."""
    return disputed_paths.current().get(procedure.id, 0)
