# curl: two pages, TLS, a UNIX socket, an upload by IPv6, names that do not resolve and closed ports, parallel transfers, its meter on a
# terminal.
packages=(curl nginx openssl)

setup() {
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem
    mkdir html
    echo hello >html/index.html
    seq 100000 >html/large.txt
    cat >nginx.conf <<CONF
daemon off;
pid nginx.pid;
error_log error.log;
events {}
http {
    access_log off;
    server {
        listen 127.0.0.1:28110;
        listen [::1]:28110;
        listen unix:nginx.sock;
        listen 127.0.0.1:28111 ssl;
        ssl_certificate cert.pem;
        ssl_certificate_key key.pem;
        gzip on;
        gzip_types text/plain;
        root $PWD/html;
    }
}
CONF
}

run() {
    local url=http://127.0.0.1:28110
    helper nginx -p "$PWD" -e error.log -c nginx.conf
    await_port 28110

    record curl-1 curl -q -sS "$url/" "$url/large.txt" -o large.txt
    finish connect

    record curl-2 curl -q -sS --cacert cert.pem https://localhost:28111/ -D headers.txt
    finish connect

    record curl-3 curl -q -sS --unix-socket nginx.sock http://localhost/ -c cookies.txt
    finish connect

    record curl-4 curl -q -sS -6 --data-binary @html/large.txt "http://[::1]:28110/"
    finish connect

    record curl-5 curl -q -sS --connect-timeout 3 --retry 1 http://nowhere.invalid/ --next http://127.0.0.1:28997/
    ends=7 finish connect

    record curl-6 curl -q -sS --parallel --compressed --limit-rate 1M --keepalive-time 5 "$url/large.txt" -o a "$url/" -o b \
        "file://$PWD/nginx.conf"
    finish connect

    record_typed '' curl-7 curl -q -# --interface lo "$url/large.txt" -o c
    finish connect
}
