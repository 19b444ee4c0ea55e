# perl: each run is one script, with what scripts do every day first.
packages=(perl)

setup() {
    . "$workloads/common"
    mkdir there
    seq 5000 >there/numbers.txt
}

script() { task /usr/bin/perl -e "$1"; }

run() {
    script 'print "hello\n"'
    task /usr/bin/perl -ne 'print if /99/' there/numbers.txt
    script 'open F, "there/numbers.txt"; $s += $_ while <F>; print $s'
    script 'open F, ">out"; print F "text"; close F'
    task /usr/bin/perl -pe 's/1/2/' there/numbers.txt
    script 'use strict; use warnings; my %h = (a => 1); print join ",", %h'
    script 'print `date`'
    script 'system "ls"'
    script 'opendir D, "."; print readdir D'
    script 'print -e "out", -s "out", -d "there"'
    script 'print scalar localtime, time'
    task /usr/bin/perl -i -pe 's/t/u/' out
    script 'use File::Basename; use Cwd; print getcwd, basename $0'
    script 'mkdir "x"; rmdir "x"; unlink "out"'
    script 'use Data::Dumper; print Dumper [1, {a => 2}]'
    script 'print sort { $a <=> $b } map { $_ * 2 } 1 .. 9'
    script 'use Getopt::Long; GetOptions("x" => \my $x)'
    script 'use File::Find; find sub { print $File::Find::name }, "there"'
    script 'use File::Copy; copy "there/numbers.txt", "b"; move "b", "c"'
    script 'use POSIX; print strftime "%Y", gmtime; print floor 1.5'
    script 'sleep 1'
    script 'die "wrong"'
    script 'use File::Temp "tempfile"; print tempfile'
    script 'open P, "ls |"; print <P>; open Q, "| cat"; print Q 1'
    script 'use JSON::PP; print encode_json [1]'
    script 'use Digest::MD5 "md5_hex"; print md5_hex "x"'
    script 'if ($p = fork) { waitpid $p, 0 } else { exit 3 }'
    script 'chmod 0600, "c"; rename "c", "d"; symlink "d", "e"; print readlink "e"'
    script '$SIG{ALRM} = sub { die "late" }; alarm 1; select undef, undef, undef, 5'
    script 'use Time::HiRes; Time::HiRes::sleep 0.1; print Time::HiRes::time'
    script 'use IO::Socket; print IO::Socket::INET->new("127.0.0.1:28999") || $!'
    script 'print getpwuid $<; print $(, $>'
    script 'pipe R, W; print W 1; close W; print <R>'
    script 'use File::Path; make_path "x/y/z"; remove_tree "x"'
    script 'use Sys::Hostname; print hostname'
    script 'use HTTP::Tiny; print HTTP::Tiny->new->get("http://127.0.0.1:28998/")->{status}'
    script 'kill 0, $$; $SIG{USR1} = sub { print 1 }; kill "USR1", $$'
    script 'use Fcntl ":flock"; open F, ">lock"; flock F, LOCK_EX; truncate F, 9'
    script 'use threads; threads->create(sub { print 1 })->join'
    script 'use IPC::Open3; waitpid open3($i, $o, $e, "true"), 0'
    script 'utime 1, 1, "d"; chown 1, 1, "d"; link "d", "f"; umask 0'
    script 'exec "true"'
    script 'use IO::Select; use Socket; socketpair A, B, AF_UNIX, SOCK_STREAM, 0; syswrite A, 1; print IO::Select->new(B)->can_read(1)'
    script 'use POSIX; setsid; nice 1; print ttyname 0; mkfifo "p", 0600'
    script 'chdir "there"; chroot "."; print glob "*"'
    script 'print gethostbyname "localhost"; print getservbyname "http", "tcp"'
    script 'use Storable; store [1], "s"; print retrieve "s"'
    script 'dbmopen %h, "db", 0600; $h{1} = 2; dbmclose %h'
    script '$< = 1; $> = 1; print setpriority 0, 0, 1; print times'
    task /usr/bin/perl -v
}
