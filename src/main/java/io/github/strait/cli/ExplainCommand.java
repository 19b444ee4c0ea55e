package io.github.strait.cli;

import io.github.strait.api.DerivedProfile;
import io.github.strait.api.OutputFormat;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.report.Explanation;
import io.github.strait.report.Renderers;
import io.github.strait.syscall.Syscalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Shows why each call is allowed. */
final class ExplainCommand extends Command {
    private static final Pattern WORD = Pattern.compile("\\w+");

    private final Console console;

    private final Parameter<String> arguments = operand(
                    "EVIDENCE|SYSCALL", "Evidence as for generate, then names of calls to explain in detail.")
            .required()
            .repeatable();

    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final BinaryOptions binaryOptions = include(new BinaryOptions());

    private final FormatsOption formats = include(new FormatsOption("json"));

    private final DerivationOptions derivationOptions = include(new DerivationOptions());
    private final CommonOptions common = include(new CommonOptions());

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "explain",
                "Explains why each call is allowed: how often, where first, its results, its callers, its layer.",
                "  strait explain app.strace",
                "  strait explain app.strace openat ptrace");
    }

    @Override
    int run() {
        common.applyTo(console);
        List<String> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String argument : arguments.values()) {
            (isName(argument) ? names : files).add(argument);
        }
        if (files.isEmpty()) {
            throw RefusalException.usage("explain needs evidence to explain from; name a trace");
        }
        OutputFormat format = formats.ofProfile();
        Evidence evidence = binaryOptions.addTo(read(files), console);
        DerivedProfile profile = derivationOptions.derive(evidence, format);
        console.diagnostics(profile.diagnostics());
        Explanation explanation = profile.explanation(names);
        String text = Renderers.EXPLANATION.render(explanation, formats.ofReport());
        OutputFile.write(text.getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
        return evidenceOptions.exitStatus(evidence, console);
    }

    private Evidence read(List<String> files) {
        try {
            return evidenceOptions.read(files, console);
        } catch (RefusalException e) {
            SourcePosition place = e.diagnostic().position();
            if (place != null && WORD.matcher(place.file()).matches() && !Files.exists(Path.of(place.file()))) {
                throw RefusalException.of(
                        "no-evidence",
                        Path.of(place.file()),
                        "is neither a file nor a call; "
                                + Nearest.of(place.file(), Syscalls.names())
                                        .map(name -> "did you mean '" + name + "'?")
                                        .orElse("name a trace, or find the call with: strait syscalls"));
            }
            throw e;
        }
    }

    /** A file of that name is evidence, even when a call is called so too. */
    private static boolean isName(String argument) {
        return Syscalls.names().contains(argument) && !Files.exists(Path.of(argument));
    }
}
