package io.github.strait.qemu;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.CallName;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.RecordingHeader;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallSum;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One log of qemu-user: the calls of a program of another machine. It does not say which machine; strait's header does, or
 * the user.
 */
public final class QemuLog implements GuestParts {
    /** The code of the warning that says what such a run is. */
    public static final String CODE = "qemu-log";

    private static final String CONTRADICTION = "abi-contradiction";
    private static final String BYTE_ORDER_MARK = "\ufeff";
    /** In UTF-8. */
    private static final int MARK_BYTES = 3;

    private static final String CLONE = "clone";
    private static final int POSITIONS = 3;
    private static final int DIGITS = 8;
    private static final int NAMES = 8;

    private final String file;
    private final Optional<Arch> declared;
    private final GuestLineScanner scanner = new GuestLineScanner(this);
    private final OpenCalls open = new OpenCalls();
    private final GuestProcesses processes = new GuestProcesses();
    private final TreeMap<String, GuestCall> calls = new TreeMap<>();
    private final TreeMap<String, SourcePosition> unknown = new TreeMap<>();
    private final List<SourcePosition> unparsedAt = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private Optional<Recording> recording = Optional.empty();
    private @Nullable SourcePosition cut;
    private @Nullable SourcePosition forged;
    private @Nullable GuestNames names;
    private Arch arch = Arch.X86_64;
    private byte[] line = new byte[0];
    private SourcePosition at;
    private long notEmulated;
    private long callLines;
    private long unparsed;
    private boolean isCall;
    private boolean isText;
    /** Whether the last part of the line is a call or text, after which more should come. */
    private boolean isEndOpen;

    private QemuLog(String file, Optional<Arch> declared) {
        this.file = file;
        this.declared = declared;
        this.at = new SourcePosition(file, 1);
    }

    /**
     * Reads a log to its end.
     *
     * @param in what it holds, decompressed; the caller closes it
     * @param declared the guest's ABI, where the user names it
     * @param portion called after each portion that is read
     * @return the run: calls without arguments, and the results that are certain
     * @throws RefusalException when nothing says of which ABI it is, when it cannot be of that one, or when lines of strace
     *     are among those of qemu
     */
    public static Run read(String file, InputStream in, Optional<Arch> declared, LongConsumer portion)
            throws IOException {
        QemuLog log = new QemuLog(file, declared);
        CRC32C sum = new CRC32C();
        long lines = new GuestLines(new CheckedInputStream(in, sum), portion).forEach(log::line);
        String digits = Long.toHexString(sum.getValue());
        return log.run("0".repeat(DIGITS - digits.length()) + digits + Long.toHexString(lines), lines);
    }

    private void line(byte[] bytes, int from, int to, long number, boolean isWhole) {
        at = new SourcePosition(file, number);
        int start = from;
        if (number == 1) {
            String first = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            begin(first);
            if (recording.isPresent()) {
                return;
            }
            start += first.startsWith(BYTE_ORDER_MARK) ? MARK_BYTES : 0;
        }
        line = bytes;
        isCall = false;
        isText = false;
        isEndOpen = false;
        scanner.scan(bytes, start, to);
        if (!isWhole && isEndOpen) {
            cut = at;
        }
        if (isCall) {
            callLines++;
        } else if (isText) {
            unparsed(at);
        }
    }

    /** Finds the ABI: what the header says, or the user. */
    private void begin(String first) {
        if (RecordingHeader.begins(first)) {
            recording = RecordingHeader.read(first, at, warnings::add)
                    .filter(header -> header.kind() == Recording.Kind.EMULATED);
        }
        Optional<Arch> recorded = recording
                .flatMap(header -> Optional.ofNullable(header.facts().get(Fact.ABI)))
                .flatMap(Arch::find);
        if (recorded.isEmpty() && declared.isEmpty()) {
            throw new RefusalException(Diagnostic.error(
                    "abi-unknown",
                    SourcePosition.ofFile(file),
                    "is the output of qemu -strace, which does not say which machine the program is of; name that with:"
                            + " --arch aarch64, or record with: strait record --qemu aarch64 -o FILE -- COMMAND"));
        }
        arch = recorded.or(() -> declared).orElseThrow();
        names = new GuestNames(arch);
        if (declared.isPresent() && declared.get() != arch) {
            throw contradiction("the header of the recording says " + arch.label());
        }
        if (recording.isPresent()) {
            // strait started the program, as execve does: qemu shows only what comes after
            counted("execve", CallName.proven("execve")).end(GuestResult.SUCCESS);
        }
    }

    private RefusalException contradiction(String why) {
        return new RefusalException(
                Diagnostic.error(CONTRADICTION, at, "this cannot be a log of " + declaredOr() + ": " + why));
    }

    private String declaredOr() {
        return declared.orElse(arch).label();
    }

    private RefusalException mixed() {
        return new RefusalException(Diagnostic.error(
                "no-evidence",
                at,
                "this line is strace's, in a log of qemu-user: whose calls the others are is not certain; give each"
                        + " a file of its own"));
    }

    @Override
    public void call(long pid, String name, int from, int to, boolean isClosed) {
        // where the program is another one then, the log goes on, or ends, in the same line
        isEndOpen = !isClosed || !GuestProcesses.isExecution(name);
        Optional<CallName> found = Optional.ofNullable(names).flatMap(known -> known.find(name));
        if (found.isEmpty()) {
            unknown(name);
            return;
        }
        String flags = name.equals(CLONE) ? read(from, to) : "";
        isCall = true;
        if (!isClosed) {
            cut = at;
            if (isOfStrace(read(from, to))) {
                throw mixed();
            }
        }
        GuestCall call = counted(name, found.get());
        processes.call(pid, name, flags, at);
        if (!name.equals("exit") && !name.equals("exit_group")) {
            open.begin(call, isFork(name, flags) ? 2 : 1);
        }
    }

