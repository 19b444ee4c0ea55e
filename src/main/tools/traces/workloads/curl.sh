# curl over TLS to a local server; only curl is traced: a page, then a large one into a file, each on a
# connection of its own.
packages=(curl openssl)
port=28087

setup() {
    free_port "$port"
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem
    mkdir site
    echo hello >site/small.txt
    head -c 1000000 /dev/zero >site/large.bin
}

run() {
    local url=https://localhost:$port
    helper openssl s_server -accept "127.0.0.1:$port" -cert cert.pem -key key.pem -WWW
    await_port "$port"
    # -q: it would look for its settings in the home directory of the account, too.
    record curl curl -q -sS --max-time 15 --cacert cert.pem \
        "$url/site/small.txt" --next --cacert cert.pem -o large.bin "$url/site/large.bin"
    finish socket connect poll sendto recvfrom
}
