# PostgreSQL, as two traces: initdb, and the server with queries by two clients and a fast stop. It refuses
# to run as root; like the entry point of a container the traced command starts with a change of user.
packages=(postgresql)
port=28083
as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)

setup() {
    free_port "$port"
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    cp "$inputs/queries.sql" "$inputs/other.sql" .
    chown postgres:postgres .
}

query() { client psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres "$@" postgres; }

run() {
    record postgres-1 "${as_postgres[@]}" "$bin/initdb" -D "$PWD/data" -U postgres -A trust
    finish pwrite64 fsync

    record postgres-2 "${as_postgres[@]}" "$bin/postgres" -D "$PWD/data" -p "$port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories="$PWD"
    # It listens before it lets clients in.
    await "${clean[@]}" pg_isready -q -h 127.0.0.1 -p "$port"
    query -f queries.sql
    query -f other.sql
    client "${as_postgres[@]}" "$bin/pg_ctl" stop -D "$PWD/data" -m fast -t 15
    finish accept epoll_wait recvfrom sendto fdatasync pwrite64 sync_file_range clone
}
