package io.github.strait;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.format.Formats;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One of {@code traces/}, decompressed, and what is known of it: benchmarks compare their answers with
 * {@code generated/} before they measure.
 */
public final class Recording {
    private final byte[] bytes;
    private final Run known;
    private final Profile profile;

    private Recording(byte[] bytes, Run known, Profile profile) {
        this.bytes = bytes;
        this.known = known;
        this.profile = profile;
    }

    /** The recording {@code traces/NAME.strace.zst}, read from the root of the sources. */
    public static Recording of(String name) throws IOException {
        String trace = "traces/" + name + ".strace.zst";
        Path generated = Path.of("generated", name.replaceFirst("-[0-9]+$", ""));
        String observation = generated.resolve("observation.json").toString();
        Path profile = generated.resolve("profile.json");
        try (InputStream in = Compression.open(Files.newInputStream(Path.of(trace)))) {
            return new Recording(
                    in.readAllBytes(),
                    Iterables.getOnlyElement(Iterables.filter(
                            runs(observation, InputStream.nullInputStream()),
                            run -> run.source().equals(trace))),
                    Formats.read(profile.toString(), Files.readAllBytes(profile))
                            .profile());
        }
    }

    /** The runs that strait sees in a file, or in the stream when the name is {@code -}. */
    public static List<Run> runs(String file, InputStream stdin) {
        return new EvidenceReader(Optional.empty(), Arch.X86_64, stdin)
                .read(ImmutableList.of(file))
                .observation()
                .runs();
    }

    /** The text of strace, from its beginning. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /** How many bytes that text has. */
    public int size() {
        return bytes.length;
    }

    /** What {@code generated/} says of it. */
    public Run known() {
        return known;
    }

    /** The profile made of it and of the other runs of that program. */
    public Profile profile() {
        return profile;
    }

    /** How often each call was made; what is measured is of x86_64 alone. */
    public ImmutableSortedMap<String, Long> calls() {
        return calls(known);
    }

    /** How often each call was made in a run. */
    public static ImmutableSortedMap<String, Long> calls(Run run) {
        return ImmutableSortedMap.copyOf(Maps.transformValues(
                Iterables.getOnlyElement(run.architectures().values()).syscalls(), SyscallObservation::count));
    }

    /** Ends the benchmark when an answer is not what is known. */
    public static void prove(String what, Object known, Object answer) {
        if (!known.equals(answer)) {
            throw new IllegalStateException(what + ": " + known + " is known, and the answer is " + answer);
        }
    }
}