    /** Whether a call makes a process, in which it returns too. */
    private static boolean isFork(String name, String flags) {
        return name.equals("fork")
                || name.equals("vfork")
                || (name.equals(CLONE) && !flags.contains(GuestProcesses.THREAD));
    }

    private GuestCall counted(String printed, CallName name) {
        GuestCall call = calls.computeIfAbsent(printed, key -> new GuestCall(name, at));
        call.begin();
        return call;
    }

    /** A name that the ABI has no call of: of another one, or of none. */
    private void unknown(String name) {
        isText = true;
        String others = GuestNames.arches(name);
        if (!others.isEmpty()) {
            throw contradiction("it has no call '" + name + "', which " + others
                    + (others.indexOf(',') < 0 ? " has" : " have")
                    + "; name its machine with --arch, and if the program"
                    + " wrote this line, keep its output apart with: -D FILE");
        }
        if (unknown.size() < NAMES) {
            unknown.putIfAbsent(name, at);
        }
    }

    @Override
    public void number(long pid, int number) {
        isCall = true;
        String name = NamelessCall.nameOf(number, arch);
        counted(name, CallName.proven(name));
        processes.call(pid, name, "", at);
    }

    @Override
    public void result(int from, int to) {
        isEndOpen = false;
        String text = read(from, to);
        if (GuestResult.isOfStrace(text)) {
            throw mixed();
        } else if (GuestResult.isImpossible(text, arch)) {
            throw contradiction(
                    "the result " + (text.length() > 40 ? text.substring(0, 40) : text) + " has another form there");
        }
        GuestResult result = GuestResult.parse(text, arch);
        notEmulated += result.kind() == GuestResult.Kind.NOT_EMULATED ? 1 : 0;
        open.end(result);
    }

    @Override
    public void signal(int from, int to) {
        isEndOpen = false;
        processes.signal(read(from, to));
    }

    @Override
    public void continued() {
        isText = true;
        forgeable();
    }

    /** Whether strace alone ends a line so, or resumes a call. */
    private static boolean isOfStrace(String text) {
        return text.endsWith("+++") || text.endsWith("<unfinished ...>") || text.contains(" resumed>");
    }

    /** In a log of its own nothing stands but what qemu prints; what else does, the program put there by a name. */
    private void forgeable() {
        if (forged == null && recording.isPresent()) {
            forged = at;
        }
    }

    @Override
    public void text(int from, int to) {
        String text = read(from, to);
        if (isOfStrace(text)) {
            throw mixed();
        }
        isText = true;
        isEndOpen = true;
        forgeable();
    }

    private String read(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    private void unparsed(SourcePosition position) {
        unparsed++;
        if (unparsedAt.size() < POSITIONS) {
            unparsedAt.add(position);
        }
    }

    private Run run(String id, long lines) {
        TreeMap<Omission, Sign> signs = processes.signs();
        if (recording.isEmpty()) {
            signs.put(Omission.START_MISSING, Sign.of(1, List.of(new Place(new SourcePosition(file, 1), ""))));
        }
        if (cut != null) {
            signs.put(Omission.LINES_CUT, Sign.of(1, List.of(new Place(cut, ""))));
        }
        String program = recording
                .filter(header -> !header.command().isEmpty())
                .map(header -> header.command().get(0))
                .orElse("");
        TreeMap<String, SyscallSum> syscalls = new TreeMap<>();
        calls.forEach((printed, call) -> syscalls.computeIfAbsent(call.name(), key -> new SyscallSum())
                .add(Subcalls.with(call.observation(program), call.name(), printed.toLowerCase(Locale.ROOT))));
        Proof proof = recording.isPresent() ? Proof.PROVEN : Proof.DECLARED;
        return new Run(
                id,
                file,
                new LineCounts(callLines, lines - callLines - unparsed, unparsed),
                ImmutableList.copyOf(unparsedAt),
                isShared() ? ImmutableSortedSet.of(RunMark.SHARED_STREAM) : ImmutableSortedSet.of(),
                Optional.of(new Completeness(
                        processes.count(), ImmutableSortedMap.copyOf(signs), ImmutableList.copyOf(warnings()))),
                Optional.of(recording.orElse(Recording.of(Recording.Kind.EMULATED))),
                Optional.empty(),
                ImmutableSortedMap.of(arch, ArchObservation.of(proof, syscalls)));
    }

    private boolean isShared() {
        return recording.isEmpty() || forged != null;
    }

    private List<Diagnostic> warnings() {
        SourcePosition whole = SourcePosition.ofFile(file);
        List<Diagnostic> all = new ArrayList<>(warnings);
        all.add(Diagnostic.warning(
                CODE,
                whole,
                "calls of " + arch.label()
                        + " under qemu-user, without arguments; unknown is what a call returned where"
                        + " it may be another task's"
                        + (notEmulated == 0 ? "" : ", and " + notEmulated + " ENOSYS of qemu's own")
                        + "; calls that a vDSO answers elsewhere are among them"));
        if (isShared()) {
            all.add(Diagnostic.warning(
                    RunMark.SHARED_STREAM.label(),
                    forged == null ? whole : forged,
                    forged == null
                            ? "the program can write to the same stream and forge calls; record with: strait record"
                                    + " --qemu " + arch.label() + " -o FILE -- COMMAND"
                            : "the program uses names with line feeds, which qemu prints as they are, and can forge"
                                    + " calls so; compare with a run that does not"));
        }
        unknown.forEach((name, first) -> all.add(Diagnostic.warning(
                "unknown-name", first, "'" + name + "' looks like a call and is in no syscall table: not counted")));
        return all;
    }
}
