"""Template tags for the first page of the admin."""

from django import template

from guide.admin import what_waits

register = template.Library()
register.simple_tag(what_waits)
