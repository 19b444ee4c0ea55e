"""A small WSGI application: a file, a counter in a database, a child process, an echo."""

import os
import signal
import socketserver
import sqlite3
import subprocess
import sys
import threading
from wsgiref import simple_server

DATABASE = "count.db"


def page(environ):
    with open(__file__, "rb") as source:
        return source.read()


def count(environ):
    database = sqlite3.connect(DATABASE, timeout=10)
    with database:
        database.execute("update counter set value = value + 1")
    (value,) = database.execute("select value from counter").fetchone()
    database.close()
    return b"%d\n" % value


def date(environ):
    return subprocess.run(["/bin/date", "-u"], stdout=subprocess.PIPE, check=True).stdout


def echo(environ):
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))


PAGES = {"/": page, "/count": count, "/date": date, "/echo": echo}


def application(environ, start_response):
    answer = PAGES.get(environ["PATH_INFO"])
    if answer is None:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"no such page\n"]
    body = answer(environ)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    pass


def main():
    database = sqlite3.connect(DATABASE)
    with database:
        database.execute("create table counter (value integer)")
        database.execute("insert into counter values (0)")
    database.close()
    with open("server.pid", "w") as file:
        print(os.getpid(), file=file)
    with simple_server.make_server("127.0.0.1", int(sys.argv[1]), application, server_class=Server) as server:
        # shutdown() waits for the loop that the handler interrupts, so another thread calls it.
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
        server.serve_forever()


main()
