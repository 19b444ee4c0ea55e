package io.github.strait.evidence;

import com.google.common.collect.ImmutableSetMultimap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which libraries make which calls, by the stack frames that {@code strace -k} prints after a call: the first file from the
 * inside that is neither the C library nor the loader. This is for people: a program can forge frames.
 */
public final class CallingLibraries {
    /** More pairs than programs have; a trace with more was made to fill memory. */
    private static final int PAIRS = 1 << 14;

    /** What a line says stands at its beginning; the rest of a longer one is passed over. */
    private static final int LENGTH = 1 << 12;

    private static final String FRAME = " > ";
    private static final Pattern CALL = Pattern.compile("(?:^|[ \\]])(\\w{2,40})\\(");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w{2,40}) resumed>");
    private static final Pattern OBJECT = Pattern.compile("^ > (/[^(]{1,1000})\\(");
    private static final Pattern SYSTEM =
            Pattern.compile("(libc|libpthread|ld-[\\w-]*|ld|libc\\.musl-[\\w-]*)(-[\\d.]+)?\\.so.*");
    private static final Pattern VERSION = Pattern.compile("(-[\\d.]+)?\\.so[\\d.]*$");

    private final Set<List<String>> pairs = new HashSet<>();
    private @Nullable String call;

    private CallingLibraries() {}

    /**
     * Reads traces again that have frames.
     *
     * @return the libraries, without version, by the calls as strace prints them
     */
    public static ImmutableSetMultimap<String, String> of(List<String> arguments) {
        CallingLibraries libraries = new CallingLibraries();
        for (EvidenceSource source : EvidenceFiles.find(arguments)) {
            for (String file : source.files()) {
                libraries.read(file);
            }
        }
        ImmutableSetMultimap.Builder<String, String> all = ImmutableSetMultimap.builder();
        new TreeSet<>(libraries.pairs.stream()
                        .map(pair -> String.join(" ", pair))
                        .toList())
                .forEach(pair -> {
                    int space = pair.indexOf(' ');
                    all.put(pair.substring(0, space), pair.substring(space + 1));
                });
        return all.build();
    }

    /** A file that cannot be read adds nothing: its evidence was read before. */
    private void read(String file) {
        try (EvidenceStream stream = EvidenceStream.open(file, InputStream.nullInputStream(), ReadListener.NONE)) {
            byte[] line = new byte[LENGTH];
            int length = 0;
            for (int next = stream.in().read(); next >= 0; next = stream.in().read()) {
                if (next == '\n') {
                    line(new String(line, 0, length, StandardCharsets.UTF_8));
                    length = 0;
                } else if (length < LENGTH) {
                    line[length++] = (byte) next;
                }
            }
        } catch (IOException e) {
            call = null;
        }
    }

    private void line(String line) {
        if (!line.startsWith(FRAME)) {
            call = called(line);
            return;
        }
        Matcher frame = OBJECT.matcher(line);
        if (call == null || !frame.find()) {
            return;
        }
        String name = frame.group(1).substring(frame.group(1).lastIndexOf('/') + 1);
        if (!SYSTEM.matcher(name).matches() && pairs.size() < PAIRS) {
            pairs.add(List.of(call, VERSION.matcher(name).replaceFirst("")));
            call = null;
        }
    }

    private static @Nullable String called(String line) {
        Matcher resumed = RESUMED.matcher(line);
        if (resumed.find()) {
            return resumed.group(1);
        }
        Matcher begun = CALL.matcher(line);
        return begun.find() ? begun.group(1) : null;
    }
}
