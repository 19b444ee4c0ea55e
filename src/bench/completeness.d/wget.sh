# wget: each run is one transfer, those of every day first.
packages=(wget nginx openssl)

setup() {
    . "$workloads/common"
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    mkdir html
    chmod 755 . html
    seq 200000 >html/large.txt
    echo '<a href="large.txt">x</a><img src="nothing.png">' >html/index.html
    cat >nginx.conf <<CONF
daemon off;
pid nginx.pid;
error_log error.log;
events {}
http {
    access_log off;
    gzip on;
    gzip_types text/plain;
    server {
        listen 127.0.0.1:28281;
        listen [::1]:28281;
        listen 127.0.0.1:28282 ssl;
        ssl_certificate cert.pem;
        ssl_certificate_key key.pem;
        root $PWD/html;
        location /moved { return 302 /index.html; }
    }
}
CONF
}

run() {
    local http=http://127.0.0.1:28281 https=https://127.0.0.1:28282
    helper nginx -p "$PWD" -e error.log -c nginx.conf
    await_port 28281
    task wget $http/
    task wget -q $http/large.txt
    task wget -q -O out $http/large.txt
    task wget -q -O - $http/
    task wget -q --no-check-certificate $https/
    task wget $http/nothing
    task wget -q $http/moved
    task wget -q -c $http/large.txt
    task wget -q -N $http/large.txt
    task wget -q -P folder $http/
    task wget -q http://localhost:28281/
    task wget -q -r -l 1 $http/
    task wget -q -p -k $http/
    echo $http/ >list
    task wget -q -i list
    task wget -q --tries=2 http://127.0.0.1:28999/
    task wget -q --post-data a=b $http/
    task wget --spider $http/
    task wget -q -T 1 http://nowhere.invalid/
    task wget -q --ca-certificate=cert.pem https://localhost:28282/
    task wget -q --header 'X: y' -U agent $http/
    task wget -o log $http/
    task wget -q --user me --password secret $http/
    task wget -q --limit-rate=2m $http/large.txt
    task wget -q -m $http/
    task wget -q http://[::1]:28281/
    task wget -q --save-cookies jar --keep-session-cookies $http/
    task wget -q -e http_proxy=127.0.0.1:28281 http://example.invalid/
    task wget -q -S --compression=auto $http/large.txt
    task wget -q --retry-connrefused --tries=2 --waitretry=1 http://127.0.0.1:28999/
    task wget -b -o log $http/
    task wget -q --progress=bar --show-progress $http/large.txt
    task wget -q --bind-address=127.0.0.1 $http/
    task wget -q --xattr $http/large.txt
    task wget -q --backups=2 -O out $http/
    task wget -q --quota=1k $http/large.txt
    task wget -q --warc-file=w $http/
    task wget -q ftp://127.0.0.1:28997/
    task wget -q --post-file=cert.pem $http/
    task wget -q --delete-after $http/
    task wget --version
}
