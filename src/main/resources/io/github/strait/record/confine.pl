# Becomes a program under a seccomp filter: no_new_privs, seccomp(2), execve, and nothing between the last two.
# Arguments: the filter in hexadecimal, its flags, the numbers of prctl, seccomp, execve and close, 1 to be silent about a
# failed execve, the standard streams that are closed, the file, how many variables follow and those, which this perl must not obey
# and the program gets, and the program's arguments, its name first. Exits with 125, 126 or 127 as env does.
my ($hex, $flags, $prctl, $seccomp, $execve, $close, $silent, $closed, $file, $count) = splice @ARGV, 0, 10;
my @aside = splice @ARGV, 0, $count;
my $filter = pack 'H*', $hex;
my $program = pack 'S x![P] P', length($filter) / 8, $filter;
# %ENV has neither the order nor the duplicates of the environment, and a variable of strait's own is left out
open my $in, '<', '/proc/self/environ' or fail(125, "cannot read its environment: $!");
my @environment = do { local $/ = "\0"; <$in> };
close $in;
chop @environment;
@environment = ((grep { $_ ne 'PERL_BADLANG=0' } @environment), @aside);
my $arguments = pack 'p*', @ARGV, undef;
my $variables = pack 'p*', @environment, undef;
# perl opens /dev/null in their place
syscall($close + 0, $_ + 0) for $closed =~ /\d/g;
# perl ignores it
$SIG{FPE} = 'DEFAULT';
syscall($prctl + 0, 38, 1, 0, 0, 0) == 0 or fail(125, "the kernel did not set no_new_privs: $!");
syscall($seccomp + 0, 1, $flags + 0, $program) == 0 or fail(125, "the kernel did not take the filter: $!");
syscall($execve + 0, $file, $arguments, $variables);
my $status = $! == 2 ? 127 : 126;
fail($status, "'$file' cannot be executed: $!; does the profile allow execve?") unless $silent;
exit $status;

sub fail {
    my ($status, $what) = @_;
    print STDERR "strait: error: $what [not-started]\n";
    exit $status;
}
