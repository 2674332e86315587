"""Trying DATABASE_URL and REDIS_URL before anything is started on them, so that a wrong one is told in one line."""

from urllib.parse import urlsplit

import psycopg
import redis

from factcheck.embedded.problems import Problem

OLDEST = 140000  # Django 5.2 wants PostgreSQL 14


def check_database(url: str) -> None:
    """Raise Problem unless a PostgreSQL that we can sign in to answers at `url`."""
    example = "It should read postgresql://user:password@host:5432/name"
    try:
        place = urlsplit(url)
        port, host = place.port, place.hostname
    except ValueError:
        raise Problem(f"DATABASE_URL is not a database address. {example}") from None
    if place.scheme not in ("postgres", "postgresql", "pgsql"):
        kind = f"starts with {place.scheme}://" if place.scheme else "names no kind of database"
        raise Problem(f"DATABASE_URL {kind}; the desk works with PostgreSQL only. {example}")
    if not place.path.strip("/"):
        raise Problem(f"DATABASE_URL names no database. {example}")
    try:
        with psycopg.connect(url.replace("pgsql://", "postgresql://", 1), connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.ProgrammingError:
        raise Problem(f"DATABASE_URL is not a database address. {example}") from None
    except psycopg.OperationalError as error:
        raise Problem(
            f"DATABASE_URL: {_database_reason(str(error), host or 'this machine', port or 5432)}"
        ) from None
    if version < OLDEST:
        raise Problem(f"DATABASE_URL: PostgreSQL {version // 10000} is too old, the desk needs 14 or newer.")


def _database_reason(said: str, host: str, port: int) -> str:
    where = f"{host}, port {port}"
    known = {
        "password authentication failed": f"the server at {where} refused the user name or password.",
        "no password supplied": f"the server at {where} wants a password, and the address has none.",
        "does not exist": f"the server at {where} does not know that database or user.",
        "no pg_hba.conf entry": f"the server at {where} does not let this machine or user in.",
        "Connection refused": f"nothing answers at {where}.",
        "could not translate host name": f"there is no host called {host}.",
        "failed to resolve host": f"there is no host called {host}.",
        "timeout expired": f"{where} did not answer within 5 seconds.",
        "received invalid response": f"what answers at {where} is not PostgreSQL.",
        "server closed the connection": f"what answers at {where} is not PostgreSQL, or it is shutting down.",
        "expected authentication request": f"what answers at {where} is not PostgreSQL.",
    }
    for sign, words in known.items():
        if sign in said:
            return words
    return f"no connection to {where}: {' '.join(said.split())[:200]}"


def check_broker(url: str) -> None:
    """Raise Problem unless a Redis or Valkey that we can sign in to answers at `url`."""
    example = "It should read redis://:password@host:6379/0"
    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5)
        host = urlsplit(url).hostname or "this machine"
    except ValueError:
        raise Problem(f"REDIS_URL is not a broker's address. {example}") from None
    try:
        client.ping()
    except redis.AuthenticationError:
        raise Problem(f"REDIS_URL: the server at {host} refused the user name or password.") from None
    except redis.TimeoutError:
        raise Problem(f"REDIS_URL: {host} did not answer within 5 seconds.") from None
    except (redis.RedisError, OSError) as error:
        raise Problem(
            f"REDIS_URL: no broker answers at {host}: {' '.join(str(error).split())[:160]}"
        ) from None
    finally:
        client.close()
