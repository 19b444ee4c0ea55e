package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.api.Machine;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.observation.ArgumentSamples;
import io.github.strait.observation.Observation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.report.VerificationJson;
import io.github.strait.report.VerificationReport;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.Filter;
import io.github.strait.verify.Layers;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.Observed;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays evidence against the filter of a profile. */
@Command(
        name = "verify",
        description =
                "Replays every observed call against the filter that the profile is, and shows which it would deny.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait verify app.json app.strace",
            "  strait verify docker-default.json app.strace --caps default,SYS_PTRACE --kernel 6.1",
            "  strait verify --minimal app.json traces/",
            "Exits with 0 when no observed call is denied, with 1 when one is, or when no container starts (with",
            "--minimal also when the profile allows what nothing needs), and with 2 on trouble. A call of which the"
                    + " evidence does not",
            "show the arguments that the profile looks at is undecided; observations never show them, traces",
            "mostly do."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "PROFILE", description = "A profile in any format that is read, or -.")
    private String file = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "EVIDENCE", description = "As for generate.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--minimal",
            description =
                    "Also take each allowed call out of the profile, to find what nothing needs, and ask of each run"
                            + " whether a profile of the others would have refused it.")
    private boolean minimal;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: text).")
    private ReportStyle style = ReportStyle.TEXT;

    @Mixin
    private StartOptions startOptions = new StartOptions();

    @Mixin
    private MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private EvidenceOptions evidenceOptions = new EvidenceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        common.applyTo(console);
        if (file.equals(ProfileFile.STDIN) && arguments.contains(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input cannot be both the profile and evidence; name a file for one");
        }
        Start start = startOptions.request().on(machineOptions.machine());
        Reader reader = new Reader(
                Engine.of(start.runtime()), evidenceOptions.declared().orElseGet(Machine::here));
        Claim claim = Claim.of(ProfileFile.read(file, console.in()), reader, console);
        ArgumentWatch watch = new ArgumentWatch(claim.arguments());
        Evidence evidence = evidenceOptions.read(arguments, console.in(), watch, console);
        Observed observed = new Observed(evidence.observation(), watch.samples());
        Set<Arch> arches = evidence.observation().architectures().keySet();
        Map<Arch, Profile> profiles = claim.profiles(arches, machineOptions, console);
        Verification verification = Verification.of(observed, claim.filters(profiles));
        Layers layers = Claim.layers(evidence.observation(), new DerivationOptions());
        Optional<Minimality> minimality =
                minimal ? Optional.of(Minimality.of(observed, profiles, layers)) : Optional.empty();
        Optional<CrossValidation> validation = minimal
                ? Optional.of(CrossValidation.of(
                        new Observed(evidence.observation(), ArgumentSamples.NONE), others -> derived(others, arches)))
                : Optional.empty();
        ImmutableList<Obstacle> obstacles =
                isAboutStart(evidence.observation()) ? claim.obstacles(profiles, start) : ImmutableList.of();
        String report = style == ReportStyle.JSON
                ? VerificationJson.of(obstacles, verification, layers, minimality, validation)
                : VerificationReport.start(file, obstacles)
                        + VerificationReport.text(verification, layers)
                        + minimality.map(VerificationReport::text).orElse("")
                        + validation.map(VerificationReport::text).orElse("");
        output.write(report, console);
        boolean denies = !verification.verdicts(Verdict.Kind.GAP).isEmpty();
        boolean isWide =
                minimality.filter(parts -> !parts.superfluous().isEmpty()).isPresent();
        boolean starts =
                obstacles.stream().noneMatch(obstacle -> obstacle.kind().isFinal());
        return denies || isWide || !starts ? ExitStatus.FINDING : evidenceOptions.exitStatus(evidence, console);
    }

    /** Evidence of a part of a program, without its execve, is no reason to ask whether a container starts. */
    private boolean isAboutStart(Observation observation) {
        return startOptions.request().isGiven()
                || observation.architectures().values().stream()
                        .anyMatch(calls -> calls.syscalls().containsKey("execve"));
    }

    /** What generate would make of these runs; where it makes nothing, nothing is allowed. */
    private static Map<Arch, Filter> derived(Observation runs, Set<Arch> arches) {
        Profile profile;
        try {
            profile = new DerivationOptions().derive(runs).plain();
        } catch (RefusalException e) {
            profile = Profile.builder(Action.ERRNO).architectures(arches).build();
        }
        Map<Arch, Filter> filters = new TreeMap<>();
        for (Arch arch : arches) {
            filters.put(arch, Filter.of(profile, arch));
        }
        return filters;
    }
}
