"""The drawing of a plan as a house: each part with steps is a door, closed once its steps are done."""

from dataclasses import dataclass

from checklist.plan.plan import Plan


@dataclass(frozen=True)
class Door:
    """A part of the plan: how many steps are left, how many of them are put off, and whether the next one is here."""

    label: str
    left: int
    put_off: int
    is_now: bool

    @property
    def due(self) -> int:
        """Return how many steps are left that are not put off."""
        return self.left - self.put_off

    @property
    def is_open(self) -> bool:
        return self.left > 0


@dataclass(frozen=True)
class House:
    """The doors of a plan, in the order of its parts."""

    doors: tuple[Door, ...]

    @property
    def open(self) -> list[Door]:
        return [door for door in self.doors if door.is_open]

    @property
    def first(self) -> Door | None:
        """Return the door to close first: that of the step to do now, or else the first open one."""
        return next((door for door in self.open if door.is_now), next(iter(self.open), None))


def house_of(plan: Plan) -> House:
    """Return the house of a plan. A part without steps has no door."""
    now = plan.now.part if plan.now else None
    return House(tuple(Door(one.part.label, one.total - one.done, one.put_off, one.part is now) for one in plan.parts))
