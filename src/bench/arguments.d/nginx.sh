# nginx: a reload, TLS, a UNIX socket, IPv6 with compression, a proxy whose names do not resolve, the death of a worker,
# threads.
packages=(nginx curl openssl)

setup() {
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    mkdir html
    seq 100000 >html/large.txt
    echo hello >html/index.html
}

# serve TRACE DIRECTIVES: records a server with these in its server block, and two workers.
serve() {
    cat >nginx.conf <<CONF
daemon off;
pid nginx.pid;
error_log error.log;
worker_processes 2;
events {}
http {
    access_log access.log;
    sendfile on;
    server {
        root $PWD/html;
        $2
    }
}
CONF
    rm -f nginx.pid
    record "$1" nginx -p "$PWD" -e error.log -c nginx.conf
    await test -s nginx.pid
    sleep 0.5
}

signal() { client nginx -p "$PWD" -e client.log -c nginx.conf -s "$1"; }

run() {
    serve nginx-1 'listen 127.0.0.1:28101;'
    client curl -sS -f http://127.0.0.1:28101/ http://127.0.0.1:28101/large.txt
    signal reload
    sleep 1
    client curl -sS -f http://127.0.0.1:28101/
    signal quit
    finish accept4 writev

    serve nginx-2 'listen 127.0.0.1:28102 ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;'
    client curl -sS -k -f https://127.0.0.1:28102/ https://127.0.0.1:28102/large.txt
    signal quit
    finish accept4

    serve nginx-3 'listen unix:nginx.sock;'
    client curl -sS -f --unix-socket nginx.sock http://localhost/
    signal quit
    finish accept4

    serve nginx-4 'listen [::1]:28104; gzip on; gzip_types text/plain;'
    client curl -sS -f --compressed http://[::1]:28104/large.txt
    signal quit
    finish accept4

    serve nginx-5 'listen 127.0.0.1:28105; resolver 127.0.0.1:28999 valid=1s; resolver_timeout 1s; set $to nowhere.invalid;
        location /name { proxy_pass http://$to; } location /port { proxy_pass http://127.0.0.1:28998; }'
    client curl -sS http://127.0.0.1:28105/name http://127.0.0.1:28105/port
    signal quit
    finish accept4 connect

    serve nginx-6 'listen 127.0.0.1:28106 reuseport;'
    client curl -sS -f http://127.0.0.1:28106/
    client sh -c 'kill -9 $(pgrep -P $(cat nginx.pid) | tail -n 1)'
    sleep 1
    client curl -sS -f http://127.0.0.1:28106/
    signal stop
    finish accept4

    serve nginx-7 'listen 127.0.0.1:28107; aio threads; location / { expires 1d; }'
    client curl -sS -f http://127.0.0.1:28107/large.txt
    signal reopen
    sleep 0.5
    signal quit
    finish accept4
}
