# Redis with an append-only file: values, an expiry, a snapshot in the foreground and one by a child
# process, a rewrite of the append-only file, and the shutdown with a last snapshot.
packages=(redis-server redis-tools)
port=28082

setup() {
    free_port "$port"
    mkdir data
}

ask() { client redis-cli -e -h 127.0.0.1 -p "$port" "$@"; }

# child_done FIELD: the child process whose state the field tells has ended.
child_done() { "${clean[@]}" timeout 5 redis-cli -h 127.0.0.1 -p "$port" info persistence | grep "^$1:0"; }

run() {
    record redis redis-server --bind 127.0.0.1 --port "$port" --dir "$PWD/data" --appendonly yes
    await_port "$port"
    ask set greeting hello
    ask get greeting
    ask set brief gone px 100
    sleep 0.3
    ask get brief
    ask lpush list one two three
    ask eval 'for i = 1, 2000 do redis.call("set", "key:" .. i, i) end' 0
    ask save
    ask bgsave
    await child_done rdb_bgsave_in_progress
    ask bgrewriteaof
    await child_done aof_rewrite_in_progress
    ask flushall async
    # Its answer is that the connection ends, which redis-cli does not take for an error.
    ask shutdown save
    finish accept4 epoll_wait fdatasync rename clone wait4
}
