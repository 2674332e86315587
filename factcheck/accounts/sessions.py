"""Sessions in the database that know their user (Django's own recipe for extending the database-backed engine)."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

DEVICE_KEY = "device"
CREATED_KEY = "created"
NOTE_EVERY = timedelta(minutes=5)


class SessionStore(DatabaseStore):
    """The database-backed store, writing whose session it is and from what device beside the data."""

    @classmethod
    def get_model_class(cls) -> type:
        from .models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        session = super()._get_session_from_db()
        # When somebody was last here is worth one small write every few minutes, not one a request.
        if session is not None and session.seen_at < timezone.now() - NOTE_EVERY:
            self.model.objects.filter(pk=session.pk).update(seen_at=timezone.now())
        return session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        session.device = data.get(DEVICE_KEY, "")
        session.seen_at = timezone.now()
        if data.get(CREATED_KEY):
            session.created_at = timezone.datetime.fromisoformat(data[CREATED_KEY])
        return session
