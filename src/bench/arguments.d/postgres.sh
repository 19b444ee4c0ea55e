# PostgreSQL: a server of TCP, of a UNIX socket alone, of TLS; parallel queries, a crash of a session, programs as sources of
# COPY, logical replication by name, and the making of a cluster.
packages=(postgresql openssl)
as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)

setup() {
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    chmod 600 key.pem
    chown -R postgres:postgres .
    client "${as_postgres[@]}" "$bin/initdb" -D "$PWD/data" -U postgres -A trust -N
}

# serve N OPTION...: records a server on port 28140 + N of this address, with a UNIX socket here.
serve() {
    port=$((28140 + $1))
    shift
    record "postgres-$((port - 28140))" "${as_postgres[@]}" "$bin/postgres" -D "$PWD/data" -p "$port" \
        -c unix_socket_directories="$PWD" "$@"
    await "${clean[@]}" pg_isready -q -h "$PWD" -p "$port"
}

query() { client psql -X -q -v ON_ERROR_STOP=1 -h "${host:-127.0.0.1}" -p "$port" -U postgres "$@" postgres; }
stop() { client "${as_postgres[@]}" "$bin/pg_ctl" stop -D "$PWD/data" -m "$1" -t 15; }

run() {
    serve 1 -c listen_addresses=127.0.0.1
    query -c 'create table one as select generate_series(1, 20000) as n; analyze one'
    query -c 'select count(*) from one' -c 'checkpoint'
    stop fast
    finish accept

    serve 2 -c listen_addresses=
    host=$PWD query -c 'create table two (t text); listen x; notify x'
    stop smart
    finish accept

    serve 3 -c listen_addresses=localhost -c ssl=on -c ssl_cert_file="$PWD/cert.pem" -c ssl_key_file="$PWD/key.pem"
    query -c 'select current_timestamp' -c "copy (select 1) to '$PWD/data/copied'"
    stop fast
    finish accept

    serve 4 -c listen_addresses=127.0.0.1 -c max_parallel_workers_per_gather=2 -c parallel_setup_cost=0 \
        -c parallel_tuple_cost=0 -c min_parallel_table_scan_size=0 -c huge_pages=try -c wal_level=logical
    query -c 'select sum(n) from one' -c 'create index on one (n)' -c 'vacuum full'
    stop fast
    finish accept

    serve 5 -c listen_addresses='*' -c logging_collector=on -c log_min_duration_statement=0 -c log_rotation_size=1
    client sh -c "psql -X -h ::1 -p $port -U postgres -c 'select pg_terminate_backend(pg_backend_pid())' postgres || :"
    query -c 'select pg_reload_conf()'
    stop immediate
    finish accept

    serve 6 -c listen_addresses=127.0.0.1 -c archive_mode=on -c archive_command=true
    query -c "copy one to program 'cat >/dev/null'" -c 'create database three' -c 'drop database three' \
        -c 'select pg_switch_wal()'
    client sh -c "psql -X -h 127.0.0.1 -p $port -U postgres -c \"create subscription s connection 'host=nowhere.invalid' \
        publication p\" postgres || :"
    stop fast
    finish accept

    record postgres-7 "${as_postgres[@]}" "$bin/initdb" -D "$PWD/other" -U postgres -A trust
    finish pwrite64
}
