package io.github.strait.cli;

import io.github.strait.derive.Derivation;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.record.CallerEnvironment;
import io.github.strait.record.Clients;
import io.github.strait.record.Confinement;
import io.github.strait.record.Durations;
import io.github.strait.record.PrivateFolder;
import io.github.strait.record.RecordOptions;
import io.github.strait.record.RecordResult;
import io.github.strait.record.Recorder;
import io.github.strait.record.Sizes;
import io.github.strait.record.StartStatus;
import io.github.strait.record.TargetPath;
import io.github.strait.record.TraceTail;
import io.github.strait.report.Summary;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command under strace so that its trace is the best evidence. */
@Command(
        name = "record",
        description = "Runs CMD under strace with the options that make the best evidence, and exits as CMD does.",
        exitCodeOnInvalidInput = StartStatus.FAILED,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "N:CMD's own; 128+N when signal N killed it; 0 after --attach",
            "125:strait or strace failed, or the evidence is incomplete",
            "126:CMD could not be executed",
            "127:CMD was not found"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait record -o app.strace -- ./app --serve",
            "  strait record --profile app.json --no-new-privs -- ./app --serve",
            "  strait record --under app.json -o denied.strace -- ./app --serve",
            "  strait record -o app.strace.zst --attach 4711 --duration 10m"
        })
final class RecordCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "CMD", description = "The command and its arguments; put -- before it.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "TRACE",
            description = "Where the trace goes; .zst, .gz and .xz are compressed (default: CMD.strace here).")
    private @Nullable Path trace;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Write the profile that the trace gives; without -o the trace is not kept.")
    private @Nullable Path profile;

    @Option(
            names = "--under",
            paramLabel = "PROFILE",
            description = "Start CMD under this profile; the trace shows what it denies.")
    private @Nullable String under;

    @Option(names = "--attach", paramLabel = "PID", description = "Record a running process; may be given again.")
    private List<Long> attach = new ArrayList<>();

    @Option(names = "--duration", paramLabel = "TIME", description = "Stop after this time, such as 30s, 5m or 1h.")
    private @Nullable String duration;

    @Option(
            names = "--keep-env",
            description = "Leave PWD, OLDPWD and _ in the environment of CMD; a container does not set them.")
    private boolean keepEnvironment;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description = "Stop recording when the trace is this large, such as 500M or 2G; CMD goes on, and the exit"
                    + " status is 125.")
    private @Nullable String maxSize;

    /** Where the profile goes, as it was before the recording. */
    private @Nullable Path place;

    @Mixin
    private FormatOption formatOption = new FormatOption();

    @Mixin
    private DerivationOptions derivationOptions = new DerivationOptions();

    @Mixin
    private MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    RecordCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        common.applyTo(console);
        if (command.isEmpty() == attach.isEmpty()) {
            throw RefusalException.usage("record takes either a command (after --) or --attach PID; see record --help");
        }
        Clients.warning(command).ifPresent(console::diagnostic);
        place = profile == null ? null : place(profile);
        if (trace != null || profile == null) {
            RecordResult result = recorded(kept());
            if (trace == null || console.showsProgress()) {
                console.note("strait: the trace is in " + result.trace() + "\n");
            }
            return derived(result);
        }
        try (PrivateFolder folder = PrivateFolder.temporary()) {
            return derived(recorded(folder.file("record.strace")));
        }
    }

    /** Writes the profile, if one is wanted. */
    private int derived(RecordResult result) {
        if (profile != null && result.isComplete()) {
            if (!place(profile).equals(place)) {
                throw RefusalException.of(
                        "cannot-write",
                        profile,
                        "leads elsewhere than before the recording, as if the program had made links; name another file");
            }
            derive(result.trace(), profile);
        } else if (profile != null) {
            console.diagnostic(Diagnostic.error(
                    "no-profile",
                    SourcePosition.ofFile(profile.toString()),
                    "is not written: calls that the evidence lacks would be denied; record again"));
        }
        return result.exitStatus();
    }

    /** Where a file is in the end. The program may make links as soon as it runs, and this process may have more rights. */
    private static Path place(Path file) {
        if (OutputFile.isStdout(file)) {
            return file;
        }
        try {
            return TargetPath.of(file);
        } catch (NoSuchFileException e) {
            throw RefusalException.of(
                    "cannot-write", file, "cannot be written: its directory does not exist; create it first");
        } catch (IOException e) {
            throw RefusalException.of("cannot-write", file, "cannot be written: " + e.getMessage());
        }
    }

    private RecordResult recorded(Path target) {
        Recorder recorder = new Recorder(console::diagnostic, CallerEnvironment.ofThisProcess(keepEnvironment));
        if (!console.showsProgress()) {
            return recorded(target, recorder);
        }
        try (RecordingTitle title = console.recording(command.isEmpty())) {
            return recorded(target, recorder.telling(title));
        }
    }

    private RecordResult recorded(Path target, Recorder recorder) {
        if (under == null) {
            return recorder.record(options(target, Optional.empty()));
        }
        Claim claim = Claim.of(ProfileFile.read(under, console.in()), console);
        Denials denials = new Denials(claim, machineOptions, console);
        RecordResult result;
        try (TraceTail tail = denials.tail()) {
            Confinement confinement = claim.confinement(machineOptions, console);
            result = recorder.tailed(tail).record(options(target, Optional.of(confinement)));
        }
        denials.name(result.trace());
        return result;
    }

    private Path kept() {
        if (trace != null) {
            return trace;
        }
        return command.isEmpty()
                ? RecordOptions.defaultTrace(attach.get(0))
                : RecordOptions.defaultTrace(command.get(0));
    }

    private RecordOptions options(Path target, Optional<Confinement> confinement) {
        RecordOptions options =
                command.isEmpty() ? RecordOptions.ofAttached(target, attach) : RecordOptions.ofCommand(target, command);
        if (confinement.isPresent()) {
            options = options.under(confinement.get());
        }
        if (maxSize != null) {
            options = options.upTo(Sizes.parse(maxSize));
        }
        if (duration == null) {
            return options;
        }
        return options.within(Durations.parse(duration));
    }

    private void derive(Path recorded, Path file) {
        Evidence evidence = new EvidenceOptions().read(List.of(recorded.toString()), console);
        derivationOptions.writeAs(formatOption.format());
        Derivation derivation = derivationOptions.derive(evidence.observation());
        OutputFile.write(derivationOptions.write(derivation), file, console);
        console.diagnostics(derivation.diagnostics());
        console.diagnostics(derivationOptions.warnings());
        console.note(Summary.of(
                evidence.observation(), derivation, derivationOptions.sharing(), derivationOptions.hasAnswers()));
    }
}
