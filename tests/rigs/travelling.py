"""A clock that a test can set: for the application, its worker and its pages alike."""

from datetime import UTC, date, datetime, time, timedelta

import time_machine

from registry.clock import LONDON

Moment = datetime | date | str


class Clock:
    """Real time until it is moved; from then on it ticks from where it was put."""

    def __init__(self) -> None:
        self._journey: time_machine.travel | None = None

    def travel_to(self, moment: Moment) -> datetime:
        """Go to a moment: a day (noon in Wolverhampton), or “2026-11-22 16:30” by its clocks."""
        return self._go(_instant(moment), tick=True)

    def freeze(self, moment: Moment) -> datetime:
        """Go to a moment and stay in it."""
        return self._go(_instant(moment), tick=False)

    def move(self, **length: float) -> datetime:
        """Go on by a length of time: `clock.move(days=30)`."""
        return self._go(datetime.now(UTC) + timedelta(**length), tick=True)

    def to_midnight_after(self, day: date) -> datetime:
        """Go to one second past the end of a day, where the council is."""
        end = datetime.combine(day + timedelta(days=1), time(0, 0, 1), LONDON)
        return self._go(end.astimezone(UTC), tick=True)

    def come_home(self) -> None:
        """Real time again."""
        if self._journey:
            self._journey.stop()
            self._journey = None

    def _go(self, instant: datetime, tick: bool) -> datetime:
        self.come_home()
        self._journey = time_machine.travel(instant, tick=tick)
        self._journey.start()
        return instant


def _instant(moment: Moment) -> datetime:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment) if ":" in moment else date.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(UTC)
