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
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.report.VerificationJson;
import io.github.strait.report.VerificationReport;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.Filter;
import io.github.strait.verify.LayerNames;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.ObservedCalls;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Replays evidence against the filter of a profile. */
final class VerifyCommand extends Command {
    private final Console console;

    private final Parameter<String> file =
            operand("PROFILE", "A profile in any format that is read, or -.").required();

    private final Parameter<String> arguments =
            operand("EVIDENCE", "As for generate.").required().repeatable();

    private final Parameter<Boolean> minimal = flag(
            "--minimal",
            "Also take each allowed call out of the profile, to find what nothing needs, and ask of each run"
                    + " whether a profile of the others would have refused it.");

    private final Parameter<ReportStyle> style =
            option("--format", "FORMAT", ValueType.REPORT_STYLE, "${COMPLETION-CANDIDATES} (default: text).");

    private final StartOptions startOptions = include(new StartOptions());
    private final MachineOptions machineOptions = include(new MachineOptions());
    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "verify",
                "Replays every observed call against the filter that the profile is, and shows which it would deny.",
                "  strait verify app.json app.strace",
                "  strait verify docker-default.json app.strace --caps default,SYS_PTRACE --kernel 6.1",
                "  strait verify --minimal app.json traces/",
                "Exits with 0 when no observed call is denied, with 1 when one is, or when no container starts (with",
                "--minimal also when the profile allows what nothing needs), and with 2 on trouble. A call of which the"
                        + " evidence does not",
                "show the arguments that the profile looks at is undecided; observations never show them, traces",
                "mostly do.");
    }

    @Override
    int run() {
        common.applyTo(console);
        if (file.value().equals(ProfileFile.STDIN) && arguments.values().contains(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input cannot be both the profile and evidence; name a file for one");
        }
        Start start = startOptions.request().on(machineOptions.machine());
        Reader reader = new Reader(
                Engine.of(start.runtime()), evidenceOptions.declared().orElseGet(Machine::here));
        Claim claim = Claim.of(ProfileFile.read(file.value(), console.in()), reader, console);
        ArgumentWatch watch = new ArgumentWatch(claim.arguments());
        Evidence evidence = evidenceOptions.read(arguments.values(), console.in(), watch, console);
        ObservedCalls observed = new ObservedCalls(evidence.observation(), watch.samples());
        Set<Arch> arches = evidence.observation().architectures().keySet();
        AbiProfiles profiles = claim.profiles(arches, machineOptions, console);
        Verification verification = Verification.of(observed, claim.filters(profiles));
        LayerNames layers = Claim.layers(evidence.observation(), new DerivationOptions());
        Optional<Minimality> minimality =
                minimal.isGiven() ? Optional.of(Minimality.of(observed, profiles, layers)) : Optional.empty();
        Optional<CrossValidation> validation = minimal.isGiven()
                ? Optional.of(CrossValidation.of(
                        new ObservedCalls(evidence.observation(), ArgumentSamples.NONE),
                        others -> derived(others, arches)))
                : Optional.empty();
        ImmutableList<Obstacle> obstacles =
                isAboutStart(evidence.observation()) ? claim.obstacles(profiles, start) : ImmutableList.of();
        String report = style.or(ReportStyle.TEXT) == ReportStyle.JSON
                ? VerificationJson.of(obstacles, verification, layers, minimality, validation)
                : VerificationReport.start(file.value(), obstacles)
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
