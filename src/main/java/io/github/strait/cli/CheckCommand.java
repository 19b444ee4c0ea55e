package io.github.strait.cli;

import io.github.strait.derive.Derivation;
import io.github.strait.diagnostic.Printable;
import io.github.strait.format.FormatException;
import io.github.strait.format.Formats;
import io.github.strait.observe.Evidence;
import io.github.strait.profile.Profile;
import io.github.strait.report.Drift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares a committed profile with the one that the evidence gives now. */
@Command(
        name = "check",
        description = "Exits with 1 and shows the difference when a profile is not what generate would write now.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait check traces/app.strace.zst --profile seccomp/app.json",
            "Give the options that the profile was generated with."
        })
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "EVIDENCE", description = "As for generate.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--profile", required = true, paramLabel = "FILE", description = "The profile to compare with.")
    private Path file = Path.of("");

    @Mixin
    private EvidenceOptions evidenceOptions = new EvidenceOptions();

    @Mixin
    private DerivationOptions derivationOptions = new DerivationOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failure {
        common.applyTo(console);
        byte[] committed = read();
        Evidence evidence = evidenceOptions.read(arguments, console);
        Derivation derivation = derivationOptions.derive(evidence.observation());
        console.diagnostics(derivation.diagnostics());
        byte[] now = derivationOptions.write(derivation);
        if (Arrays.equals(committed, now)) {
            return evidenceOptions.exitStatus(evidence);
        }
        console.out().print(difference(committed, now, derivation));
        console.out().flush();
        return ExitStatus.FINDING;
    }

    private byte[] read() throws Failure {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            String fix = Files.exists(file) ? "check its permissions" : "write it first with: strait generate -o";
            throw Failure.of("unreadable-profile", file, "cannot be read; " + fix);
        }
    }

    private String difference(byte[] committed, byte[] now, Derivation derivation) throws Failure {
        String name = Printable.of(file.toString());
        try {
            Profile before = Formats.read(file.toString(), committed).profile();
            Profile after = Formats.read(file.toString(), now).profile();
            String calls = Drift.of(before, after, derivation);
            String what = calls.isEmpty()
                    ? "the same calls are allowed, and the document differs in other rules or in its layout\n"
                    : calls;
            return name + " is not what the evidence gives now:\n" + what + "regenerate it with: strait generate\n";
        } catch (FormatException e) {
            throw new Failure(e.diagnostic());
        }
    }
}
