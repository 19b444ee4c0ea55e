package io.github.strait.cli;

import io.github.strait.api.Arguments;
import io.github.strait.api.DefaultAction;
import io.github.strait.api.DerivationRequest;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.StartRequest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.ContainerEngine;
import io.github.strait.report.EvidenceReportRenderers;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Syscalls;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The type of a parameter's value: how it is read from a word, and which words there are.
 *
 * <p>One class with a switch: a start loads the code that reads a value only when one is given.
 */
final class ValueType<T> {
    private enum Kind {
        PRESENCE,
        TEXT,
        PATH,
        FILE,
        NUMBER,
        RATE,
        ARCH,
        TARGET,
        COLOUR,
        LAYER,
        FORMAT,
        FORMAT_VALUE,
        LAYOUT,
        ERRNO,
        DEFAULT_ACTION,
        ARGUMENTS,
        KERNEL,
        RUNTIME,
        FAIL_ON,
        DIALECT,
        DIFFERENCE_STYLE,
        VERIFICATION_STYLE,
        LINT_STYLE,
        REPORT_STYLE,
        SHELL,
        ENGINE,
        SYSCALL,
        COMMAND
    }

    /** The type of a flag, which has no value. */
    static final ValueType<Boolean> PRESENCE = new ValueType<>(Kind.PRESENCE);

    static final ValueType<String> TEXT = new ValueType<>(Kind.TEXT);
    static final ValueType<Path> PATH = new ValueType<>(Kind.PATH);

    /** The name of a file as it is written, where {@code -} or {@code NAME} of {@code NAME.PID} may stand too. */
    static final ValueType<String> FILE = new ValueType<>(Kind.FILE);

    static final ValueType<Long> NUMBER = new ValueType<>(Kind.NUMBER);

    /** A probability, as a fraction or in percent. */
    static final ValueType<Double> RATE = new ValueType<>(Kind.RATE);

    static final ValueType<Arch> ARCH = new ValueType<>(Kind.ARCH);

    /** The name of an architecture, or {@code all-of:IMAGE}. */
    static final ValueType<String> TARGET = new ValueType<>(Kind.TARGET);

    static final ValueType<Console.Colour> COLOUR = new ValueType<>(Kind.COLOUR);
    static final ValueType<String> LAYER = new ValueType<>(Kind.LAYER);
    static final ValueType<OutputFormat> FORMAT = new ValueType<>(Kind.FORMAT);
    static final ValueType<FormatValue> FORMAT_VALUE = new ValueType<>(Kind.FORMAT_VALUE);
    static final ValueType<String> LAYOUT = new ValueType<>(Kind.LAYOUT);

    static final ValueType<String> DIALECT = new ValueType<>(Kind.DIALECT);
    static final ValueType<String> ERRNO = new ValueType<>(Kind.ERRNO);
    static final ValueType<DefaultAction> DEFAULT_ACTION = new ValueType<>(Kind.DEFAULT_ACTION);
    static final ValueType<Arguments> ARGUMENTS = new ValueType<>(Kind.ARGUMENTS);
    static final ValueType<KernelVersion> KERNEL = new ValueType<>(Kind.KERNEL);
    static final ValueType<String> RUNTIME = new ValueType<>(Kind.RUNTIME);
    static final ValueType<LintCommand.FailOn> FAIL_ON = new ValueType<>(Kind.FAIL_ON);
    static final ValueType<Style> DIFFERENCE_STYLE = new ValueType<>(Kind.DIFFERENCE_STYLE);
    static final ValueType<Style> VERIFICATION_STYLE = new ValueType<>(Kind.VERIFICATION_STYLE);
    static final ValueType<Style> LINT_STYLE = new ValueType<>(Kind.LINT_STYLE);
    static final ValueType<Style> REPORT_STYLE = new ValueType<>(Kind.REPORT_STYLE);
    static final ValueType<Shell> SHELL = new ValueType<>(Kind.SHELL);
    static final ValueType<ContainerEngine> ENGINE = new ValueType<>(Kind.ENGINE);

    /** The name of a call, or its number. */
    static final ValueType<String> SYSCALL = new ValueType<>(Kind.SYSCALL);

    /** The words of a command that is started. The first is its name, and none of them is an option of strait. */
    static final ValueType<String> COMMAND = new ValueType<>(Kind.COMMAND);

    private final Kind kind;

    private ValueType(Kind kind) {
        this.kind = kind;
    }

    /**
     * The value that a word is.
     *
     * @throws RefusalException when it is none
     */
    @SuppressWarnings("unchecked") // each constant has the kind of its type
    T parse(String word) {
        return (T) parsed(word);
    }

