# perl filters.pl PTRACE OUT UNIT...: writes the filters of each unit's process, "spin UNIT", to OUT/UNIT, oldest first, a
# line of hexadecimal digits each, and ends it. PTRACE is the number of ptrace. For a unit that does not start: "none".
use strict;
use warnings;
my ($ptrace, $out, @units) = @ARGV;
my ($get, $seize, $interrupt) = (0x420c, 0x4206, 0x4207);

# REQUEST PID ADDRESS DATA; the kernel writes into the variable that DATA is.
sub ask { return syscall($ptrace + 0, $_[0], $_[1] + 0, $_[2], $_[3]); }

# The processes that have become the program, and so have all their filters, by unit.
sub running {
    my %pids;
    for my $folder (glob '/proc/[0-9]*') {
        next unless (readlink("$folder/exe") // '') =~ m{/spin$};
        open(my $line, '<', "$folder/cmdline") or next;
        my (undef, $unit) = split /\0/, <$line> // '';
        $pids{$unit} = substr($folder, 6);
    }
    return %pids;
}

my %pids;
for (1 .. 200) {
    %pids = running();
    last if keys %pids == @units;
    select(undef, undef, undef, 0.02);
}
for my $unit (@units) {
    my $pid = $pids{$unit};
    open(my $file, '>', "$out/$unit") or die "$out/$unit: $!\n";
    if ($pid) {
        ask($seize, $pid, 0, 0) == 0 or die "cannot trace $pid: $!\n";
        ask($interrupt, $pid, 0, 0) == 0 or die "cannot stop $pid: $!\n";
        waitpid($pid, 0x40000000) == $pid or die "cannot wait for $pid: $!\n";
        for (my $i = 0; (my $size = ask($get, $pid, $i, 0)) >= 0; $i++) {
            my $filter = "\0" x (8 * $size);
            ask($get, $pid, $i, $filter) == $size or die "filter $i: $!\n";
            print $file unpack('H*', $filter), "\n";
        }
        kill 'KILL', $pid;
    } else {
        print $file "none\n";
    }
    close $file;
}
