# memcached: TCP, UDP, a UNIX socket, IPv6, a daemon, its store on disk with large items.
packages=(memcached python3)

setup() { chown memcache . ; }

# ask FAMILY ADDRESS KIND: stores a value and asks for it.
ask() {
    client /usr/bin/python3 -c '
import ast, socket, sys
family, address, kind = sys.argv[1:]
with socket.socket(getattr(socket, family), getattr(socket, kind)) as server:
    server.settimeout(10)
    server.connect(address if family == "AF_UNIX" else (address.rpartition(":")[0], int(address.rpartition(":")[2])))
    for text in b"set a 0 1 5\r\nhello\r\n", b"get a\r\n", b"stats\r\n", b"flush_all\r\n":
        server.send((bytes([0, 1, 0, 0, 0, 1, 0, 0]) if kind == "SOCK_DGRAM" else b"") + text)
        assert server.recv(65536)
' "$@"
}

run() {
    record memcached-1 memcached -u memcache -l 127.0.0.1 -p 28131 -P "$PWD/1.pid"
    await_port 28131
    ask AF_INET 127.0.0.1:28131 SOCK_STREAM
    terminate 1.pid
    finish accept4

    record memcached-2 memcached -u memcache -l 127.0.0.1 -p 28132 -U 28132 -P "$PWD/2.pid"
    await_port 28132
    ask AF_INET 127.0.0.1:28132 SOCK_DGRAM
    terminate 2.pid
    finish recvfrom

    record memcached-3 memcached -u memcache -s "$PWD/memcached.sock" -a 777 -P "$PWD/3.pid"
    await test -S memcached.sock
    ask AF_UNIX memcached.sock SOCK_STREAM
    terminate 3.pid
    finish accept4

    record memcached-4 memcached -u memcache -l ::1 -p 28134 -P "$PWD/4.pid" -t 2 -R 5
    sleep 2
    ask AF_INET6 ::1:28134 SOCK_STREAM
    terminate 4.pid
    finish accept4

    record memcached-5 memcached -d -u memcache -l 127.0.0.1 -p 28135 -P "$PWD/5.pid" -m 16 -c 100
    await_port 28135
    ask AF_INET 127.0.0.1:28135 SOCK_STREAM
    terminate 5.pid
    finish accept4 setsid

    record memcached-6 memcached -u memcache -l localhost -p 28136 -P "$PWD/6.pid" -I 2m -o "ext_path=$PWD/store:64m"
    await_port 28136
    ask AF_INET 127.0.0.1:28136 SOCK_STREAM
    terminate 6.pid
    finish accept4
}
