"""Exit 0 when the PostgreSQL and Redis addresses given both answer."""

import sys

import psycopg2
import redis

database, queue = sys.argv[1:3]
try:
    psycopg2.connect(database, connect_timeout=3).close()
    redis.Redis.from_url(queue, socket_connect_timeout=3).ping()
except (psycopg2.Error, redis.RedisError) as error:
    sys.exit(type(error).__name__)
