# Python: a server with threads, a database and a child process, processes that share memory, an event loop with a UNIX
# socket, TLS and names that do not resolve, a pseudo-terminal, locks and signals.
packages=(python3 curl openssl)

setup() {
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    export PYTHONDONTWRITEBYTECODE=1
}

python() { record "$1" /usr/bin/python3 -c "$2"; }

run() {
    record python-1 /usr/bin/python3 -c '
import http.server, threading
server = http.server.ThreadingHTTPServer(("127.0.0.1", 28161), http.server.SimpleHTTPRequestHandler)
threading.Timer(6, server.shutdown).start()
server.serve_forever()
'
    await_port 28161
    client curl -sS -f http://127.0.0.1:28161/ http://127.0.0.1:28161/cert.pem
    finish accept4

    python python-2 '
import sqlite3, subprocess, tempfile, shutil, os
with tempfile.TemporaryDirectory() as folder:
    base = sqlite3.connect(folder + "/a.db")
    base.execute("create table t (a)"); base.execute("insert into t values (1)"); base.commit(); base.close()
    shutil.copyfile(folder + "/a.db", folder + "/b.db")
    os.chmod(folder + "/b.db", 0o600)
    print(subprocess.run(["date"], capture_output=True, timeout=10, start_new_session=True).stdout)
'
    finish vfork

    python python-3 '
import multiprocessing
from multiprocessing import shared_memory
def work(n): return n * n
with multiprocessing.Pool(2) as pool: print(pool.map(work, range(5)))
memory = shared_memory.SharedMemory(create=True, size=4096); memory.buf[0] = 1; memory.close(); memory.unlink()
lock = multiprocessing.Lock(); queue = multiprocessing.Queue(); queue.put(1); print(queue.get())
'
    finish clone

    python python-4 '
import asyncio, os, signal
async def handle(reader, writer):
    writer.write(await reader.readline()); await writer.drain(); writer.close()
async def main():
    server = await asyncio.start_unix_server(handle, "loop.sock")
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, lambda: print("told"))
    reader, writer = await asyncio.open_unix_connection("loop.sock")
    writer.write(b"hello\n"); print(await reader.readline())
    os.kill(os.getpid(), signal.SIGUSR1)
    process = await asyncio.create_subprocess_exec("true"); await process.wait()
    server.close()
asyncio.run(main())
'
    finish accept4

    python python-5 '
import socket, ssl, threading, urllib.request
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain("cert.pem", "key.pem")
with socket.create_server(("::1", 28165), family=socket.AF_INET6) as server:
    server.settimeout(10)
    def serve():
        try: context.wrap_socket(server.accept()[0], server_side=True).close()
        except OSError as e: print(e)
    thread = threading.Thread(target=serve); thread.start()
    client = ssl.create_default_context(cafile="cert.pem")
    try: client.wrap_socket(socket.create_connection(("::1", 28165), 5), server_hostname="localhost").close()
    except OSError as e: print(e)
    thread.join()
for url in "http://nowhere.invalid/", "ftp://127.0.0.1:28995/":
    try: urllib.request.urlopen(url, timeout=3)
    except OSError as e: print(e)
'
    finish connect

    python python-6 '
import os, pty, sys, termios, tty
pid, terminal = pty.fork()
if pid == 0: os.execvp("stty", ["stty", "-a"])
text = b""
try:
    while True: text += os.read(terminal, 1000)
except OSError: pass
print(len(text), os.waitpid(pid, 0))
'
    finish ioctl setsid

    python python-7 '
import fcntl, mmap, os, resource, select, signal, socket, time
with open("locked", "w+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX); fcntl.flock(file, fcntl.LOCK_SH); file.truncate(4096)
    with mmap.mmap(file.fileno(), 4096) as memory: memory[0] = 1; memory.flush()
signal.setitimer(signal.ITIMER_REAL, 0.2); signal.signal(signal.SIGALRM, lambda *x: None); time.sleep(0.4)
a, b = socket.socketpair(); a.setblocking(False); poll = select.epoll(); poll.register(b); a.send(b"x"); print(poll.poll(1))
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)); os.umask(0o27); os.mkfifo("fifo"); os.nice(1)
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1); udp.close()
'
    finish flock fcntl

    record_typed $'print(1 + 1)\nexit()\n' python-8 /usr/bin/python3
    finish read
}
