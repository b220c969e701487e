"""What readers said of a path, for the pages that show it."""

from django import template

from guide.feedback import disputed_paths
from guide.procedures import Procedure

register = template.Library()


@register.filter
def doubted(procedure: Procedure) -> int:
    """How many readers' reports speak against a procedure; 0 below the number that counts."""
    return disputed_paths.current().get(procedure.id, 0)
