package io.github.strait.cli;

import io.github.strait.api.Claim;
import io.github.strait.api.Machine;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.ProfileResolver;
import io.github.strait.derive.Derivation;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.Formats;
import io.github.strait.format.Reading;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Scope;
import io.github.strait.report.DifferenceJson;
import io.github.strait.report.DifferenceReport;
import io.github.strait.report.Drift;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Compares a committed profile with the one that the evidence gives now. */
final class CheckCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments =
            operand("EVIDENCE", "As for generate.").required().repeatable();

    private final Parameter<Path> file = option("--profile", "FILE", ValueType.PATH, "The profile to compare with.")
            .required();

    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());

    private final Parameter<CheckFormat> formats = option(
                    "--format",
                    "FORMAT",
                    ValueType.CHECK_FORMAT,
                    "The format of the profile: " + Parameter.EACH_FORMAT
                            + " Or of the report: text (default), json (the difference as diff writes it). Give one of each.")
            .repeatable();

    private final DerivationOptions derivationOptions = include(new DerivationOptions());
    private final LibseccompOption libseccompOption = include(new LibseccompOption());
    private final CommonOptions common = include(new CommonOptions());

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "check",
                "Exits with 1 and shows the difference when a profile is not what generate would write now.",
                "  strait check traces/app.strace.zst --profile seccomp/app.json",
                "Give the options that the profile was generated with. If a job makes a new recording each time, use",
                "  strait verify seccomp/app.json new.strace",
                "instead: it fails on calls that the profile denies, not on calls that one run did not make.");
    }

    @Override
    int run() {
        common.applyTo(console);
        derivationOptions.writeAs(CheckFormat.ofProfile(formats.values()));
        Libseccomp libseccomp = libseccompOption.libseccomp();
        byte[] committed = read();
        Evidence evidence = evidenceOptions.read(arguments.values(), console);
        Derivation derivation = derivationOptions.derive(evidence.observation());
        console.diagnostics(derivation.diagnostics());
        byte[] now = derivationOptions.write(derivation);
        console.diagnostics(derivationOptions.unknownNames(derivation, libseccomp));
        if (formats.values().stream().anyMatch(format -> format.report() == ReportStyle.JSON)) {
            write(json(committed, now, derivation));
            return Arrays.equals(committed, now) ? evidenceOptions.exitStatus(evidence, console) : ExitStatus.FINDING;
        }
        if (Arrays.equals(committed, now)) {
            return evidenceOptions.exitStatus(evidence, console);
        }
        write(difference(committed, now, evidence, derivation));
        return ExitStatus.FINDING;
    }

    private void write(String report) {
        OutputFile.write(report.getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
    }

    /** The difference as {@code diff} writes it, from what is committed to what the evidence gives. */
    private String json(byte[] committed, byte[] now, Derivation derivation) {
        if (!derivationOptions.isReadable()) {
            throw RefusalException.usage("a compiled filter is compared byte by byte; leave --format json out");
        }
        Set<Arch> arches = derivation.rationales().keySet();
        Difference difference = Difference.of(side(committed, arches), side(now, arches));
        return DifferenceJson.of(file.value().toString(), "what the evidence gives", difference);
    }

    private byte[] read() {
        if (file.value().equals(Path.of("-")) && arguments.values().contains("-")) {
            throw RefusalException.usage("standard input cannot be both the profile and evidence; name a file for one");
        }
        if (!Files.exists(file.value()) && !file.value().equals(Path.of("-"))) {
            throw RefusalException.of(
                    "unreadable-profile", file.value(), "cannot be read; write it first with: strait generate -o");
        }
        return ProfileFile.read(file.value().toString(), console.in()).content();
    }

    private String difference(byte[] committed, byte[] now, Evidence evidence, Derivation derivation) {
        String name = Printable.of(file.value().toString());
        String again = advice(committed, evidence) + "regenerate it with: "
                + CommandWords.generate(console.words(), arguments.values()) + "\n";
        if (!derivationOptions.isReadable()) {
            return name + " is not the filter that the evidence gives now\n" + again;
        }
        Set<Arch> arches = derivation.rationales().keySet();
        Drift drift = Drift.of(
                Formats.read(file.value().toString(), committed).allowedCalls(arches),
                Formats.read(file.value().toString(), now).allowedCalls(arches),
                derivation);
        return name + " is not what the evidence gives now:\n" + drift.text() + meaning(committed, now, arches, drift)
                + again;
    }

    /** What two documents mean otherwise beside the calls that rules allow, which the drift shows with their reasons. */
    private String meaning(byte[] committed, byte[] now, Set<Arch> arches, Drift drift) {
        Difference.Side before = side(committed, arches);
        Difference.Side after = side(now, arches);
        try {
            Difference difference = Difference.of(before, after);
            if (!drift.accountsFor(difference)) {
                return DifferenceReport.text(
                        Printable.of(file.value().toString()), "what the evidence gives", difference);
            }
        } catch (RefusalException e) {
            return "the conditions of the documents differ, and are too many to compare\n";
        }
        if (!drift.isEmpty()) {
            return "";
        }
        return isScoped(committed) && !isScoped(now)
                ? "it means the same to Docker on this machine, but has includes or excludes, which containerd, runc and"
                        + " crun ignore: there those rules hold on every machine\n"
                : "it allows and denies the same; only its layout differs\n";
    }

    private Difference.Side side(byte[] document, Set<Arch> arches) {
        Claim claim = Claim.of(
                new ProfileFile(file.value().toString(), document), new ProfileResolver(Machine.DEFAULT, console));
        return new Difference.Side(claim.profiles(arches), true, claim.flags());
    }

    private boolean isScoped(byte[] document) {
        Reading reading = Formats.read(file.value().toString(), document);
        return reading.byAbi().isEmpty()
                && reading.profile().rules().stream()
                        .anyMatch(rule -> !rule.scope().equals(Scope.EVERYWHERE));
    }

    /** Forgotten options look like drift: says which ones would give this document. */
    private String advice(byte[] committed, Evidence evidence) {
        return derivationOptions
                .otherStart(evidence.observation(), committed)
                .map(options -> "with " + options + " there is no difference: check it so, or\n")
                .orElse("");
    }
}
