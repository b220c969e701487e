"""What readers said of a path, for the pages that show it."""

from django import template

from guide import doubts
from guide.procedures import Procedure

register = template.Library()


@register.filter
def doubted(procedure: Procedure) -> int:
    """How many readers' reports speak against a procedure; 0 below the number that counts."""
    return doubts.current().get(procedure.id, 0)
