package io.github.strait.cli;

import io.github.strait.derive.Derivation;
import io.github.strait.diagnostic.Printable;
import io.github.strait.format.FormatException;
import io.github.strait.format.Formats;
import io.github.strait.observe.Evidence;
import io.github.strait.report.Drift;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
        String difference = difference(committed, now, derivation);
        OutputFile.write(difference.getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
        return ExitStatus.FINDING;
    }

    private byte[] read() throws Failure {
        boolean stdin = file.equals(Path.of("-"));
        if (stdin && arguments.contains("-")) {
            throw Failure.of("usage", "standard input cannot be both the profile and evidence; name a file for one");
        }
        try {
            return stdin ? console.in().readAllBytes() : Files.readAllBytes(file);
        } catch (IOException e) {
            String fix = Files.isDirectory(file)
                    ? "it is a directory, name a file in it"
                    : Files.exists(file) ? "check its permissions" : "write it first with: strait generate -o";
            throw Failure.of("unreadable-profile", file, "cannot be read; " + fix);
        }
    }

    private String difference(byte[] committed, byte[] now, Derivation derivation) throws Failure {
        String name = Printable.of(file.toString());
        if (derivationOptions.isFilter()) {
            return name + " is not the filter that the evidence gives now\nregenerate it with: strait generate\n";
        }
        try {
            Set<Arch> arches = derivation.rationales().keySet();
            String calls = Drift.of(
                    Formats.allowedCalls(file.toString(), committed, arches),
                    Formats.allowedCalls(file.toString(), now, arches),
                    derivation);
            String what = calls.isEmpty()
                    ? "the same calls are allowed, and the document differs in other rules or in its layout\n"
                    : calls;
            return name + " is not what the evidence gives now:\n" + what + "regenerate it with: strait generate\n";
        } catch (FormatException e) {
            throw new Failure(e.diagnostic());
        }
    }
}