    private Object parsed(String word) {
        return switch (kind) {
            case PRESENCE -> true;
            case TEXT, FILE, RUNTIME, SYSCALL, COMMAND -> word;
            case PATH -> Path.of(word);
            case NUMBER -> number(word);
            case RATE -> rate(word);
            case ARCH -> Arch.parse(word);
            case TARGET ->
                TargetOptions.isOfImage(word) ? word : Arch.parse(word).label();
            case COLOUR -> Console.Colour.of(word);
            case LAYER -> layer(word);
            case FORMAT -> OutputFormat.parse(word);
            case FORMAT_VALUE -> FormatValue.of(word);
            case LAYOUT -> OutputFormat.usual().laidOut(word).layout();
            case DIALECT -> OutputFormat.dialect(word);
            case ERRNO -> errno(word);
            case DEFAULT_ACTION -> DefaultAction.of(word);
            case ARGUMENTS -> Arguments.of(word);
            case KERNEL -> DerivationOptions.kernel(word);
            case FAIL_ON -> LintCommand.FailOn.of(word);
            case DIFFERENCE_STYLE -> oneOf(Renderers.DIFFERENCE.styles(), word);
            case VERIFICATION_STYLE -> oneOf(Renderers.VERIFICATION.styles(), word);
            case LINT_STYLE -> oneOf(Renderers.LINT.styles(), word);
            case REPORT_STYLE -> oneOf(EvidenceReportRenderers.REPORT.styles(), word);
            case SHELL -> Shell.of(word);
            case ENGINE -> ContainerEngine.of(word);
        };
    }

    boolean isFile() {
        return kind == Kind.PATH || kind == Kind.FILE;
    }

    /** The words that there are, for help and completion; none where they cannot be listed. */
    List<String> words() {
        return switch (kind) {
            case PRESENCE, TEXT, PATH, FILE, COMMAND, NUMBER, RATE, ERRNO, KERNEL -> List.of();
            case ARCH, TARGET -> Arrays.stream(Arch.values()).map(Arch::label).toList();
            case COLOUR -> words(List.of(Console.Colour.values()));
            case LAYER -> DerivationRequest.layerNames();
            case FORMAT -> OutputFormat.names();
            case FORMAT_VALUE -> FormatValue.names();
            case LAYOUT -> OutputFormat.layouts();
            case DIALECT -> OutputFormat.dialects();
            case DEFAULT_ACTION -> words(List.of(DefaultAction.values()));
            case ARGUMENTS -> words(List.of(Arguments.values()));
            case RUNTIME -> StartRequest.runtimes();
            case FAIL_ON -> words(List.of(LintCommand.FailOn.values()));
            case DIFFERENCE_STYLE -> words(Renderers.DIFFERENCE.styles());
            case VERIFICATION_STYLE -> words(Renderers.VERIFICATION.styles());
            case LINT_STYLE -> words(Renderers.LINT.styles());
            case REPORT_STYLE -> words(EvidenceReportRenderers.REPORT.styles());
            case SYSCALL -> words(Syscalls.names());
            case SHELL -> words(List.of(Shell.values()));
            case ENGINE -> words(List.of(ContainerEngine.values()));
        };
    }

    private static String layer(String word) {
        DerivationRequest.checkLayer(word);
        return word;
    }

    private static String errno(String word) {
        DerivationRequest.checkErrno(word);
        return word;
    }

    private static List<String> words(Iterable<?> values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value.toString()));
        return words;
    }

    private static Long number(String word) {
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException e) {
            throw RefusalException.usage("'" + word + "' is not a whole number");
        }
    }

    private static Double rate(String word) {
        boolean isPercent = word.endsWith("%");
        try {
            BigDecimal number = new BigDecimal(
                    isPercent ? word.substring(0, word.length() - 1).strip() : word);
            double rate = (isPercent ? number.movePointLeft(2) : number).doubleValue();
            if (0 <= rate && rate <= 1) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // no number
        }
        throw RefusalException.usage(
                "'" + word + "' is not a rate (expected a fraction such as 0.2, or a percentage such as 20%)");
    }

    /** Also by the constant's own name, as picocli reads it. */
    private static <E extends Enum<E>> E oneOf(Iterable<E> values, String word) {
        List<String> known = new ArrayList<>();
        for (E value : values) {
            if (value.toString().equals(word) || value.name().equals(word)) {
                return value;
            }
            known.add(value.name());
            known.add(value.toString());
        }
        throw RefusalException.usage("expected one of " + known + " (case-sensitive) but was '" + word + "'");
    }
}
