package io.github.strait.audit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.github.strait.audit.SeccompRecord.Outcome;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Remediation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** The records of seccomp in one log: the calls that a profile logged or denied, by name. */
public final class AuditLog {
    /** The code of the warning that says what such a run is. */
    public static final String CODE = "audit-lines";

    private static final int POSITIONS = 3;
    private static final int DIGITS = 8;
    /** Tasks that are told apart, to count them. */
    private static final int TASKS = 1 << 16;

    private final String file;
    private final LogForm form;
    private final LogEntries entries;
    private final Selection selection;
    private final Optional<Arch> declared;
    private final Map<Arch, TreeMap<String, CallTally>> calls = new EnumMap<>(Arch.class);
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Set<Long> tasks = new HashSet<>();
    private final CallerCounts callers = new CallerCounts();
    private final LostLines lost = new LostLines();
    private final KernelTag tag = new KernelTag();
    private final List<SourcePosition> unparsedAt = new ArrayList<>();
    private long lastTask = Long.MIN_VALUE;
    private long kept;
    private long passedOver;
    private long unparsed;
    private long lines;
    private String checksum = "";

    /** The record of an entry of several lines, whose transport may not be known yet. */
    private Optional<String> pending = Optional.empty();

    private long pendingAt;
    private boolean isPendingTrusted;
    /** Whether programs log to it as well. */
    private boolean isShared;

    private AuditLog(String file, LogForm form, Selection selection, Optional<Arch> declared) {
        this.file = file;
        this.form = form;
        this.entries = new LogEntries(form);
        this.selection = selection;
        this.declared = declared;
    }

    /**
     * Reads a log to its end.
     *
     * @param in what it holds, decompressed; the caller closes it
     * @param declared the machine, where the user names it
     * @param portion called after each portion that is read
     * @throws RefusalException when a record is of another machine than the declared one
     */
    public static AuditLog read(
            String file,
            InputStream in,
            LogForm form,
            Selection selection,
            Optional<Arch> declared,
            LongConsumer portion)
            throws IOException {
        AuditLog log = new AuditLog(file, form, selection, declared);
        CRC32C sum = new CRC32C();
        LogLines reader = new LogLines(new CheckedInputStream(in, sum), form == LogForm.EXPORT, portion);
        log.lines = reader.forEach(log::line);
        log.endEntry();
        String digits = Long.toHexString(sum.getValue());
        log.checksum = "0".repeat(DIGITS - digits.length()) + digits + Long.toHexString(log.lines);
        return log;
    }

