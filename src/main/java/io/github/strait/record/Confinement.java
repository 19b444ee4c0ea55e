package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import com.google.common.io.Resources;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Flag;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How a command is started under a filter: by a perl script that installs it and becomes the command. Perl is on every
 * Debian, and can make any system call; the JVM can make none itself.
 *
 * @param program the filter
 * @param arch the ABI of this JVM, and of perl
 * @param flags how to install it
 * @param untraced calls of that ABI that need not be traced
 */
public record Confinement(Program program, Arch arch, ImmutableSet<Flag> flags, ImmutableSet<String> untraced) {
    /** Followed from fork to exec, and the call by which the script's part of a trace ends. */
    private static final ImmutableSet<String> ALWAYS_TRACED =
            ImmutableSet.of("clone", "clone3", "fork", "vfork", "execve", "execveat", "seccomp");

    /** Keeps perl from warning of a locale that is not there; the script takes it out again. */
    static final String QUIET = "PERL_BADLANG=0";

    private static final String SCRIPT = script();

    /** Traces all calls. */
    public static Confinement of(Program program, Arch arch, Set<Flag> flags) {
        return new Confinement(program, arch, ImmutableSet.copyOf(flags), ImmutableSet.of());
    }

    /** The same, but these calls of its ABI are not traced. */
    public Confinement passingOver(Set<String> names) {
        return new Confinement(program, arch, flags, ImmutableSet.copyOf(names));
    }

    /**
     * The command line that becomes the command.
     *
     * @param silent whether the caller reports a failed execve
     * @throws RefusalException when perl or the command is missing
     */
    List<String> command(List<String> command, boolean silent, CallerEnvironment environment) {
        String path = environment.variable("PATH").orElse("");
        Path perl;
        try {
            perl = CommandLookup.find("perl", path);
        } catch (RefusalException e) {
            throw RefusalException.of(
                    "no-perl",
                    "no perl on PATH, which starts commands under a filter; install it (apt-get install perl-base)");
        }
        Path file = CommandLookup.find(command.get(0), path);
        ByteOrder order = arch.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        List<String> aside = environment.setAside(true);
        return ImmutableList.<String>builder()
                // without a sitecustomize.pl
                .add(perl.toString(), "-f", "-e", SCRIPT, "--")
                .add(BaseEncoding.base16().lowerCase().encode(program.encode(order)))
                .add(
                        Integer.toString(flagBits()),
                        number("prctl"),
                        number("seccomp"),
                        number("execve"),
                        number("close"))
                .add(silent ? "1" : "0", System.getProperty("strait.closed", "-"))
                .add(file.toString(), Integer.toString(aside.size()))
                .addAll(aside)
                .addAll(command)
                .build();
    }

    /** The values of {@code linux/seccomp.h}. */
    private int flagBits() {
        return flags.stream()
                .mapToInt(flag -> switch (flag) {
                    case TSYNC -> 1;
                    case LOG -> 2;
                    case SPEC_ALLOW -> 4;
                    // only for a filter with a listener
                    case WAIT_KILLABLE_RECV -> 0;
                })
                .sum();
    }

    private String number(String name) {
        return Integer.toString(SyscallTable.of(arch).number(name).orElseThrow());
    }

    /** The options that select the calls for strace; empty for all calls. */
    List<String> straceOptions() {
        List<String> names = untraced.stream()
                .filter(name -> !ALWAYS_TRACED.contains(name))
                .sorted()
                .map(name -> "?" + name + "@" + arch.pointerBits())
                .toList();
        return names.isEmpty() ? ImmutableList.of() : ImmutableList.of("-e", "trace=!" + String.join(",", names));
    }

    private static String script() {
        try {
            return Resources.toString(Resources.getResource(Confinement.class, "confine.pl"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
