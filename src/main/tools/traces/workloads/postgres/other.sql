create database second;
copy visit to program 'cat >visit.txt';
select count(*) from visit where page = 'moved';
select pg_sleep(0.3);
drop table visit;
drop database second;
