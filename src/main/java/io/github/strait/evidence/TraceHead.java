package io.github.strait.evidence;

import io.github.strait.audit.LogForm;
import io.github.strait.observation.RecordingHeader;
import io.github.strait.observation.Remediation;
import io.github.strait.trace.ByteSearch;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first bytes of a file, examined before it is read as a trace. */
final class TraceHead {
    static final int BYTES = 1 << 14;

    /** Of UTF-8, each byte as one character. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** Docker's log file, by its first line. */
    private static final Pattern DOCKER =
            Pattern.compile("[\\s&&[^\\n\\r]]*\\{.*\"log\": ?\".*\"stream\": ?\".*([\\n\\r]|\\z)");

    private static final String BLANKS = " \t\u000b\f";

    private final byte[] bytes;
    private @Nullable Optional<ForeignTool> tool;
    private @Nullable Calls calls;

    /** How many lines are calls, or halves of calls, and how many of them name their task. */
    private record Calls(int count, int named) {
        static Calls of(byte[] head) {
            int[] counts = new int[2];
            try {
                new TraceReader(new ByteArrayInputStream(head)).forEach(line -> {
                    if (line.kind() == LineKind.CALL || line.kind() == LineKind.RESUMED) {
                        counts[0]++;
                        counts[1] += line.tid() == 0 ? 0 : 1;
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Calls(counts[0], counts[1]);
        }
    }

    TraceHead(byte[] bytes) {
        this.bytes = bytes;
    }

    private Calls calls() {
        Calls known = calls;
        if (known == null) {
            known = Calls.of(bytes);
            calls = known;
        }
        return known;
    }

    /** Whether its lines lack tids, as those of a file of an {@code -ff} set do. */
    boolean isOfOneTask() {
        return calls().named == 0;
    }

    boolean isJson() {
        String text = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1).strip();
        boolean marked = text.startsWith(BYTE_ORDER_MARK);
        boolean isObject = text.startsWith("{", marked ? BYTE_ORDER_MARK.length() : 0);
        // an observation that begins with a merge conflict is to be named as one
        return (isObject || (text.startsWith("<<<<<<<") && isObservation())) && calls().count == 0;
    }

    private String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Whether JSON names the schema of observations, of whatever version, near its beginning. */
    boolean isObservation() {
        return text().contains("\"strait\"");
    }

    /** Describes a tool whose lines are mixed with strace's and may look like them; empty if there is none. */
    Optional<String> guest() {
        return tool().filter(tool -> tool.isOutvoted(ForeignTool.text(bytes)))
                .map(tool ->
                        "holds lines of " + tool.label() + " among those of strace, which may count as calls; take them"
                                + " out, or record again with: strait record -o FILE -- COMMAND");
    }

    private Optional<ForeignTool> tool() {
        Optional<ForeignTool> known = tool;
        if (known == null) {
            known = ForeignTool.find(bytes);
            tool = known;
        }
        return known;
    }

    /** The form of a log of the kernel, of the journal or of auditd; empty for any other file. */
    Optional<LogForm> log() {
        boolean hasRecords = hasRecords();
        if (!hasRecords && (bytes.length == 0 || PlainLine.isAt(bytes, 0, bytes.length))) {
            return Optional.empty();
        }
        Optional<LogForm> form = LogForm.of(bytes);
        return form.or(() -> hasRecords ? Optional.of(LogForm.BARE) : Optional.empty())
                .filter(known -> (hasRecords || tool().isEmpty()) && calls().count == 0);
    }

    /** Whether it is a log of qemu-user, which strait recorded or which its lines show. */
    boolean isOfQemu() {
        boolean isRecorded = bytes.length > 0 && bytes[0] == '#' && RecordingHeader.isOfQemu(text());
        return isRecorded
                || tool().filter(tool -> tool.isOfQemu() && !tool.isOutvoted(ForeignTool.text(bytes)))
                        .isPresent();
    }

    /** Whether it is a log for certain, which a trace that begins with what a program logged is not. */
    boolean isCertainLog() {
        return hasRecords() || LogForm.isCertain(bytes);
    }

    private boolean hasRecords() {
        return tool().filter(tool -> tool == ForeignTool.AUDIT && !tool.isOutvoted(ForeignTool.text(bytes)))
                .isPresent();
    }

    /** Why this cannot be the beginning of a trace; empty when it can. */
    Optional<String> refusal() {
        if (bytes.length == 0) {
            return Optional.of("is empty; did strace run, and with -o this file?");
        }
        if (isBracedFirst() && DOCKER.matcher(text()).lookingAt()) {
            return Optional.of(
                    "has each line inside JSON, as Docker's log files do; take them out with: jq -j .log FILE");
        }
        Optional<ForeignTool> wrote = tool().filter(each -> !each.isOutvoted(ForeignTool.text(bytes)));
        if (wrote.isPresent() && wrote.get() == ForeignTool.AUDIT) {
            return Optional.of("mixes audit lines of seccomp with lines of strace, and the traced program may have"
                    + " written either; separate them, or record again with: strait record -o FILE -- COMMAND");
        }
        if (wrote.isPresent()) {
            return Optional.of("is the output of " + wrote.get().label() + ", not of strace; " + Remediation.RECORD);
        }
        Optional<FileMagic> magic = FileMagic.of(bytes);
        if (magic.isPresent()) {
            return Optional.of("is " + magic.get().what() + ", not a trace; " + Remediation.RECORD);
        }
        if (isBinary() && calls().count == 0) {
            return Optional.of("is a binary file, not a trace; record one with: strait record -o FILE -- COMMAND");
        }
        return Optional.empty();
    }

    /** Whether the first line begins with a brace, after blanks. */
    private boolean isBracedFirst() {
        int p = 0;
        while (p < bytes.length && BLANKS.indexOf(bytes[p]) >= 0) {
            p++;
        }
        return p < bytes.length && bytes[p] == '{';
    }

    private boolean isBinary() {
        int control = 0;
        for (int i = ByteSearch.findUnusual(bytes, 0, bytes.length);
                i < bytes.length;
                i = ByteSearch.findUnusual(bytes, i + 1, bytes.length)) {
            byte b = bytes[i];
            boolean isControl = b >= 0 && b != '\n' && b != '\t' && b != '\r' && b != 0x1b;
            control += isControl ? 1 : 0;
        }
        return control * 20 > bytes.length;
    }
}
