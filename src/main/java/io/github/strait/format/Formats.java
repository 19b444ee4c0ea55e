package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Every format, by name. */
public final class Formats {
    /** The runtime specification's {@code linux.seccomp}. */
    public static final ReadableFormat OCI = new JsonFormat(Dialect.OCI);

    /** Docker's extended form, of which {@link #OCI} is a part. */
    public static final ReadableFormat MOBY = new JsonFormat(Dialect.MOBY);

    /** One allowed call a line. */
    public static final ReadableFormat NAMES = new NamesFormat();

    /** What gVisor's runsc reads. */
    public static final ProfileFormat GVISOR = new GvisorFormat();

    private static final ImmutableList<ProfileFormat> ALL = ImmutableList.of(OCI, MOBY, NAMES, GVISOR);
    private static final ImmutableMap<String, ProfileFormat> SYNONYMS = ImmutableMap.of("docker", OCI);
    private static final Pattern NAMES_LINE = Pattern.compile("\\A\\s*+[A-Za-z0-9_]++\t");

    /** What a document in JSON or YAML begins with. */
    private static final Pattern OTHER_LINE = Pattern.compile("\\A\\s*+([{\\[/]|[A-Za-z]++:|---)");

    private Formats() {}

    /** All formats, the default one first. */
    public static ImmutableList<ProfileFormat> all() {
        return ALL;
    }

    /** The format called so by {@code --format}; {@code docker} is a synonym of {@code oci}. */
    public static Optional<ProfileFormat> find(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .or(() -> Optional.ofNullable(SYNONYMS.get(name)));
    }

    /**
     * The format to read a document with when nobody says which. Every OCI document is a Moby document of the same
     * meaning, so that there is nothing to tell apart between these two.
     */
    public static ReadableFormat detect(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 4096), StandardCharsets.UTF_8);
        boolean comment = false;
        for (String line : start.lines().filter(text -> !text.isBlank()).toList()) {
            if (!line.startsWith("#")) {
                return NAMES_LINE.matcher(line).find()
                                || (comment && !OTHER_LINE.matcher(line).find())
                        ? NAMES
                        : MOBY;
            }
            comment = true;
        }
        return comment ? NAMES : MOBY;
    }

    /**
     * The calls that a document allows on each ABI, with all arguments or with some. For comparing documents: of a list
     * of names it takes more than {@link #read} does, which must make one profile of it.
     *
     * @param unlisted the ABIs of a document that lists none
     * @throws RefusalException as {@link #read}
     */
    public static ImmutableSetMultimap<Arch, String> allowedCalls(String file, byte[] content, Set<Arch> unlisted) {
        return detect(content) == NAMES
                ? ImmutableSetMultimap.copyOf(NamesFormat.calls(Source.of(file, content)))
                : AllowedCalls.of(MOBY.read(file, content).profile(), unlisted);
    }

    /** The profile of a document in any format that can be read, as the usual reader sees it. */
    public static Reading read(String file, byte[] content) {
        return read(file, content, Reader.USUAL);
    }

    /** The profile of a document in any format that can be read. */
    public static Reading read(String file, byte[] content, Reader reader) {
        return detect(content).read(file, content, reader);
    }
}
