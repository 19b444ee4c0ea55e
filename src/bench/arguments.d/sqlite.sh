# sqlite3: in memory, a file with a journal, a write-ahead log, files in and out, a backup, commands of a shell, a terminal.
packages=(sqlite3)

setup() {
    seq 3000 | sed 's/$/,name/' >rows.csv
    client sqlite3 -init /dev/null there.db 'create table t (a, b); insert into t values (1, 2), (3, 4)'
}

run() {
    record sqlite-1 sqlite3 -init /dev/null :memory: 'create table t (a); insert into t values (1); select a, random() from t'
    finish

    record sqlite-2 sqlite3 -init /dev/null file.db 'create table t (a integer primary key, b text)' 'begin' \
        "insert into t (b) values ('x'), ('y')" 'commit' 'delete from t; vacuum'
    finish fdatasync

    record sqlite-3 sqlite3 -init /dev/null wal.db 'pragma journal_mode = wal; create table t (a); insert into t values (1)' \
        'pragma wal_checkpoint(truncate)' 'pragma mmap_size = 1000000' 'select count(*) from t'
    finish fcntl

    record sqlite-4 sqlite3 -init /dev/null csv.db '.mode csv' '.import rows.csv t' '.output sorted.csv' 'select * from t order by 1 desc' \
        'create table u as select * from t'
    finish write

    record sqlite-5 sqlite3 -init /dev/null there.db '.backup copy.db' '.dump' '.restore copy.db' 'pragma integrity_check'
    finish pwrite64

    record sqlite-6 sqlite3 -init /dev/null -readonly there.db '.shell date' '.system true' 'select readfile("rows.csv") is null' \
        ".once '|cat'" 'select * from t' 'insert into t values (5, 6)'
    ends=8 finish

    record_typed $'select 1;\n.tables\n.quit\n' sqlite-7 env SQLITE_HISTORY="$PWD/history" sqlite3 -init /dev/null there.db
    finish read
}
