package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.Omission;
import io.github.strait.syscall.StraceGroup;
import io.github.strait.trace.Ascii;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Detects that strace was told to show only some calls, by the absence of calls that every program makes: one that is
 * not killed exits by {@code exit} or {@code exit_group}, one that starts maps memory, and the dynamic loader opens,
 * reads, maps and closes libraries. The omission of other calls leaves no sign.
 */
final class CallFilter implements RunWatcher {
    /** Paths of the dynamic loader of glibc and of musl, and of the files that it looks for first. */
    private static final List<byte[]> LOADER =
            List.of(word("\"/etc/ld.so."), word("/libc.so.6\""), word("/libc.musl-"), word("\"/etc/ld-musl-"));

    private static final Set<String> LOOKING = Set.of("open", "openat", "access", "faccessat", "readlink");

    /** Calls that a program makes before its own code runs; even the smallest make one of them. */
    private static final Set<String> STARTING = Set.of(
            "brk", "mmap", "mmap2", "old_mmap", "mprotect", "munmap", "set_tid_address", "set_thread_area", "uname");

    /** The calls with which the dynamic loader loads a library, each under its names on all machines. */
    private static final List<List<String>> LOADING =
            List.of(List.of("openat", "open"), List.of("read"), List.of("mmap", "mmap2", "old_mmap"), List.of("close"));

    /** More calls than a program without a libc has in an example. */
    private static final int MANY = 20;

    private static final int NAMES = 5;

    private @Nullable SourcePosition end;
    private @Nullable SourcePosition execve;
    private @Nullable SourcePosition loader;

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The program of a container starts: no sign before counts. */
    void programStarts() {
        end = null;
        execve = null;
        loader = null;
    }

    /** Whether the line of a call of this name, and the first of it in its context, may be that of a loader. */
    boolean isAwaiting(PrintedName printed) {
        return loader == null && LOOKING.contains(printed.name());
    }

    /** Looks at a call that its context has not counted yet: the first of its name and number. */
    void newCall(PrintedName printed, Line line) {
        if (isAwaiting(printed) && isOfLoader(line)) {
            loader = line.position();
        }
    }

    private static boolean isOfLoader(Line line) {
        return LOADER.stream().anyMatch(path -> Ascii.indexOf(line.bytes(), line.nameEnd(), line.end(), path) >= 0);
    }

    @Override
    public void programStarts(Image before, String program, Line line) {
        if (execve == null) {
            execve = line.position();
        }
    }

    /** The line of a task's end names a signal if that killed it. */
    @Override
    public void otherLine(Line line) {
        if (end == null && line.kind() == LineKind.EXIT && line.nameStart() == line.nameEnd()) {
            end = line.position();
        }
    }

    @Override
    public void runEnds(RunFindings findings) {
        sign(findings.names(), findings.calls())
                .ifPresent(sign -> findings.omissions().put(Omission.CALLS_MISSING, sign));
    }

    /**
     * What shows that calls are missing.
     *
     * @param names the calls of the run as strace prints them; empty without evidence
     * @param calls how many there are
     */
    private Optional<Sign> sign(Set<String> names, long calls) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        boolean exits = names.contains("exit") || names.contains("exit_group");
        if (end != null && !exits) {
            return sign(end, "a task exits here, and the trace has neither exit nor exit_group", names);
        } else if (!exits) {
            // cut, or attached: what is missing need not have been left out
            return Optional.empty();
        } else if (execve != null && names.stream().noneMatch(STARTING::contains) && isConvincing(names, calls)) {
            return sign(
                    execve,
                    "a program starts here, and the trace has no call that programs start with, such as brk and mmap",
                    names);
        }
        String absent = LOADING.stream()
                .filter(printedNames -> printedNames.stream().noneMatch(names::contains))
                .map(printedNames -> printedNames.get(0))
                .collect(Collectors.joining(" and "));
        return loader == null || absent.isEmpty()
                ? Optional.empty()
                : Optional.of(sign(
                        loader,
                        "the dynamic loader ran here, and the trace has no " + absent,
                        "-e trace=!" + absent.replace(" and ", ",")));
    }

    /** Few calls may be all there is: of an excerpt, or of a program that was written without a libc. */
    private static boolean isConvincing(Set<String> names, long calls) {
        return calls >= MANY || StraceGroup.of(names).isPresent();
    }

    private static Optional<Sign> sign(SourcePosition at, String why, Set<String> names) {
        TreeSet<String> known = new TreeSet<>(names);
        known.removeIf(PrintedName::isNumber);
        String shown = StraceGroup.of(known)
                .map(group -> "-e trace=" + group)
                .orElse(known.size() <= NAMES ? "-e trace=" + String.join(",", known) : "-e trace=, -z or after grep");
        return Optional.of(sign(at, why, shown));
    }

    private static Sign sign(SourcePosition at, String why, String how) {
        return Sign.of(1, List.of(new Place(at, why + ": it shows some calls only, as with " + how)));
    }
}
