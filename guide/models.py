"""Django finds the models of an app here: the guide keeps readers' feedback and nothing else."""

from guide.feedback.models import Budget, Report

__all__ = ["Budget", "Report"]
