package io.github.strait.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import io.github.strait.api.LintRequest;
import io.github.strait.api.Machine;
import io.github.strait.api.ProfileFile;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.Severity;
import io.github.strait.report.LintReport;
import io.github.strait.report.LintText;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Looks for faults in profiles. */
final class LintCommand extends Command {
    private static final String STDIN = "-";

    /** The mildest finding that makes the exit status 1. */
    enum FailOn {
        ERROR,
        WARNING,
        NOTE,
        NEVER;

        /** The severity of that name. */
        static FailOn of(String name) {
            return Arrays.stream(values())
                    .filter(severity -> severity.toString().equals(Ascii.toLowerCase(name)))
                    .findFirst()
                    .orElseThrow(() -> RefusalException.usage(
                            "invalid value '" + name + "': expected error, warning, note or never"));
        }

        boolean isMetBy(LintReport report) {
            return this != NEVER && report.isAtLeast(Severity.valueOf(name()));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;

    private final Parameter<String> files = operand(
                    "PROFILE", "Profiles in any format, - for stdin, or pid:N, the filters of a process.")
            .required()
            .repeatable();

    private final Parameter<FailOn> failOn = option(
            "--fail-on",
            "SEVERITY",
            ValueType.FAIL_ON,
            "Exit with 1 for findings of this severity or worse: error, warning, note or never"
                    + " (default: warning).");

    private final LibseccompOption libseccompOption = include(new LibseccompOption());
    private final StartOptions startOptions = include(new StartOptions());
    private final MachineOptions machineOptions = include(new MachineOptions());

    private final Parameter<Style> style =
            option("--format", "FORMAT", ValueType.LINT_STYLE, "${EACH-WORD} (default: text).");

    private final Parameter<Boolean> json = flag("--json", "The same as --format json.");

    private final CommonOptions common = include(new CommonOptions());

    LintCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "lint",
                "Reports errors, risks and no-op rules in any seccomp profile, including hand-written ones.",
                "  strait lint seccomp/*.json",
                "  strait lint --fail-on=error --libseccomp 2.6.0 app.json",
                "  strait lint --format json app.json | jq '.files[].findings[] | select(.severity == \"error\").id'",
                "Exits with 1 if a finding is at least as severe as --fail-on, and with 2 if a file cannot be read.");
    }

    @Override
    int run() {
        common.applyTo(console);
        Libseccomp libseccomp = libseccompOption.libseccomp();
        Machine machine = machineOptions.machine();
        LintReport report = new LintReport(libseccompOption.version(), ImmutableMap.of(), console.isVerbose());
        boolean trouble = false;
        for (String file : files.values()) {
            try {
                ProfileFile profile = ProfileFile.read(file, console.in());
                LintRequest request = new LintRequest(startOptions.request(profile), machine, libseccomp);
                report = report.with(file, request.lint(profile, console));
            } catch (RefusalException e) {
                console.diagnostic(e.diagnostic());
                trouble = true;
            }
        }
        Style chosen = json.isGiven() ? Style.JSON : style.or(Style.TEXT);
        LintReport shown = console.isQuiet() && chosen == Style.TEXT ? report.errors() : report;
        String text = Renderers.LINT.render(shown, chosen);
        OutputFile.write(text.getBytes(StandardCharsets.UTF_8), Path.of(STDIN), console);
        if (chosen == Style.TEXT && !report.byFile().isEmpty()) {
            console.note(LintText.counts(report));
        }
        boolean found = failOn.or(FailOn.WARNING).isMetBy(report);
        return trouble ? ExitStatus.TROUBLE : found ? ExitStatus.FINDING : ExitStatus.DONE;
    }
}
