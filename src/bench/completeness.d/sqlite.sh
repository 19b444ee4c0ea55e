# sqlite3: each run is one call of the shell, with statements of every day first.
packages=(sqlite3)

setup() {
    . "$workloads/common"
    seq 3000 | sed 's/.*/&,name&/' >rows.csv
    echo 'select count(*) from t;' >script.sql
}

# it looks for the initial file in the home of the user, whatever HOME is
sql() { task sqlite3 -init /dev/null "$@"; }

run() {
    sql a.db 'create table t (a integer, b text); insert into t values (1, "x");'
    sql a.db 'select * from t;'
    sql a.db 'insert into t select value, value || "y" from json_each("[1,2,3]");'
    sql a.db 'update t set b = upper(b);'
    sql a.db 'delete from t where a = 2;'
    sql -csv -header a.db 'select * from t order by b;'
    sql :memory: 'select 1 + 1;'
    sql a.db '.read script.sql'
    sql a.db '.import --csv rows.csv u'
    sql a.db 'create index i on t (b);'
    sql a.db '.schema'
    sql a.db '.dump'
    sql -json a.db 'select * from t;'
    sql a.db 'begin; insert into t values (9, "z"); rollback;'
    sql -readonly a.db 'select count(*) from t;'
    sql a.db 'with recursive n(x) as (select 1 union all select x + 1 from n where x < 20000) insert into t select x, hex(randomblob(20)) from n;'
    sql a.db 'pragma cache_size = 10; create table big as select * from t order by b;'
    sql a.db 'pragma integrity_check;'
    sql a.db vacuum
    sql a.db '.backup b.db'
    sql a.db "attach 'b.db' as b; insert into b.t select * from main.t limit 5; insert into main.t values (7, 'w');"
    sql a.db '.output out.txt' 'select * from t limit 10;'
    sql a.db 'pragma journal_mode = wal; insert into t values (8, "v");'
    sql a.db 'insert into t values (8, "v"); pragma wal_checkpoint(truncate);'
    sql a.db 'pragma mmap_size = 100000000; select sum(a) from t;'
    sql -cmd '.timer on' a.db 'select count(*) from t;'
    sql a.db 'create virtual table f using fts5 (x); insert into f values ("some words"); select * from f where f match "words";'
    sql a.db '.shell date'
    sql nowhere/a.db 'select 1;'
    sql a.db '.once |cat' 'select 1;'
    sql a.db 'pragma locking_mode = exclusive; insert into t values (3, "e");'
    sql a.db 'pragma temp_store_directory = "."; pragma temp_store = file; create temp table x as select * from t; drop table x;'
    sql -vfs unix-dotfile c.db 'create table t (a);'
    sql d.zip -A -c rows.csv script.sql
    mkdir out
    sql d.zip -A -x -C out
    sql a.db "select writefile('w/x/y.txt', 'hello'), length(readfile('rows.csv'));"
    sql a.db "select name, mode from fsdir('.');"
    sql a.db '.clone e.db'
    sql a.db '.load ./nothing'
}
