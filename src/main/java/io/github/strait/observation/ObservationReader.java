package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import io.github.strait.json.JsonReader.Leniency;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ObservationWriter} wrote, as strictly as a profile is read, because its calls will be allowed: exactly
 * one document, each key once and in its own spelling, each name one that strait could have written, and a head that is
 * what the runs below it give.
 *
 * <p>An unknown key belongs to a later version. It is ignored with a note, wherever it is, and lost when the
 * observation is written again. It can neither add nor remove a call, because nothing reads it. It does not count when
 * two readings of one trace are compared; see {@link SameTrace}.
 */
public final class ObservationReader {
    private static final List<String> KEYS = List.of(
            "strait",
            "runs",
            NewCallRateJson.WHOLE_RUNS,
            NewCallRateJson.RUNS_ALONE,
            NewCallRateJson.RATE,
            NewCallRateJson.INTERVAL,
            "lines",
            "architectures",
            ImportsJson.KEY,
            "evidence");
    private static final List<String> RUN_KEYS = List.of(
            "id",
            "source",
            RecordingJson.KEY,
            "lines",
            "unparsedAt",
            "marks",
            CompletenessJson.KEY,
            RuntimePartJson.KEY,
            "architectures");
    private static final List<String> LINES_KEYS = List.of("total", "calls", "other", "unparsed");
    private static final List<String> ARCH_KEYS = List.of("proof", "syscalls");
    private static final List<String> SHARING_KEYS =
            ImmutableList.<String>builder().addAll(KEYS).add(SharedRows.KEY).build();
    private static final List<String> SHARING_ARCH_KEYS =
            List.of("proof", SharedRows.ROWS, SharedRows.FIRST, SharedRows.ARGUMENTS_AT);

    /** The most kinds of unknown keys that are reported. */
    private static final int UNKNOWN = 8;

    private final String file;
    private final Consumer<Diagnostic> listener;
    private final ObservedNames names = new ObservedNames();
    private final Set<String> unknownKeys = new TreeSet<>();
    private final Set<String> ids = new HashSet<>();
    private final CallReader calls = new CallReader(names, this::unknown);
    private @Nullable SharedRowsReader shared;

    private ObservationReader(String file, Consumer<Diagnostic> listener) {
        this.file = file;
        this.listener = listener;
    }

    /**
     * Reads an observation file.
     *
     * @param listener called for everything ignored
     * @throws RefusalException when it is not one JSON document, of another schema, or says something impossible
     */
    public static Observation read(String file, InputStream in, Consumer<Diagnostic> listener) throws IOException {
        return new ObservationReader(file, listener).read(in.readAllBytes());
    }

    private Observation read(byte[] document) {
        Optional<TextFault> fault = TextFault.of(document);
        if (fault.isPresent()) {
            throw ObservationNode.refusal(file, fault.get().line(), fault.get().what());
        }
        Observation observation = document(ObservationNode.root(file, json(document)));
        unknownKeys.forEach(key -> listener.accept(Diagnostic.note(
                "unknown-key",
                SourcePosition.ofFile(file),
                "key \"" + key + "\" is not known to this version and was passed over")));
        return observation;
    }

    private Json json(byte[] document) {
        try {
            return new JsonReader(Leniency.NONE).read(document);
        } catch (JsonException e) {
            throw ObservationNode.refusal(
                    file,
                    e.line(),
                    e.kind() == JsonException.Kind.FOLLOWED
                            ? "another document follows the observation; name the files one by one, or unite them with:"
                                    + " strait merge A B"
                            : "is not the JSON of an observation: " + e.message());
        }
    }

    private Observation document(ObservationNode root) {
        if (root.has("defaultAction")) {
            throw root.fault("is a profile, not evidence; name the traces or observations that it was made from");
        }
        String schema = root.has("strait") ? root.get("strait").word() : "";
        boolean isSharing = schema.equals(ObservationWriter.SHARING);
        if (!isSharing && !schema.equals(ObservationWriter.SCHEMA)) {
            throw root.fault("schema is " + ObservationNode.shown(schema) + ", and this strait reads "
                    + ObservationWriter.SCHEMA + " and " + ObservationWriter.SHARING
                    + "; make it again with: strait summarize TRACE");
        }
        root.expect(isSharing ? SHARING_KEYS : KEYS, this::unknown);
        if (isSharing) {
            shared = new SharedRowsReader(root.get(SharedRows.KEY), names, calls);
        }
        List<Run> runs = new ArrayList<>();
        for (ObservationNode run : root.get("evidence").elements()) {
            runs.add(run(run));
        }
        if (shared != null) {
            shared.checkUse();
        }
        Observation observation = Observation.of(runs).withImports(ImportsJson.read(root, this::unknown));
        new ObservationHead(observation, names, this::unknown).check(root);
        return observation;
    }

    private void unknown(ObservationNode property) {
        if (unknownKeys.size() < UNKNOWN) {
            unknownKeys.add(property.key());
        }
    }

