# perl: files, a server that forks, a shell's pipes, semaphores and shared memory, a terminal, names that do not resolve, threads.
packages=(perl perl-base)

perl() { record "$1" /usr/bin/perl -e "$2"; }

setup() { seq 5000 >numbers.txt; }

run() {
    perl perl-1 'open my $in, "<", "numbers.txt"; my $sum = 0; $sum += $_ while <$in>; print "$sum\n"; mkdir "d"; rename "d", "e"; chmod 0711, "e";
        opendir my $d, "."; print join(" ", sort readdir $d), "\n"; utime 1, 2, "e"; rmdir "e"; symlink "a", "b"; print readlink "b"; flock $in, 1'
    finish getdents64

    perl perl-2 'use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1:28212", Listen => 5, ReuseAddr => 1) or die;
        if (!fork) { my $c = IO::Socket::INET->new("127.0.0.1:28212") or die; print $c "hello\n"; exit }
        my $c = $s->accept; print scalar <$c>; printf "%s\n", $c->peerhost; wait'
    finish accept4 clone

    perl perl-3 'use IPC::Open3; my $pid = open3(my $in, my $out, undef, "cat"); print $in "hello\n"; close $in; print <$out>; waitpid $pid, 0;
        print `date`, qx(echo a | cat); system "false"; $SIG{ALRM} = sub { print "told\n" }; alarm 1; select undef, undef, undef, 2'
    finish pipe2

    perl perl-4 'use IPC::SysV qw(IPC_PRIVATE IPC_CREAT IPC_RMID S_IRUSR S_IWUSR); use Socket;
        my $m = shmget IPC_PRIVATE, 100, S_IRUSR | S_IWUSR; shmwrite $m, "x", 0, 1; shmread $m, my $x, 0, 1; shmctl $m, IPC_RMID, 0;
        my $s = semget IPC_PRIVATE, 1, IPC_CREAT | 0600; semop $s, pack("s3", 0, 1, 0); semctl $s, 0, IPC_RMID, 0;
        socketpair my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC; syswrite $a, "x"; sysread $b, $x, 1; print $x'
    finish shmat

    cat >terminal.pl <<'PERL'
use POSIX;
my $t = POSIX::Termios->new;
$t->getattr(0);
$t->setlflag($t->getlflag & ~ECHO);
$t->setattr(0, TCSANOW);
print scalar <STDIN>;
print -t STDOUT ? "terminal\n" : "none\n";
print ttyname(0), "\n";
PERL
    record_typed $'hello\n' perl-5 /usr/bin/perl terminal.pl
    finish ioctl

    perl perl-6 'use Socket qw(:addrinfo AF_INET6 SOCK_STREAM); my ($e, @r) = getaddrinfo "nowhere.invalid", "http"; print "$e\n";
        ($e, @r) = getaddrinfo "localhost", "80", { socktype => SOCK_STREAM }; print scalar(@r), "\n"; print scalar getpwnam("root"), "\n";
        socket my $s, AF_INET6, SOCK_STREAM, 0; print gethostbyname("localhost") ? "known\n" : "unknown\n"'
    finish connect

    perl perl-7 'use threads; use Time::HiRes qw(usleep); my @t = map { threads->create(sub { usleep 1000; $_[0] * 2 }, $_) } 1 .. 3;
        print $_->join, "\n" for @t; $0 = "renamed"; setpgrp; umask 027; print "$<\n"; kill 0, $$'
    finish clone3
}
