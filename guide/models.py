"""Import the models of the guide where Django looks for them."""

from guide.feedback.models import Budget, Report

__all__ = ["Budget", "Report"]
