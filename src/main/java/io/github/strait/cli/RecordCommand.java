package io.github.strait.cli;

import com.google.common.collect.ImmutableMap;
import io.github.strait.api.Claim;
import io.github.strait.api.Denials;
import io.github.strait.api.DerivedProfile;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.StartRequest;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.record.CallerEnvironment;
import io.github.strait.record.Clients;
import io.github.strait.record.Confinement;
import io.github.strait.record.ContainerEngine;
import io.github.strait.record.Durations;
import io.github.strait.record.ImageRecorder;
import io.github.strait.record.LeftOut;
import io.github.strait.record.PrivateFolder;
import io.github.strait.record.QemuRecorder;
import io.github.strait.record.RecordOptions;
import io.github.strait.record.RecordResult;
import io.github.strait.record.Recorder;
import io.github.strait.record.Running;
import io.github.strait.record.Sizes;
import io.github.strait.record.TraceTail;
import io.github.strait.report.SummaryText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a command under strace so that its trace is the best evidence. */
final class RecordCommand extends Command {
    private final Console console;

    private final Parameter<String> command = operand(
                    "CMD", ValueType.COMMAND, "The command and its arguments; put -- before it.")
            .repeatable();

    private final Parameter<Path> trace = option(
            "-o",
            "--output",
            "TRACE",
            ValueType.PATH,
            "The trace to write; .zst, .gz and .xz are compressed (default: CMD.strace in this directory).");

    private final Parameter<Path> profile = option(
            "--profile", "FILE", ValueType.PATH, "Write the profile of the trace; without -o the trace is not kept.");

    private final Parameter<String> under = option(
            "--under", "PROFILE", ValueType.FILE, "Start CMD under this profile; the trace shows what it denies.");

    private final KnownOption known = include(new KnownOption());

    private final QemuOption qemu = include(new QemuOption());

    private final Parameter<Long> attach = option(
                    "--attach",
                    "PID",
                    ValueType.NUMBER,
                    "Record a running process with all its threads and children (repeatable).")
            .repeatable();

    private final ImageOption image = include(new ImageOption(
            "record",
            "Record a new container of this image from its first instruction (default trace: IMAGE.strace.zst)"));

    private final Parameter<String> container =
            option("--container", "NAME", ValueType.TEXT, "Record a running container, by its name or id.");

    private final Parameter<ContainerEngine> engine = option(
            "--engine",
            "ENGINE",
            ValueType.ENGINE,
            "The engine of --container or --image (default: those that are on PATH): " + Parameter.EACH_WORD + ".");

    private final Parameter<String> unit =
            option("--unit", "NAME", ValueType.TEXT, "Record the processes of a systemd unit.");

    private final Parameter<String> duration =
            option("--duration", "TIME", ValueType.TEXT, "Stop after this time, such as 30s, 5m or 1h.");

    private final Parameter<Boolean> keepEnvironment =
            flag("--keep-env", "Leave PWD, OLDPWD and _ in the environment of CMD; a container does not set them.");

    private final Parameter<String> maxSize = option(
            "--max-size",
            "SIZE",
            ValueType.TEXT,
            "Stop recording when the trace reaches this size, such as 500M or 2G; CMD continues, and the exit"
                    + " status is 125.");

    private LeftOut leftOut = LeftOut.NOTHING;

    /** Where the profile goes, as it was before the recording. */
    private @Nullable ProfilePlace place;

    /** The container or the unit that is recorded. */
    private @Nullable Running running;

    private final FormatOption formatOption = include(new FormatOption());
    private final NameOption nameOption = include(new NameOption());
    private final DialectOption dialectOption = include(new DialectOption());
    private final HardeningOption hardeningOption = include(new HardeningOption());
    private final LayoutOption layoutOption = include(new LayoutOption());
    private final DerivationOptions derivationOptions = include(new DerivationOptions());
    private final MachineOptions machineOptions = include(new MachineOptions());
    private final CommonOptions common = include(new CommonOptions());

    RecordCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                        "record",
                        "Runs CMD under strace with the options that give the best evidence, and exits as CMD does.",
                        "  strait record -o app.strace -- ./app --serve",
                        "  strait record --profile app.json --no-new-privs -- ./app --serve",
                        "  strait record --under app.json -o denied.strace -- ./app --serve",
                        "  strait record --known app.strace -o load.strace -- ./app --serve",
                        "  strait record -o app.strace.zst --attach 4711 --duration 10m",
                        "  strait record --container web --duration 10m",
                        "  strait record --qemu aarch64 -o app.strace -- ./app-arm64 --serve",
                        "  strait record --profile app.json --image nginx -p 8080:80 -- nginx -g 'daemon off;'",
                        "What runs already has made the calls of its start: --attach, --container and --unit miss them.")
                .withStatuses(ImmutableMap.of(
                        "N", "CMD's own; 128+N if signal N killed it; 0 after --attach, --container and --unit",
                        "125", "strait or strace failed, or the evidence is incomplete",
                        "126", "CMD could not be executed",
                        "127", "CMD was not found"));
    }

    @Override
    int run() throws IOException {
        common.applyTo(console);
        checkSubject();
        hardeningOption.check(formatOption.format());
        derivationOptions.findTargets();
        if (known.isGiven()) {
            leftOut = leftOut();
        }
        Clients.warning(command.values()).ifPresent(console::diagnostic);
        place = profile.isGiven() ? ProfilePlace.of(profile.value()) : null;
        find();
        if (image.isGiven()) {
            return recordedImage();
        }
        if (trace.isGiven() || !profile.isGiven()) {
            RecordResult result = recorded(kept());
            if (!trace.isGiven() || console.showsProgress()) {
                console.note("strait: the trace is in " + result.trace() + "\n");
            }
            return derived(result, List.of(result.trace()));
        }
        try (PrivateFolder folder = PrivateFolder.temporary()) {
            RecordResult result = recorded(folder.file("record.strace"));
            return derived(result, List.of(result.trace()));
        }
    }

    /** Exactly one thing to record must be named, with options that fit it. */
    private void checkSubject() {
        qemu.check(List.of(under, attach, container, unit, maxSize), known.isGiven() || image.isGiven());
        if (image.isGiven()) {
            checkImage();
            return;
        }
        List<String> given = new ArrayList<>();
        if (command.isGiven()) {
            given.add("a command (after --)");
        }
        for (Parameter<?> running : List.of(attach, container, unit)) {
            if (running.isGiven()) {
                given.add(running.names().get(0) + " " + running.label());
            }
        }
        if (given.size() != 1) {
            throw RefusalException.usage("record takes one of a command (after --), --attach PID, --container NAME,"
                    + " --unit NAME and --image IMAGE"
                    + (given.isEmpty() ? "" : ", and not " + String.join(" with ", given))
                    + "; see strait record --help");
        }
        if (under.isGiven() && !command.isGiven()) {
            throw RefusalException.usage("a running program cannot be put under a filter; start it again");
        }
        if (engine.isGiven() && !container.isGiven()) {
            throw RefusalException.usage("--engine is for --container NAME and --image IMAGE");
        }
    }

    private void checkImage() {
        if (known.isGiven()) {
            throw RefusalException.usage("--known needs CMD on this machine: leave it out to record an image");
        }
        image.check(List.of(attach, container, unit, maxSize, keepEnvironment), console);
    }

    /** Records a new container, with all that starts in it. */
    private int recordedImage() throws IOException {
        if (trace.isGiven() || !profile.isGiven()) {
            return recordedImage(trace.or(image.defaultTrace()));
        }
        try (PrivateFolder folder = PrivateFolder.temporary()) {
            return recordedImage(folder.file("record.strace"));
        }
    }

    private int recordedImage(Path target) {
        ImageRecorder recorder =
                new ImageRecorder(console::diagnostic, CallerEnvironment.ofThisProcess(keepEnvironment.isGiven()));
        ImageRecorder.Result result = recorder.record(image.options(
                target,
                engine.given(),
                command.values(),
                under.given().map(Path::of),
                derivationOptions.isNoNewPrivileges(),
                duration.given().map(Durations::parse),
                console));
        if (under.isGiven()) {
            Claim claim = Claim.of(ProfileFile.read(under.value(), console.in()), machineOptions.resolver(console));
            new Denials(claim, console).name(result.main().trace());
        }
        List<Path> traces = result.traces();
        if (!trace.isGiven() && !profile.isGiven() || console.showsProgress()) {
            traces.forEach(each -> console.note("strait: the trace is in " + each + "\n"));
        }
        return derived(result.main(), traces);
    }

    /** Finds the container or the unit that is to be recorded. */
    private void find() {
        CallerEnvironment environment = CallerEnvironment.ofThisProcess(false);
        if (container.isGiven()) {
            running = Running.container(container.value(), engine.given(), environment);
        } else if (unit.isGiven()) {
            running = Running.unit(unit.value(), environment);
        }
    }

    /** The calls that are not traced. What cannot be is refused before anything runs. */
    private LeftOut leftOut() {
        if (!command.isGiven()) {
            throw RefusalException.usage("--known needs CMD: strace leaves calls out by a filter that CMD is started"
                    + " under, and a running program cannot be put under one");
        }
        if (under.isGiven()) {
            throw RefusalException.usage("--known and --under exclude each other: a call that PROFILE denies would not"
                    + " show in the trace");
        }
        return known.leftOut(
                profile.isGiven(), derivationOptions.arguments(), machineOptions.resolver(console), console);
    }

    /** Writes the profile, if one is wanted. */
    private int derived(RecordResult result, List<Path> traces) {
        if (profile.isGiven() && result.isComplete()) {
            Objects.requireNonNull(place).check();
            derive(traces, profile.value());
        } else if (profile.isGiven()) {
            console.diagnostic(Diagnostic.error(
                    "no-profile",
                    SourcePosition.ofFile(profile.value().toString()),
                    "is not written, because it would deny calls that the evidence lacks; record again"));
        }
        return result.exitStatus();
    }

    private RecordResult recorded(Path target) {
        if (qemu.isGiven()) {
            CallerEnvironment environment = CallerEnvironment.ofThisProcess(keepEnvironment.isGiven());
            return qemu.recorded(new QemuRecorder(console::diagnostic, environment), options(target, Optional.empty()));
        }
        Recorder recorder = new Recorder(
                        console::diagnostic, CallerEnvironment.ofThisProcess(keepEnvironment.isGiven()))
                .noting(note -> console.note("strait: " + note + "\n"));
        if (!console.showsProgress()) {
            return recorded(target, recorder);
        }
        try (RecordingView view = console.recording(!command.isGiven())) {
            return recorded(target, recorder.telling(view));
        }
    }

    private RecordResult recorded(Path target, Recorder recorder) {
        if (!under.isGiven()) {
            return recorder.record(options(target, Optional.empty()));
        }
        Claim claim = Claim.of(ProfileFile.read(under.value(), console.in()), machineOptions.resolver(console));
        Denials denials = new Denials(claim, console);
        RecordResult result;
        try (TraceTail tail = denials.tail()) {
            Confinement confinement = claim.confinement();
            result = recorder.tailed(tail).record(options(target, Optional.of(confinement)));
        }
        denials.name(result.trace());
        return result;
    }

    private Path kept() {
        if (trace.isGiven()) {
            return trace.value();
        }
        if (running != null) {
            return running.defaultTrace();
        }
        return attach.isGiven()
                ? RecordOptions.defaultTrace(attach.value())
                : RecordOptions.defaultTrace(command.value());
    }

    private RecordOptions options(Path target, Optional<Confinement> confinement) {
        RecordOptions options = recording(target);
        if (confinement.isPresent()) {
            options = options.under(confinement.get());
        }
        options = options.leavingOut(leftOut);
        if (maxSize.isGiven()) {
            options = options.upTo(Sizes.parse(maxSize.value()));
        }
        if (!duration.isGiven()) {
            return options;
        }
        return options.within(Durations.parse(duration.value()));
    }

    private RecordOptions recording(Path target) {
        if (running != null) {
            return RecordOptions.ofRunning(target, running);
        }
        return attach.isGiven()
                ? RecordOptions.ofAttached(target, attach.values())
                : RecordOptions.ofCommand(target, command.values());
    }

    private void derive(List<Path> recorded, Path file) {
        Evidence evidence = new EvidenceOptions().read(known.with(recorded), console);
        if (image.isGiven()) {
            StartRequest.recordedRuntime(evidence).ifPresent(derivationOptions::startedBy);
        }
        OutputFormat hardened = hardeningOption.applyTo(formatOption.format());
        OutputFormat format = layoutOption.applyTo(nameOption.applyTo(dialectOption.applyTo(hardened), file));
        DerivedProfile derived = derivationOptions.derive(evidence, format);
        OutputFile.write(derived.write(), file, console);
        console.diagnostics(derived.diagnostics());
        console.diagnostics(derived.warnings());
        console.note(SummaryText.of(derived.summary()));
    }
}
