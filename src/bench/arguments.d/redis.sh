# redis-server: values, persistence in child processes, a UNIX socket, replication by name, TLS with I/O threads, a cluster
# on IPv6, scripts and a crash.
packages=(redis-server redis-tools openssl)

setup() {
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    mkdir data
}

# serve PORT OPTION...: records a server as redis-N, where the last digit of the port is N.
serve() {
    local port=$1
    shift
    record "redis-${port: -1}" redis-server --port "$port" --dir "$PWD/data" --dbfilename "$port.rdb" "$@"
}

ask() { client redis-cli -e "$@"; }
done_with() { "${clean[@]}" timeout 5 redis-cli -p "$1" info persistence | grep "^$2:0"; }
linked() { "${clean[@]}" timeout 5 redis-cli -p "$1" info replication | grep master_link_status:up; }

run() {
    serve 28121 --bind 127.0.0.1
    await_port 28121
    ask -p 28121 set greeting hello px 200
    ask -p 28121 lpush list one two
    ask -p 28121 shutdown nosave
    finish accept4

    serve 28122 --bind 127.0.0.1 --appendonly yes
    await_port 28122
    ask -p 28122 eval 'for i = 1, 2000 do redis.call("set", "key:" .. i, i) end' 0
    ask -p 28122 bgsave
    await done_with 28122 rdb_bgsave_in_progress
    ask -p 28122 bgrewriteaof
    await done_with 28122 aof_rewrite_in_progress
    ask -p 28122 shutdown save
    finish clone

    record redis-3 redis-server --port 0 --dir "$PWD/data" --unixsocket "$PWD/redis.sock" --unixsocketperm 700 --maxmemory 10mb
    await test -S redis.sock
    ask -s redis.sock set greeting hello
    ask -s redis.sock flushall async
    ask -s redis.sock shutdown nosave
    finish accept4

    helper redis-server --bind 127.0.0.1 --port 28129 --dir "$PWD/data" --save ''
    await_port 28129
    ask -p 28129 set greeting hello
    serve 28124 --bind 127.0.0.1 --replicaof localhost 28129
    await linked 28124
    ask -p 28124 get greeting
    ask -p 28124 replicaof nowhere.invalid 1
    sleep 2
    ask -p 28124 shutdown nosave
    finish connect

    record redis-5 redis-server --port 0 --tls-port 28125 --bind 127.0.0.1 --io-threads 3 --dir "$PWD/data" \
        --tls-cert-file "$PWD/cert.pem" --tls-key-file "$PWD/key.pem" \
        --tls-ca-cert-file "$PWD/cert.pem"
    await_port 28125
    ask -p 28125 --tls --cert cert.pem --key key.pem --cacert cert.pem set greeting hello
    ask -p 28125 --tls --cert cert.pem --key key.pem --cacert cert.pem shutdown nosave
    finish accept4

    serve 28126 --bind ::1 --cluster-enabled yes --cluster-config-file nodes.conf --cluster-node-timeout 500
    sleep 2
    ask -h ::1 -p 28126 cluster addslotsrange 0 16383
    sleep 1
    ask -h ::1 -p 28126 -c set greeting hello
    ask -h ::1 -p 28126 shutdown nosave
    finish accept4

    serve 28127 --bind 127.0.0.1 --requirepass secret --enable-debug-command yes --tcp-keepalive 10 --lazyfree-lazy-expire yes
    await_port 28127
    ask -p 28127 -a secret eval 'return redis.sha1hex("x")' 0
    ask -p 28127 -a secret config set maxclients 500
    client sh -c 'redis-cli -p 28127 -a secret debug segfault || :'
    ends=139 finish accept4
}
