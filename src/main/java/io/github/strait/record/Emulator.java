package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * qemu-user for the programs of one ABI.
 *
 * @param program its file
 * @param version such as {@code qemu-aarch64 7.2.22}
 */
record Emulator(Arch guest, Path program, String version) {
    private static final String PREFIX = "qemu-";

    /**
     * Finds the emulator of an ABI on PATH, the one without libraries first: a program's LD_PRELOAD is not for it.
     *
     * @throws RefusalException when there is none
     */
    static Emulator find(Arch guest, CallerEnvironment environment) {
        String name = PREFIX + name(guest);
        String path = environment.variable("PATH").orElse("");
        Path program = lookup(name + "-static", path)
                .or(() -> lookup(name, path))
                .orElseThrow(() -> RefusalException.of(
                        "no-qemu",
                        "neither " + name + "-static nor " + name
                                + " is on PATH; install it (apt-get install qemu-user-static)"));
        try {
            String first = environment
                    .capture(ImmutableList.of(program.toString(), "--version"))
                    .firstLine();
            return new Emulator(guest, program, version(first));
        } catch (IOException e) {
            throw RefusalException.of(
                    "no-qemu",
                    "cannot run " + program + " (" + e.getMessage() + "); install it (apt-get install"
                            + " qemu-user-static)");
        }
    }

    private static Optional<Path> lookup(String name, String path) {
        try {
            return Optional.of(CommandLookup.find(name, path).toAbsolutePath());
        } catch (RefusalException e) {
            return Optional.empty();
        }
    }

    /** qemu's name for an ABI. */
    private static String name(Arch guest) {
        return switch (guest) {
            case X86 -> "i386";
            case MIPSEL64 -> "mips64el";
            case MIPS64N32 -> "mipsn32";
            case MIPSEL64N32 -> "mipsn32el";
            case X32, S390 ->
                throw RefusalException.usage("qemu-user runs no programs of " + guest.label()
                        + "; record them where they run, or derive them: --derive");
            default -> guest.label();
        };
    }

    /** {@code qemu-aarch64 7.2.22} of {@code qemu-aarch64 version 7.2.22 (Debian …)}. */
    static String version(String line) {
        List<String> words = List.of(line.split(" ", 4));
        return words.size() < 3 ? line : words.get(0) + " " + words.get(2);
    }

    /**
     * The command line for a recording.
     *
     * @param log where qemu writes; its path must have no percent sign
     * @param root where a dynamic program finds its loader and its libraries
     * @param variables set for the program, but not for qemu
     * @param file that of the program
     * @param command its words; the first is its name
     */
    List<String> command(
            Path log, Optional<Path> root, List<String> variables, Path file, ImmutableList<String> command) {
        ImmutableList.Builder<String> line = ImmutableList.builder();
        line.add(program.toString(), "-d", "strace", "-D", log.toString());
        root.ifPresent(directory -> line.add("-L", directory.toString()));
        variables.forEach(variable -> line.add("-E", variable));
        line.add("-0", command.get(0), file.toString());
        return line.addAll(command.subList(1, command.size())).build();
    }
}
