"""Django finds the models of an app here: the guide keeps readers' feedback and nothing else."""

from guide.feedback.models import Report, TakenHour

__all__ = ["Report", "TakenHour"]
