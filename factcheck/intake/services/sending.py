"""Sending what was handed in to the workers: what is to be fetched one at a time of each host, anything else at once.

A host is asked by one fetch at a time and rests after it. So the rows that want a page of it stand in its line, and only one of
them is *out*: a message of it waits in the broker, or a worker is at it. When that one is fetched, or comes to an end
otherwise, it leaves the line and the next one is sent, for when the host's rest is over. A list of five hundred addresses of
one host is one message at any time and five hundred in all; the other hosts have their own lines, and files and texts need none.
The line is the rows themselves, so every worker on every machine sees the same one:

- in line: waiting or due again, `host` set, `sent_at` empty; by `precedence`, then by when it was handed in
- out: under way, `host` set, `sent_at` set
- past it: `host` empty

What may go wrong, and what then:

- A worker dies over a row that is out, or its message is lost: the line stands still until the row has been silent for
  `INTAKE_STALLED_AFTER`, when the sweeper sends it again.
- A worker dies after a row has left its line, before the next one is sent: nobody is out, which the sweeper looks for.
- The broker does not take a message: its row is out, and silent. As above.
- A row is to be tried again later: it goes back into the line, and is passed over until its time has come. Then it is sent
  when the one that is out ends, or by the sweeper.
- The host is busy with a fetch that has no line (of a feed, of a look-up, of a redirect that leads there): nobody else in the
  line could go either, so the row stays out and is sent again when the host is expected to be free.
- Two send the next of one line at once: a lock of the host's name lets them do so one after the other, and the second finds a row
  out. It is taken after the commit and waits for no row, so it cannot be a part of a deadlock.
- A message comes twice, or too late: whoever takes it in holds the row's own lock and looks at its state first. Out of turn, it
  meets a busy host at the worst.
- Many are in line before a person's page: what a person handed in by itself goes first, then a person's lists, then feeds, and who
  asks for an address that is in line already takes it to their own place.
"""

from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from factcheck.desk.broker import room_for
from factcheck.desk.locks import hold
from factcheck.fetching import rest_of
from factcheck.intake.models import Intake

TAKE_IN = "intake.take_in"
SWEPT_AT_ONCE = 200


def send(intakes: list[Intake]) -> None:
    """Have rows done that were just saved: at once, or, if they need a host, when their turn has come.

    What the broker does not take, the sweeper sends later.
    """
    at_once = [intake for intake in intakes if not intake.host]
    if at_once:
        Intake.objects.filter(pk__in=[intake.pk for intake in at_once]).update(sent_at=timezone.now())
    taken = all(message(intake) for intake in at_once)
    for host in dict.fromkeys(intake.host for intake in intakes if intake.host):
        # Where the broker does not answer, asking it for each of the others would only take long.
        taken = taken and send_next(host) is not False


def send_next(host: str) -> bool | None:
    """Send the next row of a host's line, unless one is out. Whether the broker took the message; None if there was none to send."""
    line = Intake.objects.in_line().due().filter(~Exists(Intake.objects.out().filter(host=host)), host=host)
    if not line.exists():
        # This is all that is asked for a row that comes to a line in which somebody is out, and when a line has come to its end.
        return None
    with transaction.atomic():
        hold(f"intake-line:{host}")
        first = line.order_by("precedence", "queued_at", "pk").select_for_update(skip_locked=True)
        row = first.only("pk").first()
        if row is None:
            return None
        rest = rest_of(host)
        Intake.objects.filter(pk=row.pk).update(sent_at=timezone.now() + timedelta(seconds=rest))
    return message(row, after=rest)


def message(intake: Intake, *, after: float = 0) -> bool:
    """Hand the job to the broker, to be done `after` seconds. Whether it was taken."""
    try:
        current_app.send_task(TAKE_IN, args=[intake.pk], queue="fetch", countdown=after or None)
    except (OperationalError, RedisError, OSError):
        return False
    return True


def sweep_intakes() -> int:
    """Send again what is without a sign of life, and the next of each line in which nobody is out. Returns how many."""
    sent = 0
    room = room_for(Intake.objects.past_lines().due().count(), queue="fetch", at_most=SWEPT_AT_ONCE)
    # The ones under way first: their worker is dead, while a queued one may only wait in a long queue.
    for intake in Intake.objects.to_send_again().order_by("-status", "queued_at")[:room]:
        # As it was seen: what has moved on meanwhile may be back in line, and must not be out for ever.
        seen = Intake.objects.filter(pk=intake.pk, status=intake.status, sent_at=intake.sent_at)
        if not seen.update(sent_at=timezone.now()):
            continue
        if not message(intake):
            # The broker does not answer; asking it for each of the others would only take long.
            return sent
        sent += 1
    for host in Intake.objects.halted_lines()[:SWEPT_AT_ONCE]:
        taken = send_next(host)
        if taken is False:
            break
        sent += bool(taken)
    return sent
