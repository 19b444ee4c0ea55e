#!/bin/sh
# Records a server that an entrypoint starts, derives the filter of the server alone, and runs the entrypoint under it.
# Usage: entrypoint-run.sh FOLDER SERVER; strait, and a setpriv of 2.41 or newer, are on PATH.
set -e
here=$(dirname "$(readlink -f "$0")")
folder=$1 server=$2
cd "$folder"
export DATA=$folder/data

ask() {
    for attempt in $(seq 100); do
        "$@" && return
        sleep 0.1
    done
    return 1
}

work() {
    case $server in
    redis-server)
        ask redis-cli -s "$DATA/socket" ping
        redis-cli -s "$DATA/socket" -e set key value
        [ "$(redis-cli -s "$DATA/socket" -e get key)" = value ]
        redis-cli -s "$DATA/socket" -e bgsave
        ask sh -c "redis-cli -s '$DATA/socket' info persistence | grep -q rdb_bgsave_in_progress:0"
        redis-cli -s "$DATA/socket" shutdown nosave || true
        ;;
    memcached)
        ask test -S "$DATA/socket"
        python3 - "$DATA/socket" <<'END'
import socket, sys
with socket.socket(socket.AF_UNIX) as peer:
    peer.connect(sys.argv[1])
    peer.sendall(b"set key 0 0 5\r\nvalue\r\nget key\r\nstats\r\nquit\r\n")
    answer = b""
    while part := peer.recv(4096):
        answer += part
assert b"STORED" in answer and b"value" in answer and b"END" in answer, answer
END
        kill -TERM "$(pgrep -x -u 65534 memcached)"
        ;;
    esac
}

words() {
    case $server in
    redis-server) echo redis-server --port 0 --unixsocket "$DATA/socket" ;;
    memcached) echo memcached -s "$DATA/socket" -t 2 ;;
    esac
}

play() {
    rm -rf "$DATA"
    # shellcheck disable=SC2046
    timeout 60 "$@" "$here/entrypoint.sh" $(words) >"$server.out" 2>&1 &
    work >/dev/null 2>&1 || { echo "$server does not work:"; cat "$server.out"; exit 1; }
    status=0
    wait $! || status=$?
    [ $status = 0 ] || { echo "$server ended with $status:"; cat "$server.out"; exit 1; }
}

count() {
    strait generate trace -q --format names "$@" | sort -u | wc -l
}

play strace -f -n -o trace
strait generate trace -q --from-program "$server" --runtime setpriv --no-new-privs --format bpf -o app.bpf
SECCOMP=$folder/app.bpf
export SECCOMP
play strace -f -n -o filtered
! grep "= -1 EPERM" filtered || exit 1
grep -q "SECCOMP_MODE_FILTER" filtered
unset SECCOMP
echo "whole $(count --runtime none)"
echo "server $(count --runtime none --from-program "$server")"
echo "setpriv $(count --runtime setpriv --no-new-privs --from-program "$server")"
