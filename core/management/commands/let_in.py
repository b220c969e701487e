"""manage.py let_in NAME: let somebody sign in to the admin again."""

from argparse import ArgumentParser
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from core.staff import second_factor


class Command(BaseCommand):
    help = (
        "Ends every lockout of an account, and the wait after wrong codes. With --new-second-factor, for a lost "
        "phone without recovery codes, it also deletes the second factor: the next sign-in sets up a new one."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--new-second-factor", action="store_true")

    def handle(self, *args: Any, name: str, new_second_factor: bool, **options: Any) -> None:
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            names = get_user_model().objects.filter(is_staff=True, is_active=True).values_list("username", flat=True)
            raise CommandError(f"Nobody is called {name!r}. Staff: {', '.join(names) or 'nobody (createsuperuser)'}")
        AccessAttempt.objects.filter(username=name).delete()
        second_factor.end_throttling(user)
        self.stdout.write(f"{name} can sign in again.")
        if new_second_factor:
            second_factor.remove(user)
            self.stdout.write("The second factor is deleted. Sign in soon with the password and set up a new one.")
        if not (user.is_staff and user.is_active):
            self.stdout.write("This account is not active staff: another account must change that.")
