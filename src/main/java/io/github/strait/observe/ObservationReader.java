package io.github.strait.observe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Reads what {@link ObservationWriter} wrote. Of the document only {@code evidence} counts; the sum is made again. */
final class ObservationReader {
    private static final String FIX = "make it again with: strait summarize TRACE";

    /** More calls than any trace has, and so few that the sums of any observation fit. */
    private static final long LIMIT = 1L << 40;

    private final String file;

    private ObservationReader(String file) {
        this.file = file;
    }

    /**
     * Reads an observation file.
     *
     * @throws EvidenceException when it is not JSON, of another schema, or says something impossible
     */
    static Observation read(String file, InputStream in) throws EvidenceException, IOException {
        return new ObservationReader(file).read(in);
    }

    private Observation read(InputStream in) throws EvidenceException, IOException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try {
            JsonNode root = mapper.readTree(in);
            String schema = root.path("strait").asText();
            if (!schema.equals(ObservationWriter.SCHEMA)) {
                throw error(0, "schema is '" + schema + "', and this strait reads " + ObservationWriter.SCHEMA);
            }
            if (!root.path("evidence").isArray()) {
                throw error(0, "has no \"evidence\"");
            }
            List<Run> runs = new ArrayList<>();
            for (JsonNode run : root.get("evidence")) {
                runs.add(run(run));
            }
            return Observation.of(runs);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            throw error(line, "is not the JSON of an observation: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw error(0, "is not an observation: " + e.getMessage());
        }
    }

    private EvidenceException error(int line, String what) {
        return new EvidenceException(
                Diagnostic.error("bad-observation", new SourcePosition(file, line), what + "; " + FIX));
    }

    private static Run run(JsonNode run) {
        TreeMap<Arch, ArchObservation> architectures = new TreeMap<>();
        run.path("architectures")
                .properties()
                .forEach(entry -> architectures.put(Arch.parse(entry.getKey()), architecture(entry.getValue())));
        JsonNode lines = run.path("lines");
        return new Run(
                text(run, "id"),
                text(run, "source"),
                new LineCounts(number(lines, "calls"), number(lines, "other"), number(lines, "unparsed")),
                strings(run.path("unparsedAt")).stream()
                        .map(ObservationReader::position)
                        .collect(ImmutableList.toImmutableList()),
                strings(run.path("marks")).stream()
                        .map(RunMark::parse)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(RunMark::compareTo)),
                ImmutableSortedMap.copyOf(architectures));
    }

    private static ArchObservation architecture(JsonNode architecture) {
        TreeMap<String, SyscallObservation> syscalls = new TreeMap<>();
        architecture
                .path("syscalls")
                .properties()
                .forEach(entry -> syscalls.put(name(entry.getKey()), syscall(entry.getValue())));
        Proof proof = Proof.valueOf(text(architecture, "proof").toUpperCase(Locale.ROOT));
        return new ArchObservation(proof, ImmutableSortedMap.copyOf(syscalls));
    }

    private static String name(String name) {
        // strace marks names of a foreign ABI: readv#64, o32:open
        if (!name.matches("[\\w#:]{1,64}")) {
            throw new IllegalArgumentException("'" + name + "' is no syscall name");
        }
        return name;
    }

    private static SyscallObservation syscall(JsonNode syscall) {
        TreeMap<String, Long> errors = new TreeMap<>();
        JsonNode failed = syscall.path("errors");
        failed.properties().forEach(error -> errors.put(error.getKey(), number(failed, error.getKey())));
        long count = number(syscall, "count");
        long succeeded = number(syscall, "succeeded");
        long unreturned = syscall.has("unreturned") ? number(syscall, "unreturned") : 0;
        long returned = errors.values().stream().mapToLong(Long::longValue).sum() + succeeded;
        if (returned + unreturned != count) {
            throw new IllegalArgumentException(
                    "\"count\" is " + count + ", and the results add up to " + (returned + unreturned));
        }
        return new SyscallObservation(
                count,
                succeeded,
                unreturned,
                ImmutableSortedMap.copyOf(errors),
                position(text(syscall, "first")),
                ImmutableSortedSet.copyOf(strings(syscall.path("programs"))),
                syscall.path("morePrograms").asBoolean(false),
                strings(syscall.path("alternatives")).stream()
                        .map(ObservationReader::name)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + field + "\" is missing or not a string");
        }
        return value.asText();
    }

    private static long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > LIMIT) {
            throw new IllegalArgumentException("\"" + field + "\" is missing or not a count");
        }
        return value.asLong();
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(value -> strings.add(value.asText()));
        return strings;
    }

    private static SourcePosition position(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("\\d{1,18}")) {
            return SourcePosition.ofFile(text);
        }
        return new SourcePosition(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }
}
