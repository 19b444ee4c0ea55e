# nginx serves static files with two workers: a page, a missing one, two requests on one connection, a
# part and the whole of a large file, a refused upload; then a reload and a graceful stop.
packages=(nginx curl)
port=28081

setup() {
    free_port "$port"
    cp "$inputs/nginx.conf" .
    mkdir html
    echo '<p>hello</p>' >html/index.html
    head -c 4000000 /dev/zero >html/large.bin
}

run() {
    local url=http://127.0.0.1:$port
    # -e: the built-in error log, outside the scratch directory, would be opened first.
    record nginx nginx -p "$PWD" -e error.log -c nginx.conf
    await_port "$port"
    client curl -sS -f "$url/"
    client curl -sS "$url/missing"
    client curl -sS -f "$url/" "$url/index.html"
    client curl -sS -f -r 1000-1999 -o part "$url/large.bin"
    client curl -sS -f -o whole "$url/large.bin"
    client curl -sS --data-binary @html/large.bin "$url/"
    client nginx -p "$PWD" -e client.log -c nginx.conf -s reload
    sleep 1 # the new workers take over
    client curl -sS -f "$url/" "$url/"
    client nginx -p "$PWD" -e client.log -c nginx.conf -s quit
    finish accept4 epoll_wait sendfile writev clone setuid
}
