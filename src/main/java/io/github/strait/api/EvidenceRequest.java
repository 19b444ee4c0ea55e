package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.audit.Selection;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.evidence.ReadListener;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.follow.ProgramChoice;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The options for reading evidence.
 *
 * @param machine the machine that recorded it, where it does not prove that itself
 * @param programs what to keep: the calls of these programs and their children, by path or last part; all when empty
 * @param firstPrograms the same, of their tasks from these programs on
 * @param comms which lines of logs to keep: those of tasks of these names; all when empty
 * @param exes the same, of these executables, by path or last part
 * @param pids the same, of these processes
 * @param isSilenceFine whether a log alone may have no audit line of seccomp, and say that nothing was denied
 */
public record EvidenceRequest(
        Optional<Arch> machine,
        ImmutableList<String> programs,
        ImmutableList<String> firstPrograms,
        ImmutableList<String> comms,
        ImmutableList<String> exes,
        ImmutableList<Long> pids,
        boolean isSilenceFine) {
    /** All that the files hold. */
    public static final EvidenceRequest DEFAULT = new EvidenceRequest(
            Optional.empty(),
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of(),
            false);

    /** The same evidence, recorded on this machine. */
    public EvidenceRequest recordedOn(Arch arch) {
        return new EvidenceRequest(Optional.of(arch), programs, firstPrograms, comms, exes, pids, isSilenceFine);
    }

    /** The same, of calls that a profile denied: a log may say that there were none. */
    public EvidenceRequest ofDenials() {
        return new EvidenceRequest(machine, programs, firstPrograms, comms, exes, pids, true);
    }

    /**
     * Reads evidence.
     *
     * @param arguments files, directories, names of {@code strace -ff} sets, {@code -} for standard input; at least one
     * @param stdin what {@code -} reads
     * @throws RefusalException when one of them cannot be used
     */
    public Evidence read(List<String> arguments, InputStream stdin) {
        return read(arguments, stdin, ReadListener.NONE);
    }

    /**
     * As {@link #read(List, InputStream)}.
     *
     * @param progress told of each portion that is read
     */
    public Evidence read(List<String> arguments, InputStream stdin, ReadListener progress) {
        return read(arguments, stdin, progress, ArgumentWatch.NONE);
    }

    /** @param watch collects the arguments of calls meanwhile */
    Evidence read(List<String> arguments, InputStream stdin, ReadListener progress, ArgumentWatch watch) {
        if (programs.contains("") || firstPrograms.contains("") || comms.contains("") || exes.contains("")) {
            throw RefusalException.usage("an empty argument names no program; is a variable unset?");
        }
        if (arguments.contains("")) {
            // the empty path is the working directory, which an unset shell variable does not mean
            throw RefusalException.usage("an empty argument names no evidence; is a variable unset?");
        }
        EvidenceReader reader = new EvidenceReader(machine, Machine.here(), stdin, progress)
                .choosing(ProgramChoice.of(programs, firstPrograms))
                .watching(watch);
        if (!comms.isEmpty() || !exes.isEmpty() || !pids.isEmpty()) {
            reader.selecting(Selection.of(comms, exes, pids));
        }
        if (isSilenceFine) {
            reader.acceptingSilence();
        }
        return reader.read(arguments);
    }
}
