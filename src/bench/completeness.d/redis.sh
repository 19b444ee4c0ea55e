# redis-server: each run is one server from its start to its end, with the uses of every day first.
packages=(redis-server redis-tools openssl)

setup() {
    . "$workloads/common"
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    mkdir data
}

# serve OPTION...: starts the next run.
serve() {
    rm -rf data/*
    begin redis-server --port 28231 --bind 127.0.0.1 --dir "$PWD/data" "$@"
    await_port 28231
}

ask() { "${clean[@]}" timeout 10 redis-cli -p 28231 "$@" >>"$log" 2>&1 || :; }

# stopped [WORD]: ends the run.
stopped() {
    ask shutdown "${1-nosave}"
    end
}

# simple COMMAND...: a run with one command.
simple() {
    serve
    ask "$@"
    stopped
}

run() {
    simple set greeting hello
    simple get greeting
    simple incr n
    simple lpush list one two
    simple hset h a 1 b 2
    simple set greeting hello ex 1
    serve
    ask mset a 1 b 2
    ask del a
    ask keys '*'
    stopped
    simple zadd z 1 a 2 b
    simple sadd s a b
    simple info
    serve
    ask set a 1
    stopped save
    serve --save '60 1'
    ask set a 1
    ask bgsave
    sleep 1
    stopped
    serve --appendonly yes
    ask set a 1
    ask incr n
    stopped
    serve --requirepass secret
    ask -a secret set a 1
    ask -a secret shutdown nosave
    end
    serve
    (ask subscribe c) &
    sleep 0.3
    ask publish c hello
    stopped
    simple eval 'return redis.call("set", KEYS[1], "x")' 1 k
    simple config set maxmemory 10mb
    serve --maxmemory 2mb --maxmemory-policy allkeys-lru
    ask eval 'for i = 1, 5000 do redis.call("set", "k" .. i, string.rep("x", 500)) end' 0
    stopped
    serve
    ask eval 'for i = 1, 5000 do redis.call("set", "k" .. i, i) end' 0
    ask flushall async
    stopped
    serve --appendonly yes
    ask eval 'for i = 1, 2000 do redis.call("set", "k" .. i, i) end' 0
    ask bgrewriteaof
    sleep 1
    stopped
    serve --appendonly yes --appendfsync always
    ask set a 1
    stopped
    simple xadd s '*' a 1
    simple blpop none 1
    serve --unixsocket "$PWD/redis.sock"
    "${clean[@]}" redis-cli -s redis.sock set a 1 >>"$log"
    stopped
    serve --io-threads 3
    ask set a 1
    stopped
    serve --logfile "$PWD/log.txt" --loglevel debug
    ask set a 1
    stopped
    serve --tls-port 28232 --tls-cert-file "$PWD/cert.pem" --tls-key-file "$PWD/key.pem" --tls-ca-cert-file "$PWD/cert.pem" --tls-auth-clients no
    "${clean[@]}" redis-cli -p 28232 --tls --insecure set a 1 >>"$log"
    stopped
    helper redis-server --port 28233 --bind 127.0.0.1 --dir "$PWD" --save ''
    await_port 28233
    serve --replicaof 127.0.0.1 28233
    sleep 1.5
    stopped
    serve
    "${clean[@]}" redis-cli -p 28233 replicaof 127.0.0.1 28231 >>"$log"
    sleep 1.5
    stopped
    serve --daemonize yes --pidfile "$PWD/pid"
    stopped
    serve --syslog-enabled yes
    ask set a 1
    stopped
    serve --cluster-enabled yes
    ask cluster info
    stopped
    simple debug sleep 0.1
    serve
    ask save
    ask debug reload
    stopped
    serve
    ask config rewrite
    ask client list
    ask client kill type normal
    stopped
    serve --lazyfree-lazy-expire yes --hz 100
    ask memory purge
    ask memory doctor
    stopped
    serve --enable-debug-command yes
    ask debug segfault
    end
    task redis-server --port 70000
    task redis-server --version
}
