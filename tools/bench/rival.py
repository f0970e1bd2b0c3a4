"""The rival of the report: one transaction of three plain inserts, on the same server with the same options.

`BENCH_RIVAL=same` keeps the server's middleware (headers, session, CSRF, language, somebody's name), so that what is
left is what a report itself costs; `BENCH_RIVAL=bare` takes all of it away, down to the framework.
"""

import os
from contextlib import nullcontext

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

TABLES = """
create schema if not exists bench;
create table if not exists bench.a (id bigserial primary key, number text, words text, at timestamptz default now());
create table if not exists bench.b (id bigserial primary key, a bigint, verb text, at timestamptz default now());
create table if not exists bench.c (id bigserial primary key, a bigint, facts jsonb, at timestamptz default now());
grant usage on schema bench to wg_app;
grant insert, select on all tables in schema bench to wg_app;
grant usage on all sequences in schema bench to wg_app;
"""


def bare(request: HttpRequest) -> HttpResponse:
    """Three inserts and a redirect."""
    if request.method != "POST":
        return HttpResponse(status=204)
    whole = nullcontext() if connection.in_atomic_block else transaction.atomic()
    with whole, connection.cursor() as cursor:
        cursor.execute(
            "insert into bench.a (number, words) values (%s, %s) returning id",
            [request.POST["key"], request.POST["text"]],
        )
        (number,) = cursor.fetchone()
        cursor.execute("insert into bench.b (a, verb) values (%s, %s)", [number, "report"])
        cursor.execute("insert into bench.c (a, facts) values (%s, %s)", [number, '{"target": "verifying"}'])
    return HttpResponse(status=302, headers={"Location": f"/{number}/", "Content-Length": "0"})


urlpatterns = [path("bare/", bare)]


def _handler() -> WSGIHandler:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    django.setup()
    if os.environ["BENCH_RIVAL"] == "bare":
        settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = __name__
    return WSGIHandler()


application = _handler() if os.environ.get("BENCH_RIVAL") else None
