# Prints the filters of a task, the oldest first, one line of hexadecimal each, and "end" or "sleeping": such a task would go on
# through restart_syscall. It then reads a line; "again" has the interrupted call made from its beginning instead.
# Arguments: the numbers of ptrace and wait4, the task, and 1 if its registers are those of x86_64.
# A failure is the line "! STEP ERRNO".
my ($ptrace, $wait4, $tid, $registers) = map { $_ + 0 } @ARGV;
$| = 1;
my ($seize, $interrupt, $detach, $filter, $getregs, $setregs) = (0x4206, 0x4207, 17, 0x420c, 12, 13);
ptrace($seize, 0, 0) == 0 or fail('seize');
ptrace($interrupt, 0, 0) == 0 or fail('stop');
my $status = pack 'i', 0;
for (my $waited = 0;; $waited++) {
    # __WALL | WNOHANG
    my $who = syscall($wait4, $tid, $status, 0x40000001, 0);
    last if $who == $tid;
    fail('stop') if $who < 0;
    if ($waited == 3000) { $! = 110; fail('stop') }
    select undef, undef, undef, 0.001;
}
my $word = unpack 'i', $status;
if (($word & 0xff) != 0x7f) { $! = 3; fail('stop') }
# a signal that came first is handed on; the stop that was asked for is none
my $signal = $word >> 16 == 128 ? 0 : $word >> 8 & 0xff;
for (my $i = 0;; $i++) {
    my $length = ptrace($filter, $i, 0);
    if ($length < 0) {
        last if $! == 2;
        my $error = $! + 0;
        leave();
        $! = $error;
        fail('filter');
    }
    my $code = "\0" x (8 * $length);
    ptrace($filter, $i, $code) == $length or fail('filter');
    print unpack('H*', $code), "\n";
}
my $block = "\0" x 216;
my ($result, $call) = (0, -1);
if ($registers && ptrace($getregs, 0, $block) == 0) {
    ($result, $call) = (unpack('q27', $block))[10, 15];
}
# -ERESTART_RESTARTBLOCK, and -EINTR of calls that no stop may end
my $sleeps = $call >= 0 && $result == -516;
print $sleeps ? "sleeping\n" : "end\n";
my $answer = $sleeps ? <STDIN> : '';
if ($call >= 0 && $result == -4 || $sleeps && (!defined $answer || $answer ne "go on\n")) {
    # -ERESTARTNOHAND
    substr($block, 80, 8) = pack 'q', -514;
    ptrace($setregs, 0, $block);
}
leave();

sub ptrace { return syscall($ptrace, $_[0], $tid, $_[1], $_[2]) }
sub leave { ptrace($detach, 0, $signal) }
sub fail { print "! $_[0] ", $! + 0, "\n"; exit 1 }
