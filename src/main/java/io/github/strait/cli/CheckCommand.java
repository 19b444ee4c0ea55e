package io.github.strait.cli;

import io.github.strait.api.Claim;
import io.github.strait.api.Machine;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.ProfileResolver;
import io.github.strait.derive.Derivation;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.Formats;
import io.github.strait.format.Reading;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Scope;
import io.github.strait.report.CheckReport;
import io.github.strait.report.Drift;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Compares a committed profile with the one that the evidence gives now. */
final class CheckCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments =
            operand("EVIDENCE", "As for generate.").required().repeatable();

    private final Parameter<Path> file = option("--profile", "FILE", ValueType.PATH, "The profile to compare with.")
            .required();

    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());

    private final Parameter<FormatValue> formats = option(
                    "--format",
                    "FORMAT",
                    ValueType.FORMAT_VALUE,
                    "The format of the profile: " + Parameter.EACH_FORMAT
                            + " Or of the report: text (default), json (the difference as diff writes it, with reasons). Give one of each.")
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
                "Exits with 1 and shows the difference when generate would now write a different profile.",
                "  strait check traces/app.strace.zst --profile seccomp/app.json",
                "Pass the options that the profile was generated with. If a job makes a new recording each time, use",
                "  strait verify seccomp/app.json new.strace",
                "instead: it fails on calls that the profile denies, not on calls that a run happened not to make.");
    }

    @Override
    int run() {
        common.applyTo(console);
        derivationOptions.writeAs(FormatValue.ofProfile(formats.values()));
        Libseccomp libseccomp = libseccompOption.libseccomp();
        byte[] committed = read();
        Evidence evidence = evidenceOptions.read(arguments.values(), console);
        Derivation derivation = derivationOptions.derive(evidence.observation());
        console.diagnostics(derivation.diagnostics());
        byte[] now = derivationOptions.write(derivation);
        console.diagnostics(derivationOptions.unknownNames(derivation, libseccomp));
        Style style = FormatValue.ofReport(formats.values());
        boolean isIdentical = Arrays.equals(committed, now);
        if (!isIdentical || style != Style.TEXT) {
            CheckReport report = report(committed, now, evidence, derivation);
            String text = Renderers.CHECK.render(report, style);
            OutputFile.write(text.getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
        }
        return isIdentical ? evidenceOptions.exitStatus(evidence, console) : ExitStatus.FINDING;
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

    private CheckReport report(byte[] committed, byte[] now, Evidence evidence, Derivation derivation) {
        String name = file.value().toString();
        boolean isIdentical = Arrays.equals(committed, now);
        Optional<String> start =
                isIdentical ? Optional.empty() : derivationOptions.otherStart(evidence.observation(), committed);
        String again = CommandWords.generate(console.words(), arguments.values());
        if (!derivationOptions.isReadable()) {
            return new CheckReport(name, isIdentical, Optional.empty(), Optional.empty(), false, start, again);
        }
        Set<Arch> arches = derivation.rationales().keySet();
        Drift drift = Drift.of(
                Formats.read(name, committed).allowedCalls(arches),
                Formats.read(name, now).allowedCalls(arches),
                derivation);
        Optional<Difference> difference = difference(committed, now, arches);
        boolean meansTheSame =
                drift.isEmpty() && difference.filter(drift::accountsFor).isPresent();
        boolean isScoped = meansTheSame && isScoped(committed) && !isScoped(now);
        return new CheckReport(name, isIdentical, Optional.of(drift), difference, isScoped, start, again);
    }

    /** What the documents mean otherwise; empty when their conditions are too many to compare. */
    private Optional<Difference> difference(byte[] committed, byte[] now, Set<Arch> arches) {
        Difference.Side before = side(committed, arches);
        Difference.Side after = side(now, arches);
        try {
            return Optional.of(Difference.of(before, after));
        } catch (RefusalException e) {
            return Optional.empty();
        }
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
}
