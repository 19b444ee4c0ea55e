# lighttpd: plain with a graceful restart, TLS, a UNIX socket, IPv6 with compression, programs of CGI, a proxy to a closed port.
packages=(lighttpd lighttpd-mod-openssl lighttpd-mod-deflate curl openssl)

setup() {
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    cat key.pem cert.pem >both.pem
    mkdir html
    echo hello >html/index.html
    seq 100000 >html/large.txt
    printf '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\nhello\\n"\n' >html/hello.cgi
    chmod 755 html/hello.cgi
    chmod 777 .
    touch error.log
    chmod 666 error.log
}

# serve TRACE SETTINGS: records a server with these, and its usual ones.
serve() {
    cat >server.conf <<CONF
server.document-root = "$PWD/html"
server.pid-file = "$PWD/server.pid"
server.errorlog = "$PWD/error.log"
index-file.names = ("index.html")
server.modules = ("mod_access", "mod_accesslog", "mod_openssl", "mod_cgi", "mod_proxy", "mod_deflate")
$2
CONF
    rm -f server.pid
    record "$1" lighttpd -D -f server.conf
    await test -s server.pid
    sleep 0.5
}

stop() { client sh -c "kill -${1:-TERM} \$(cat server.pid)"; }

run() {
    serve lighttpd-1 'server.bind = "127.0.0.1" server.port = 28191 accesslog.filename = "access.log"'
    client curl -sS -f http://127.0.0.1:28191/ http://127.0.0.1:28191/large.txt
    client curl -sS -f -r 10-20 http://127.0.0.1:28191/large.txt
    stop USR1
    sleep 1
    client curl -sS -f http://127.0.0.1:28191/
    stop
    finish accept4

    serve lighttpd-2 'server.bind = "127.0.0.1" server.port = 28192 ssl.engine = "enable" ssl.pemfile = "both.pem"'
    client curl -sS -k -f https://127.0.0.1:28192/ https://127.0.0.1:28192/large.txt
    stop INT
    finish accept4

    serve lighttpd-3 "server.bind = \"$PWD/server.sock\" server.port = 0"
    client curl -sS -f --unix-socket server.sock http://localhost/
    stop
    finish accept4

    serve lighttpd-4 'server.bind = "[::1]" server.port = 28194 server.max-worker = 2
        deflate.mimetypes = ("text/plain") deflate.allowed-encodings = ("gzip") mimetype.assign = (".txt" => "text/plain")'
    client curl -sS -f --compressed http://[::1]:28194/large.txt
    stop
    finish accept4

    serve lighttpd-5 'server.bind = "127.0.0.1" server.port = 28195 cgi.assign = (".cgi" => "/bin/sh") server.username = "www-data"'
    client curl -sS -f http://127.0.0.1:28195/hello.cgi
    client curl -sS -f --data-binary @html/large.txt http://127.0.0.1:28195/hello.cgi
    stop
    finish accept4

    serve lighttpd-6 'server.bind = "127.0.0.1" server.port = 28196 server.event-handler = "poll"
        proxy.server = ("/" => (("host" => "127.0.0.1", "port" => 28992)))'
    client curl -sS http://127.0.0.1:28196/
    stop
    finish accept4
}
