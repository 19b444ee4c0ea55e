# A web application of Debian's Python: a thread for each request, a file, a database and a child process.
packages=(python3 curl)
port=28084

setup() {
    free_port "$port"
    cp "$inputs/server.py" .
}

run() {
    local url=http://127.0.0.1:$port
    record python /usr/bin/python3 server.py "$port"
    await_port "$port"
    client curl -sS -f "$url/"
    client curl -sS -f "$url/count" "$url/count"
    client curl -sS -f --parallel "$url/count" "$url/" "$url/date"
    client curl -sS -f --data 'name=value' "$url/echo"
    client curl -sS "$url/missing"
    terminate server.pid
    finish accept4 clone3 futex fdatasync sendto vfork
}
