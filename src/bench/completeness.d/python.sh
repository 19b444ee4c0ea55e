# Python: each run is one script, with what scripts do every day first.
packages=(python3 openssl)

setup() {
    . "$workloads/common"
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    mkdir there
    seq 5000 >there/numbers.txt
    echo '{"a": [1, 2]}' >a.json
    printf 'a,b\n1,2\n' >a.csv
}

script() { task /usr/bin/python3 -c "$1"; }

run() {
    script 'print("hello")'
    script 'print(sum(int(line) for line in open("there/numbers.txt")))'
    script 'import json; print(json.load(open("a.json")))'
    script 'open("out.txt", "w").write("text")'
    script 'import os; print(os.listdir("."), os.getcwd(), os.environ.get("HOME"))'
    script 'import csv; print(list(csv.reader(open("a.csv"))))'
    script 'import re; print(re.findall("9+", open("there/numbers.txt").read())[:3])'
    script 'import datetime; print(datetime.datetime.now())'
    script 'import argparse; argparse.ArgumentParser().print_help()'
    script 'import subprocess; print(subprocess.run(["ls"], capture_output=True))'
    script 'import pathlib; print(list(pathlib.Path(".").glob("**/*.txt")))'
    script 'import random; print(random.random())'
    script 'import collections, itertools, functools; print(collections.Counter("hello"))'
    script 'import logging; logging.basicConfig(filename="log.txt"); logging.warning("x")'
    script 'import shutil; shutil.copy("a.csv", "b.csv"); shutil.move("b.csv", "c.csv")'
    script 'import time; time.sleep(0.1); print(time.time())'
    script 'import os; os.makedirs("x/y"); os.rename("x/y", "x/z"); os.removedirs("x/z")'
    helper /usr/bin/python3 -m http.server --bind 127.0.0.1 28251
    await_port 28251
    script 'import urllib.request; print(len(urllib.request.urlopen("http://127.0.0.1:28251/").read()))'
    script 'import hashlib; print(hashlib.sha256(open("a.csv", "rb").read()).hexdigest())'
    script 'import sqlite3; b = sqlite3.connect("a.db"); b.execute("create table t (a)"); b.commit()'
    script 'import tempfile; print(tempfile.NamedTemporaryFile().name)'
    script 'import threading; t = threading.Thread(target=print); t.start(); t.join()'
    script 'import gzip; gzip.open("a.gz", "wb").write(b"x" * 10000)'
    script 'import zipfile; zipfile.ZipFile("a.zip", "w").write("a.csv")'
    script 'import concurrent.futures as f; print(list(f.ThreadPoolExecutor(4).map(abs, range(9))))'
    script 'import asyncio; asyncio.run(asyncio.sleep(0.1))'
    script 'import socket; print(socket.gethostbyname("localhost"), socket.gethostname())'
    script 'import multiprocessing as m
with m.Pool(2) as p: print(p.map(abs, range(5)))'
    script 'import subprocess; subprocess.run("ls | wc -l", shell=True, timeout=5)'
    script 'raise SystemExit(3)'
    script 'import tarfile; tarfile.open("a.tar.gz", "w:gz").add("there")'
    script 'import pickle; pickle.dump([1], open("p", "wb")); print(pickle.load(open("p", "rb")))'
    script 'import os; os.chmod("a.csv", 0o600); os.symlink("a.csv", "link"); print(os.stat("link"))'
    script 'import signal, os; signal.signal(signal.SIGUSR1, print); os.kill(os.getpid(), signal.SIGUSR1)'
    task /usr/bin/python3 -m json.tool a.json
    task /usr/bin/python3 -m venv --without-pip venv
    script 'import ssl, socket; print(ssl.create_default_context().wrap_socket(socket.create_connection(("127.0.0.1", 28999)))) '
    script 'import asyncio
async def main():
    s = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 28252)
    r, w = await asyncio.open_connection("127.0.0.1", 28252); print(await r.read()); s.close()
asyncio.run(main())'
    script 'import mmap; f = open("a.csv", "r+b"); m = mmap.mmap(f.fileno(), 0); print(m[:1]); m.flush()'
    script 'import fcntl; f = open("lock", "w"); fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_UN)'
    script 'import os; p = os.fork(); p and os.waitpid(p, 0)'
    script 'import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)); print(resource.getrusage(0))'
    script 'import select; e = select.epoll(); print(e.poll(0.1)); print(select.select([], [], [], 0.1))'
    script 'import pty; pty.spawn("true")'
    script 'import os; os.mkfifo("fifo"); os.truncate("a.csv", 3); os.link("a.csv", "hard"); os.utime("hard"); os.chown("hard", 1, 1)'
    script 'from multiprocessing import shared_memory as s; m = s.SharedMemory(create=True, size=99); m.close(); m.unlink()'
    script 'import socket; a, b = socket.socketpair(); a.send(b"x"); print(b.recv(9)); u = socket.socket(type=socket.SOCK_DGRAM); u.sendto(b"x", ("127.0.0.1", 28998))'
    script 'import os; os.setsid(); os.nice(1); os.umask(0); print(os.sched_getaffinity(0), os.getloadavg())'
    script 'import smtplib; smtplib.SMTP("127.0.0.1", 28999)'
    script 'import ctypes; print(ctypes.CDLL(None).getpid())'
}
