create table visit (id serial primary key, at timestamptz not null default now(), page text not null);
insert into visit (page) select 'page ' || n % 100 from generate_series(1, 20000) as n;
create index visit_page on visit (page);
analyze visit;
select page, count(*) from visit group by page order by page limit 5;

begin;
update visit set page = 'moved' where id % 10 = 0;
savepoint here;
delete from visit where id % 7 = 0;
rollback to here;
commit;

-- A sort larger than its memory goes through temporary files.
set work_mem = '64kB';
select count(*) from (select * from visit order by page, id desc offset 0) as sorted;

-- Workers that run in parallel share memory segments of their own.
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set min_parallel_table_scan_size = 0;
select count(distinct page), sum(length(page)) from visit;
select count(*) from visit where page like '%9%';

vacuum visit;
checkpoint;
