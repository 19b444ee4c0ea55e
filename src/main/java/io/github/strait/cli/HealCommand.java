package io.github.strait.cli;

import com.google.common.collect.ImmutableMap;
import io.github.strait.api.Denials;
import io.github.strait.api.Healing;
import io.github.strait.api.Healing.Call;
import io.github.strait.api.NeverAllowed;
import io.github.strait.api.ProfileFile;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.Clients;
import io.github.strait.record.ContainerEngine;
import io.github.strait.record.Durations;
import io.github.strait.record.ImageOptions;
import io.github.strait.record.ImageRecorder;
import io.github.strait.record.PrivateFolder;
import io.github.strait.record.RecordOptions;
import io.github.strait.record.RecordResult;
import io.github.strait.record.Recorder;
import io.github.strait.record.StartStatus;
import io.github.strait.record.TraceTail;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Runs a command, or a container, under a profile and allows what it is denied, until a run is denied nothing. */
final class HealCommand extends Command {
    /** Of the rounds, the one that lets unlisted calls run: those before it show how the command fares without. */
    private static final int WIDE = 3;

    private static final int ROUNDS = 10;

    private final Console console;

    private final Parameter<String> command = operand(
                    "CMD", ValueType.COMMAND, "The command and its arguments; put -- before it.")
            .repeatable();

    private final Parameter<String> file = option(
                    "--profile", "FILE", ValueType.FILE, "The profile; it is written again after each round.")
            .required();

    private final Parameter<Boolean> yes =
            flag("--yes", "Allow all that is denied, but for the calls that are never allowed, without asking.");

    private final Parameter<Path> never = option(
            "--never",
            "LIST",
            ValueType.PATH,
            "Calls that are never allowed beside those of the class critical: a name a line.");

    private final Parameter<Long> rounds =
            option("--rounds", "N", ValueType.NUMBER, "Give up after this many runs (default: " + ROUNDS + ").");

    private final Parameter<Boolean> confined = flag(
            "--confined",
            "Run every round under the profile itself; without it, the third lets unlisted calls run that may be"
                    + " allowed, to find all at once.");

    private final Parameter<String> duration =
            option("--duration", "TIME", ValueType.TEXT, "End CMD after this time, such as 30s, 5m or 1h.");

    private final ImageOption image = include(new ImageOption(
            "heal", "Run CMD, or what the image starts itself, in a new container of this image each time"));

    private final Parameter<ContainerEngine> engine = option(
            "--engine",
            "ENGINE",
            ValueType.ENGINE,
            "The engine of --image: podman or docker (default: the first that is on PATH).");

    private final Parameter<Boolean> noNewPrivileges =
            flag("--no-new-privs", "Start the container of --image with no-new-privileges (recommended).");

    private final EnvironmentOption environment = include(new EnvironmentOption());
    private final MachineOptions machineOptions = include(new MachineOptions());
    private final CommonOptions common = include(new CommonOptions());

    HealCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                        "heal",
                        "Runs CMD under a profile, names what it is denied, allows what you confirm, and runs it again,"
                                + " until a run is denied nothing.",
                        "  strait heal --profile app.json -- ./app --report",
                        "  strait heal --profile app.json --yes --never never.txt -- make test",
                        "  strait heal --profile app.json --no-new-privs --image nginx -p 8080:80",
                        "Answers are y, n (or nothing), all and quit. The profile keeps its format; at the end the",
                        "difference is shown. Allow a call that heal never allows by hand: strait merge app.json CALLS")
                .withStatuses(ImmutableMap.of(
                        "0", "the last run was denied nothing",
                        "1", "denied calls are left",
                        "125", "strait or strace failed, or the kernel refused the filter",
                        "126", "CMD could not be executed, or the profile denies execve",
                        "127", "CMD was not found"));
    }

    @Override
    int run() throws IOException {
        common.applyTo(console);
        if (file.value().equals(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input is the command's; name a file for the profile");
        }
        if (rounds.isGiven() && rounds.value() < 1) {
            throw RefusalException.usage("--rounds takes a number from 1");
        }
        checkSubject();
        Clients.warning(command.values()).ifPresent(console::diagnostic);
        Healing healing = new Healing(
                ProfileFile.read(file.value(), console.in()),
                machineOptions.resolver(console),
                never.isGiven() ? NeverAllowed.of(never.value()) : NeverAllowed.CRITICAL);
        if (image.isGiven() && !healing.isForEngines()) {
            throw RefusalException.usage(
                    "engines do not read this profile; make one for --image with: strait convert -o FILE.json");
        }
        ProfilePlace place = ProfilePlace.of(Path.of(file.value()));
        try (PrivateFolder folder = PrivateFolder.temporary()) {
            int status = heal(healing, place, folder);
            String changes = Renderers.DIFFERENCE.render(healing.difference(), Style.TEXT);
            console.note(healing.difference().isEmpty() ? "strait: the profile is as it was\n" : changes);
            return status;
        }
    }

    private void checkSubject() {
        if (image.isGiven()) {
            image.check(environment.parameters(), console);
            image.checkProfile(console);
            return;
        }
        if (!command.isGiven()) {
            throw RefusalException.usage(
                    "heal takes a command (after --), --image IMAGE, or both; see strait heal --help");
        }
        for (Parameter<?> other : List.of(engine, noNewPrivileges)) {
            if (other.isGiven()) {
                throw RefusalException.usage(other.names().get(0) + " is for --image IMAGE");
            }
        }
    }

    private int heal(Healing healing, ProfilePlace place, PrivateFolder folder) throws IOException {
        HealedContainer container = new HealedContainer(console, healing);
        long limit = rounds.isGiven() ? rounds.value() : ROUNDS;
        for (int round = 1; round <= limit; round++) {
            boolean isWide = round == WIDE && !confined.isGiven() && round < limit;
            console.note("strait: round " + round + (isWide ? ", which lets unlisted calls run\n" : "\n"));
            Round ran = round(healing, container, folder.file("round-" + round + ".strace"), isWide);
            RecordResult result = ran.result();
            if (!result.isComplete()) {
                return StartStatus.FAILED;
            }
            Set<Call> denied = ran.denied();
            if (denied.isEmpty() && !isWide) {
                console.note("strait: round " + round + " was denied nothing; CMD exited with " + result.exitStatus()
                        + "\n");
                return ExitStatus.DONE;
            }
            List<Call> allowed = allowed(healing, denied);
            if (!allowed.isEmpty() && healing.allow(allowed)) {
                place.write(healing.document(), console);
            } else if (!isWide) {
                console.diagnostic(Diagnostic.error(
                        "still-denied",
                        null,
                        "denied calls are left: " + words(denied) + "; CMD exited with " + result.exitStatus()));
                return ExitStatus.FINDING;
            }
        }
        console.diagnostic(Diagnostic.error(
                "still-denied", null, "the run is still denied calls after " + limit + " rounds; raise --rounds"));
        return ExitStatus.FINDING;
    }

    private static String words(Set<Call> calls) {
        return String.join(", ", calls.stream().map(Call::toString).toList());
    }

    /** How a run ended, and what it is denied or would be. */
    private record Round(RecordResult result, Set<Call> denied) {}

    private Round round(Healing healing, HealedContainer container, Path trace, boolean isWide) throws IOException {
        if (!image.isGiven()) {
            RecordResult result = recorded(healing, trace, isWide);
            return new Round(result, result.isComplete() ? healing.denied(List.of(trace), !isWide) : Set.of());
        }
        Path under = trace.resolveSibling(trace.getFileName() + ".json");
        Files.write(under, isWide ? healing.wideDocument() : healing.document());
        ImageOptions options = image.options(
                trace,
                engine.given(),
                command.values(),
                Optional.of(under),
                noNewPrivileges.isGiven(),
                duration.given().map(Durations::parse),
                console);
        ImageRecorder.Result result = container.record(options);
        if (!result.main().isComplete()) {
            return new Round(result.main(), Set.of());
        }
        Set<Call> denied = healing.denied(result.traces(), !isWide);
        container.checkStart(options, isWide);
        return new Round(result.main(), denied);
    }

    private RecordResult recorded(Healing healing, Path trace, boolean isWide) {
        Recorder recorder = new Recorder(console::diagnostic, environment.environment());
        RecordOptions options = RecordOptions.ofCommand(trace, command.values());
        if (duration.isGiven()) {
            options = options.within(Durations.parse(duration.value()));
        }
        if (isWide) {
            return recorder.record(options.under(healing.wide()));
        }
        // it names them as they come: a command that hangs for a denial does not come to its end
        try (TraceTail tail = new Denials(healing.claim(), console).tail()) {
            return recorder.tailed(tail).record(options.under(healing.claim().confinement()));
        }
    }

    /** The calls that may be allowed, and that the user wants to allow. */
    private List<Call> allowed(Healing healing, Set<Call> denied) throws IOException {
        List<Call> allowed = new ArrayList<>();
        boolean isAll = yes.isGiven();
        boolean isOver = false;
        for (Call call : denied) {
            if (healing.isRefused(call)) {
                continue;
            }
            if (healing.never(call).isPresent()) {
                console.diagnostic(Diagnostic.warning(
                        "never-allowed",
                        null,
                        call + " stays denied: it " + healing.never(call).get()));
                healing.refuse(call);
                continue;
            }
            String answer = isAll ? "y" : isOver ? "n" : answer(call);
            isAll |= answer.equals("all");
            isOver |= answer.equals("quit");
            if (isAll || answer.equals("y")) {
                allowed.add(call);
            } else {
                healing.refuse(call);
            }
        }
        return allowed;
    }

    /** Asks; no answer is no. */
    private String answer(Call call) throws IOException {
        while (true) {
            console.err().print("allow " + call + "? [y/N/all/quit] ");
            console.err().flush();
            String line = line();
            switch (line.strip().toLowerCase(Locale.ROOT)) {
                case "y", "yes":
                    return "y";
                case "", "n", "no":
                    return "n";
                case "a", "all":
                    return "all";
                case "q", "quit":
                    return "quit";
                default:
                    console.err().println("answer y, n, all or quit");
            }
        }
    }

    /** One line, and no byte of the next: that may be for the command. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = console.in().read();
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            c = console.in().read();
        }
        return line.toString();
    }
}
