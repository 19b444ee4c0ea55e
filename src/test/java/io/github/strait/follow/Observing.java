package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Proof;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Line;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A trace given as text, read as from standard input on an x86_64 machine. */
public final class Observing {
    private Observing() {}

    public static Evidence text(String text) {
        return text(Optional.empty(), text);
    }

    public static Evidence text(Optional<Arch> declared, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new EvidenceReader(declared, Arch.X86_64, new ByteArrayInputStream(bytes)).read(List.of("-"));
    }

    /** What these files show. */
    public static Evidence files(Path... files) {
        return new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .read(Stream.of(files).map(Path::toString).toList());
    }

    public static Evidence lines(String... lines) {
        return text(String.join("\n", lines) + "\n");
    }

    /** The text with a mark in front of each line. */
    public static String marked(String mark, String text) {
        return text.lines().map(line -> mark + line + "\n").collect(Collectors.joining());
    }

    /** Hands each line of the text, as of a file called {@code t}, to the handler. */
    public static void each(String text, Consumer<Line> handler) {
        try {
            new TraceReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "t", 0, 0)
                    .forEach(handler::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code ARCH NAME} to the number of calls, so that a test can compare all at once. */
    public static Map<String, Long> counts(Evidence evidence) {
        Map<String, Long> counts = new TreeMap<>();
        evidence.observation()
                .architectures()
                .forEach((arch, seen) ->
                        seen.syscalls().forEach((name, call) -> counts.put(arch.label() + " " + name, call.count())));
        return counts;
    }

    public static Proof proof(Evidence evidence, Arch arch) {
        ArchObservation seen = evidence.observation().architectures().get(arch);
        if (seen == null) {
            throw new AssertionError("no calls of " + arch.label() + ", but " + counts(evidence));
        }
        return seen.proof();
    }

    public static SyscallObservation call(Evidence evidence, Arch arch, String name) {
        SyscallObservation seen =
                evidence.observation().architectures().get(arch).syscalls().get(name);
        if (seen == null) {
            throw new AssertionError("no " + name + " of " + arch.label() + ", but " + counts(evidence));
        }
        return seen;
    }

    /** What there is to say of the lines that are there, not of those that are missing. */
    public static List<Diagnostic> said(Evidence evidence) {
        return evidence.diagnostics().stream()
                .filter(diagnostic -> Omission.find(diagnostic.code()).isEmpty())
                .toList();
    }

    /** The codes of that. */
    public static List<String> codes(Evidence evidence) {
        return said(evidence).stream().map(Diagnostic::code).toList();
    }

    /** The codes of what there is to say of missing lines. */
    public static List<String> omissions(Evidence evidence) {
        return evidence.diagnostics().stream()
                .map(Diagnostic::code)
                .filter(code -> Omission.find(code).isPresent())
                .toList();
    }
}
