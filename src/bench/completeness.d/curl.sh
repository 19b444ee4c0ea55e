# curl: each run is one transfer, those of every day first.
packages=(curl python3 openssl nginx)

setup() {
    . "$workloads/common"
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    mkdir html
    chmod 755 . html
    seq 200000 >html/large.txt
    echo hello >html/index.html
    cat >nginx.conf <<CONF
daemon off;
pid nginx.pid;
error_log error.log;
events {}
http {
    access_log access.log;
    gzip on;
    gzip_types text/plain;
    server {
        listen 127.0.0.1:28211;
        listen [::1]:28211;
        listen unix:nginx.sock;
        listen 127.0.0.1:28212 ssl http2;
        ssl_certificate cert.pem;
        ssl_certificate_key key.pem;
        root $PWD/html;
        location /moved { return 302 /index.html; }
        location /post { return 200 ok; }
        location /slow { limit_rate 200k; alias $PWD/html; }
    }
}
CONF
}

# without the file of options in the home of the user, whatever HOME is
get() { task curl -q "$@"; }

run() {
    local http=http://127.0.0.1:28211 https=https://127.0.0.1:28212
    helper nginx -p "$PWD" -e error.log -c nginx.conf
    await_port 28211
    get -sS $http/
    get -sS -o out $http/large.txt
    get -sS -k $https/
    get -sS -I $http/
    get -sS -O $http/large.txt
    get -sS -L $http/moved
    get -sS -X POST -d a=b $http/post
    get -sS http://localhost:28211/
    get -sS --cacert cert.pem https://localhost:28212/
    get -sS -H 'X-A: b' -A agent $http/
    get -sS -F file=@cert.pem $http/post
    get -v $http/
    get -sS --compressed $http/large.txt
    get -sS -T cert.pem $http/put
    get -o out $http/large.txt
    get -sS -u me:secret $http/
    get -sS -b jar -c jar $http/
    get -sS $http/ $http/large.txt
    get -sS http://127.0.0.1:28999/
    get -sS http://nowhere.invalid/
    get -sS -C - -o out $http/large.txt
    get -sS -r 0-99 $http/large.txt
    get -sS -m 1 $http/slow/large.txt
    get -sS --retry 2 --retry-delay 1 --retry-connrefused http://127.0.0.1:28999/
    get -sS --limit-rate 2M -o out $http/large.txt
    get -sS http://[::1]:28211/
    get -sS --unix-socket nginx.sock http://localhost/
    get -sS file://"$PWD"/cert.pem
    get -sS -Z $http/ $http/large.txt $https/ -k
    get -sS --interface lo $http/
    get -sS -x http://127.0.0.1:28211 http://example.invalid/
    get -sS --resolve example.invalid:28211:127.0.0.1 http://example.invalid:28211/
    get -sS --create-dirs -o new/dir/out $http/
    get -sS -R -o dated $http/
    echo "url = $http/" >config
    get -sS -K config
    get -sS --keepalive-time 2 --tcp-fastopen $http/
    get -sS --socks5 127.0.0.1:28998 $http/
    get -sS ftp://127.0.0.1:28997/
    get -sS tftp://127.0.0.1:28997/x -m 1
    get -sS --trace trace.txt --trace-time -w '%{time_total}' $http/
    get --version
}
