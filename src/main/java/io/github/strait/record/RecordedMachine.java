package io.github.strait.record;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.derive.Release;
import io.github.strait.observation.Recording.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * What a process that is recorded runs on, as far as its calls depend on it: programs look at how many processors there are before
 * they start threads, and each release of a distribution has its own libc.
 *
 * @param processors 0 when that is not known
 */
record RecordedMachine(int processors, Optional<Release> release) {
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final int LONGEST = 1 << 14;
    private static final int MOST = 1 << 16;

    /** Of this process, which its children inherit. */
    static RecordedMachine here() {
        return of(Path.of("/proc/self"), Path.of("/sys/devices/system/cpu/online"), Path.of("/"));
    }

    /** Of another process. */
    static RecordedMachine of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        return of(process, Path.of("/sys/devices/system/cpu/online"), process.resolve("root"));
    }

    static RecordedMachine of(Path process, Path online, Path root) {
        BitSet processors = new BitSet();
        for (String line : Splitter.on('\n').split(text(process.resolve("status")))) {
            if (line.startsWith(ALLOWED)) {
                processors = set(line.substring(ALLOWED.length()));
            }
        }
        String there = text(online);
        if (!there.isBlank()) {
            processors.and(set(there)); // a process may be allowed on processors that the machine lacks
        }
        Optional<Release> release = Release.ofFile(text(root.resolve("usr/lib/os-release")));
        return new RecordedMachine(
                processors.cardinality(),
                release.isPresent() ? release : Release.ofFile(text(root.resolve("etc/os-release"))));
    }

    /** The processors of a list such as {@code 0-3,8}. */
    private static BitSet set(String list) {
        BitSet set = new BitSet();
        for (String range : Splitter.on(',').split(list.strip())) {
            int dash = range.indexOf('-');
            int first = number(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : number(range.substring(dash + 1));
            if (first >= 0 && last >= first && last < MOST) {
                set.set(first, last + 1);
            }
        }
        return set;
    }

    private static int number(String text) {
        return !text.isEmpty()
                        && text.length() < 7
                        && CharMatcher.inRange('0', '9').matchesAllOf(text)
                ? Integer.parseInt(text)
                : -1;
    }

    /** Nothing of what is not a file: the root may be that of a hostile container. */
    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    boolean hasOneProcessor() {
        return processors == 1;
    }

    /** For the header of a trace. */
    ImmutableSortedMap<Fact, String> facts() {
        ImmutableSortedMap.Builder<Fact, String> facts = ImmutableSortedMap.naturalOrder();
        if (processors > 0) {
            facts.put(Fact.PROCESSORS, Integer.toString(processors));
        }
        release.ifPresent(known -> facts.put(Fact.RELEASE, known.name()));
        return facts.build();
    }
}