    private void line(byte[] bytes, int from, int to, long number) {
        if (entries.isOfSeveralLines() && isOfEntry(bytes, from, to)) {
            return;
        }
        if (form == LogForm.TAGGED && !isShared) {
            isShared = !tag.isIn(bytes, from, to);
        }
        int words = LineWords.find(bytes, from, to);
        if (words == 0) {
            return;
        }
        String line = LogForm.plain(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        if (words == LineWords.LOSS) {
            lost.add(line, new SourcePosition(file, number));
            return;
        }
        Optional<String> fields = entries.fields(line);
        if (fields.isEmpty()) {
            if (LoggedMessage.isIn(line)) {
                unparsed(number);
            }
        } else if (entries.isOfSeveralLines()) {
            if (pending.isPresent()) {
                unparsed(pendingAt);
            }
            pending = fields;
            pendingAt = number;
        } else {
            record(fields.get(), number);
        }
    }

    /** Takes the lines that concern an entry of several lines as a whole. */
    private boolean isOfEntry(byte[] bytes, int from, int to) {
        if (entries.isEnd(bytes, from, to)) {
            endEntry();
            return true;
        }
        Optional<String> transport = entries.transport(bytes, from, to);
        transport.ifPresent(name -> isPendingTrusted = LogEntries.isTrusted(name));
        return transport.isPresent();
    }

    private void endEntry() {
        if (pending.isPresent() && isPendingTrusted) {
            record(pending.get(), pendingAt);
        } else if (pending.isPresent()) {
            unparsed(pendingAt);
        }
        pending = Optional.empty();
        isPendingTrusted = false;
    }

    private void unparsed(long number) {
        unparsed++;
        if (unparsedAt.size() < POSITIONS) {
            unparsedAt.add(new SourcePosition(file, number));
        }
    }

    private void record(String fields, long number) {
        Optional<SeccompRecord> parsed = RecordParser.parse(fields);
        if (parsed.isEmpty()) {
            unparsed(number);
            return;
        }
        SeccompRecord call = parsed.get();
        callers.add(call);
        if (!selection.has(call)) {
            passedOver++;
            return;
        }
        SourcePosition at = new SourcePosition(file, number);
        check(call.arch(), at);
        kept++;
        outcomes.merge(call.outcome(), 1L, Long::sum);
        if (call.pid() != lastTask && tasks.size() < TASKS) {
            lastTask = call.pid();
            tasks.add(lastTask);
        }
        calls.computeIfAbsent(call.arch(), arch -> new TreeMap<>())
                .computeIfAbsent(call.name(), name -> new CallTally(at))
                .add(call.exe());
    }

    private void check(Arch arch, SourcePosition at) {
        if (declared.isPresent() && declared.get().nativeArch() != arch.nativeArch()) {
            throw new RefusalException(Diagnostic.error(
                    "abi-contradiction",
                    at,
                    "--arch " + declared.get().label() + " cannot be: this line shows " + arch.label()
                            + "; leave --arch out"));
        }
    }

    /**
     * Refuses a selection that selects nothing.
     *
     * @throws RefusalException when there is a selection, and no log, or logs with records of which none is wanted
     */
    public static void check(Selection selection, List<AuditLog> logs) {
        if (selection.isAll() || logs.stream().anyMatch(AuditLog::hasWanted)) {
            return;
        }
        if (logs.isEmpty()) {
            throw RefusalException.usage("--comm, --exe and --pid choose lines of a log of audit lines, and no file is"
                    + " one; for traces use --program");
        }
        CallerCounts all = new CallerCounts();
        logs.forEach(log -> all.add(log.callers));
        if (logs.stream().anyMatch(AuditLog::hasRecords)) {
            throw new RefusalException(Diagnostic.error(
                    "no-evidence",
                    SourcePosition.ofFile(logs.get(0).file),
                    "no audit line of seccomp is of those that --comm, --exe and --pid choose; there are lines of: "
                            + all.words()));
        }
    }

    /** Whether it has a record, wanted or not. */
    public boolean hasRecords() {
        return kept + passedOver + unparsed > 0;
    }

    /** Whether it has a wanted record, or one that may be. */
    public boolean hasWanted() {
        return kept > 0 || (unparsed > 0 && passedOver == 0);
    }

    /** The refusal of a log without records. */
    public RefusalException refusal() {
        return new RefusalException(Diagnostic.error(
                "no-evidence",
                SourcePosition.ofFile(file),
                "contains no strace output and no audit line of seccomp; " + Remediation.RECORD));
    }

    /** The log as a run: calls without arguments and results. */
    public Run run() {
        TreeMap<Arch, ArchObservation> architectures = new TreeMap<>();
        calls.forEach((arch, tallies) -> architectures.put(
                arch,
                new ArchObservation(
                        Proof.PROVEN,
                        ImmutableSortedMap.copyOf(Maps.transformValues(tallies, CallTally::observation)))));
        TreeMap<Omission, Sign> signs = new TreeMap<>();
        lost.sign().ifPresent(sign -> signs.put(Omission.LINES_LOST, sign));
        return new Run(
                selection.idOf(checksum),
                file,
                new LineCounts(kept, lines - kept - unparsed, unparsed),
                ImmutableList.copyOf(unparsedAt),
                ImmutableSortedSet.of(),
                Optional.of(new Completeness(tasks.size(), ImmutableSortedMap.copyOf(signs), warnings())),
                Optional.of(Recording.of(Recording.Kind.AUDIT)),
                Optional.empty(),
                ImmutableSortedMap.copyOf(architectures));
    }

    private ImmutableList<Diagnostic> warnings() {
        SourcePosition at = SourcePosition.ofFile(file);
        ImmutableList.Builder<Diagnostic> warnings = ImmutableList.builder();
        warnings.add(Diagnostic.warning(CODE, at, words()));
        if (selection.isAll() && callers.isSeveral()) {
            warnings.add(Diagnostic.warning(
                    "several-programs",
                    at,
                    "audit lines of several programs: " + callers.words()
                            + "; if not all of them run under this profile, choose with --comm, --exe or --pid"));
        }
        if (isShared && kept > 0) {
            warnings.add(Diagnostic.warning(
                    "shared-log",
                    at,
                    "programs log to this file too, and any of them can log under the name kernel and forge calls;"
                            + " read the kernel's messages alone with: journalctl -k -o json, or dmesg"));
        }
        return warnings.build();
    }

    private String words() {
        if (kept == 0) {
            return "a log without audit lines of seccomp: nothing was denied, or denials are not logged; a profile of"
                    + " generate --default-action log logs every call that it does not list";
        }
        List<String> parts = new ArrayList<>();
        outcomes.forEach((outcome, count) -> parts.add(count + " " + outcome.words()));
        return kept + (kept == 1 ? " call" : " calls") + " from audit lines (" + String.join(", ", parts)
                + "): only what the profile in force did not allow, without arguments and results; add them to that"
                + " profile with: strait merge PROFILE LOG";
    }
}
