package io.github.strait.cli;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observe.Evidence;
import io.github.strait.observe.EvidenceException;
import io.github.strait.observe.EvidenceReader;
import io.github.strait.observe.Run;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How evidence is read. */
final class EvidenceOptions {
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "The machine that recorded the traces, where they do not prove it themselves.")
    private @Nullable Arch arch;

    @Option(names = "--strict", description = "Exit with 1 when a line was not understood.")
    private boolean strict;

    /** Reads the evidence and prints what there is to say about it. */
    Evidence read(List<String> arguments, Console console) throws Failure {
        try {
            Evidence evidence = new EvidenceReader(Optional.ofNullable(arch), here(), console.in()).read(arguments);
            console.diagnostics(evidence.diagnostics());
            for (Run run : evidence.observation().runs()) {
                run.unparsedAt()
                        .forEach(position -> console.diagnostic(
                                Diagnostic.warning("unparsed-line", position, "not understood, so not counted")));
            }
            return evidence;
        } catch (EvidenceException e) {
            throw new Failure(e.diagnostic());
        }
    }

    /** The exit status of a command whose work is done. */
    int exitStatus(Evidence evidence) {
        boolean flawed = evidence.observation().lines().unparsed() > 0;
        return strict && flawed ? ExitStatus.FINDING : ExitStatus.DONE;
    }

    /** This machine's native ABI. */
    static Arch here() {
        return Arch.find(System.getProperty("os.arch", "")).orElse(Arch.X86_64);
    }
}
