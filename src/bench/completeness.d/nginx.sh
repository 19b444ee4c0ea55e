# nginx: each run is one configuration from its start to its end, those of every day first.
packages=(nginx curl openssl)

setup() {
    . "$workloads/common"
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    mkdir -p html/list cache
    seq 200000 >html/large.txt
    echo hello >html/index.html
    echo '<!--# include virtual="/index.html" -->' >html/page.shtml
    echo 'me:{PLAIN}secret' >passwords
    chmod -R a+rwX .
}

# serve DIRECTIVES [OF-HTTP [OF-MAIN]]: starts the next run, a server with these in its server block, and two workers.
serve() {
    cat >nginx.conf <<CONF
daemon off;
pid nginx.pid;
error_log error.log;
worker_processes 2;
${3-}
events {}
http {
    access_log access.log;
    include /etc/nginx/mime.types;
    ${2-}
    server {
        listen 127.0.0.1:28221;
        root $PWD/html;
        $1
    }
}
CONF
    rm -f nginx.pid
    begin nginx -p "$PWD" -e error.log -c nginx.conf
    await test -s nginx.pid
    sleep 0.3
}

signal() { client nginx -p "$PWD" -e client.log -c nginx.conf -s "$1"; }

ask() { "${clean[@]}" curl -sS -m 5 "$@" >>"$log" 2>&1 || :; }

# stopped [SIGNAL]: ends the run.
stopped() {
    signal "${1-quit}"
    end
}

run() {
    local http=http://127.0.0.1:28221
    serve 'sendfile on;'
    ask $http/
    stopped
    serve 'sendfile on;'
    ask $http/large.txt
    stopped
    serve ''
    ask $http/ $http/nothing
    stopped stop
    serve 'listen 127.0.0.1:28222 ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;'
    ask -k https://127.0.0.1:28222/
    stopped
    serve 'gzip on; gzip_types text/plain; gzip_static on;'
    ask --compressed $http/large.txt
    stopped
    serve 'location /a { return 301 /; } location /b { rewrite ^ /index.html; }'
    ask -L $http/a $http/b
    stopped
    serve 'location / { try_files $uri $uri/ =404; } location /list/ { autoindex on; }'
    ask $http/list/ $http/x
    stopped
    helper python3 -m http.server --bind 127.0.0.1 28229 -d "$PWD/html"
    await_port 28229
    serve 'location / { proxy_pass http://127.0.0.1:28229; }'
    ask $http/ $http/large.txt
    stopped
    serve 'location / { proxy_pass http://u; }' 'upstream u { server 127.0.0.1:28998; server 127.0.0.1:28229; keepalive 2; }'
    ask $http/ $http/
    stopped
    serve ''
    ask $http/
    signal reload
    sleep 0.5
    ask $http/
    stopped
    serve 'listen 127.0.0.1:28222 ssl http2; ssl_certificate cert.pem; ssl_certificate_key key.pem;'
    ask -k --http2 https://127.0.0.1:28222/ https://127.0.0.1:28222/large.txt
    stopped
    serve 'location / { auth_basic x; auth_basic_user_file passwords; }'
    ask -u me:secret $http/
    stopped
    serve 'client_max_body_size 10m; client_body_buffer_size 1k; location / { proxy_pass http://127.0.0.1:28229; }'
    ask -d @html/large.txt $http/post
    stopped
    serve 'listen [::1]:28221;'
    ask "http://[::1]:28221/"
    stopped
    serve 'location /status { stub_status; } location /deny { deny all; }'
    ask $http/status $http/deny
    stopped
    serve 'limit_rate 500k;' 'limit_req_zone $binary_remote_addr zone=z:1m rate=5r/s;'
    ask $http/large.txt
    stopped
    serve 'access_log off; open_file_cache max=10; tcp_nodelay on; tcp_nopush on; sendfile on;'
    ask $http/ $http/large.txt
    stopped
    serve 'ssi on; sub_filter hello bye;'
    ask $http/page.shtml
    stopped
    serve "location / { proxy_pass http://127.0.0.1:28229; proxy_cache c; }" 'proxy_cache_path cache keys_zone=c:1m inactive=1s;'
    ask $http/ $http/
    sleep 1
    stopped
    serve ''
    ask $http/
    mv access.log access.log.1
    signal reopen
    sleep 0.3
    ask $http/
    stopped
    serve 'listen unix:nginx.sock;'
    ask --unix-socket nginx.sock http://localhost/
    stopped
    rm -f nginx.sock
    serve 'location / { dav_methods PUT DELETE MKCOL MOVE; create_full_put_path on; }'
    ask -T cert.pem $http/new/cert.pem
    ask -X MOVE -H "Destination: $http/moved.pem" $http/new/cert.pem
    ask -X DELETE $http/moved.pem
    stopped
    serve 'resolver 127.0.0.1:28997 valid=1s; resolver_timeout 1s; set $to nowhere.invalid; location / { proxy_pass http://$to; }'
    ask $http/
    stopped
    serve 'location / { fastcgi_pass 127.0.0.1:28996; } location /u { uwsgi_pass unix:none.sock; }'
    ask $http/ $http/u
    stopped
    serve 'location / { aio threads; }'
    ask $http/large.txt
    stopped
    serve 'location / { directio 4k; output_buffers 1 64k; }'
    ask $http/large.txt
    stopped
    serve 'access_log syslog:server=127.0.0.1:28995;'
    ask $http/
    stopped
    serve '' '' 'worker_rlimit_nofile 512; worker_priority 1; worker_cpu_affinity auto;'
    ask $http/
    stopped
    serve ''
    client sh -c 'kill -9 $(pgrep -P $(cat nginx.pid) | tail -n 1)'
    sleep 0.5
    ask $http/
    stopped
    serve '' '' 'user nobody nogroup; timer_resolution 100ms;'
    ask $http/
    stopped
    serve 'listen 127.0.0.1:28223 reuseport fastopen=5 so_keepalive=on; mirror /m; location /m { internal; return 200; }'
    ask $http/
    stopped
    task nginx -p "$PWD" -e error.log -c nginx.conf -t
}
