import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_have_a_database_of_their_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].startswith("test_")