    /** An architecture by the one name that strait writes. */
    static Arch arch(ObservationNode at) {
        Arch arch = Arch.find(at.key()).orElseThrow(() -> at.fault("is not an architecture"));
        if (!arch.label().equals(at.key())) {
            throw at.fault("is spelled \"" + arch.label() + "\"");
        }
        return arch;
    }

    private Run run(ObservationNode run) {
        run.expect(RUN_KEYS, this::unknown);
        ObservationNode id = run.get("id");
        if (!id.text().matches("[\\w.-]{1,64}")) {
            throw id.fault("is not the digest of a trace");
        }
        if (!ids.add(id.text())) {
            throw id.fault("is that of another run above");
        }
        String source = run.get("source").text();
        TreeMap<Arch, ArchObservation> architectures = new TreeMap<>();
        for (ObservationNode each : run.get("architectures").properties()) {
            Arch arch = arch(each);
            architectures.put(arch, architecture(each, arch, source));
        }
        LineCounts lines = lines(run.get("lines"));
        Run read = new Run(
                id.text(),
                source,
                lines,
                positions(run.optionalTexts("unparsedAt")),
                run.optionalTexts("marks").stream()
                        .map(ObservationReader::mark)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(RunMark::compareTo)),
                run.has(CompletenessJson.KEY)
                        ? Optional.of(CompletenessJson.read(run.get(CompletenessJson.KEY), this::unknown))
                        : Optional.empty(),
                run.has(RecordingJson.KEY)
                        ? Optional.of(RecordingJson.read(run.get(RecordingJson.KEY), this::unknown))
                        : Optional.empty(),
                run.has(RuntimePartJson.KEY)
                        ? Optional.of(RuntimePartJson.read(run.get(RuntimePartJson.KEY), names, this::unknown))
                        : Optional.empty(),
                ImmutableSortedMap.copyOf(architectures));
        checkCounts(run, read);
        return read;
    }

    /**
     * A line that begins a call counts one; so does a resumption without a beginning. A table has no such lines, and qemu
     * begins several calls in one.
     */
    private static void checkCounts(ObservationNode at, Run run) {
        long calls = run.architectures().values().stream()
                .flatMap(arch -> arch.syscalls().values().stream())
                .mapToLong(SyscallObservation::count)
                .sum();
        LineCounts lines = run.lines();
        boolean fits = run.marks().contains(RunMark.SUMMARY_ONLY)
                ? lines.calls() == 0
                : lines.calls() <= calls && (run.isEmulated() || calls <= lines.calls() + lines.other());
        if (!fits) {
            throw at.get("lines").fault("counts " + lines.calls() + " calls, and the syscalls add up to " + calls);
        }
        if (run.unparsedAt().size() > lines.unparsed()) {
            throw at.get("unparsedAt").fault("lists more lines than were not understood");
        }
    }

    private static RunMark mark(ObservationNode at) {
        return Arrays.stream(RunMark.values())
                .filter(mark -> mark.label().equals(at.text()))
                .findFirst()
                .orElseThrow(() -> at.fault("is not a mark of a run: " + ObservationNode.shown(at.text())));
    }

    private LineCounts lines(ObservationNode lines) {
        lines.expect(LINES_KEYS, this::unknown);
        LineCounts counts = new LineCounts(
                lines.get("calls").count(),
                lines.get("other").count(),
                lines.get("unparsed").count());
        ObservationNode total = lines.get("total");
        if (total.count() != counts.total()) {
            throw total.fault("says " + total.count() + ", and the lines add up to " + counts.total());
        }
        return counts;
    }

    private ArchObservation architecture(ObservationNode architecture, Arch arch, String source) {
        TreeMap<String, SyscallObservation> syscalls;
        if (shared == null) {
            architecture.expect(ARCH_KEYS, this::unknown);
            syscalls = new TreeMap<>();
            for (ObservationNode call : architecture.get("syscalls").properties()) {
                String name = names.name(call, call.key(), arch);
                syscalls.merge(name, calls.read(call, name, arch), SyscallObservation::plus);
            }
        } else {
            architecture.expect(SHARING_ARCH_KEYS, this::unknown);
            syscalls = shared.read(architecture, arch, source);
        }
        if (syscalls.isEmpty()) {
            throw architecture.fault("has no calls");
        }
        ObservationNode proof = architecture.get("proof");
        return new ArchObservation(
                Arrays.stream(Proof.values())
                        .filter(each -> each.label().equals(proof.text()))
                        .findFirst()
                        .orElseThrow(() -> proof.fault("is not a proof: " + ObservationNode.shown(proof.text()))),
                ImmutableSortedMap.copyOf(syscalls));
    }

    private static ImmutableList<SourcePosition> positions(List<ObservationNode> texts) {
        return texts.stream().map(CallReader::position).collect(ImmutableList.toImmutableList());
    }
}
