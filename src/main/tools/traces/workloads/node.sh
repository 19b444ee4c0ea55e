# An HTTP server of Debian's Node.js: files, compression, the thread pool, a worker thread, a child process.
packages=(nodejs curl)
port=28085

setup() {
    free_port "$port"
    cp "$inputs/server.js" .
    # Others publish packages of the same name; theirs make other calls.
    [[ $(dpkg-query -W -f '${Maintainer}' nodejs) == *.debian.* ]] ||
        say "node: note: this nodejs is not Debian's: $(dpkg-query -W -f '${Version}' nodejs)"
}

run() {
    local url=http://127.0.0.1:$port
    # A small heap: V8 changes the protection of its pages throughout.
    record node /usr/bin/node --max-old-space-size=64 server.js "$port"
    await_port "$port"
    client curl -sS -f "$url/" "$url/"
    client curl -sS -f --compressed -o zipped "$url/zip"
    client curl -sS -f --parallel "$url/key" "$url/key" "$url/"
    client curl -sS -f "$url/worker" "$url/child"
    client curl -sS -f --data 'name=value' "$url/store"
    client curl -sS "$url/missing"
    terminate server.pid
    finish accept4 epoll_ctl futex mprotect pipe2
}
