package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.DocumentText;
import io.github.strait.json.Json;
import io.github.strait.yaml.Doubt;
import io.github.strait.yaml.YamlException;
import io.github.strait.yaml.YamlReader;
import io.github.strait.yaml.YamlStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The documents of one file: several of YAML, or one of JSON. */
public final class Documents {
    /** The deepest that others put beside a profile, the schemas of custom resources, have some forty levels. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_NODES = 1_000_000;
    private static final int LONGEST = 200;

    /** The first line of YAML: a marker, or a key. */
    private static final Pattern FIRST_LINE =
            Pattern.compile("---(\\s.*)?|([A-Za-z][A-Za-z0-9_./-]*+|\"[A-Za-z]+\"|'[A-Za-z]+')\\s*+:(\\s.*)?");

    private final DocumentText source;
    private final ImmutableList<Json> all;
    private final @Nullable YamlStream yaml;

    private Documents(DocumentText source, ImmutableList<Json> all, @Nullable YamlStream yaml) {
        this.source = source;
        this.all = all;
        this.yaml = yaml;
    }

    /** Whether a text begins as YAML does that is not JSON: with a marker or a key without braces, after comments. */
    public static boolean isYaml(String start) {
        Iterator<String> lines = start.lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.isBlank() && line.charAt(0) != '#') {
                return FIRST_LINE.matcher(line).matches();
            }
        }
        return false;
    }

    /**
     * Reads a file.
     *
     * @throws RefusalException when it is neither YAML nor JSON, or has more than any profile
     */
    public static Documents read(DocumentText source) {
        if (!isYaml(source.text())) {
            return new Documents(source, ImmutableList.of(ProfileJson.read(source, false)), null);
        }
        try {
            YamlStream stream = new YamlReader(MAX_DEPTH, MAX_NODES).read(source.text());
            return new Documents(source, stream.documents(), stream);
        } catch (YamlException e) {
            throw source.error(
                    e.line(), (e.isSyntax() ? "neither YAML nor JSON: " : "") + Printable.of(e.message(), LONGEST));
        }
    }

    /** The documents that say anything. */
    public ImmutableList<Json> all() {
        return all;
    }

    /** The only document. */
    Json single() {
        if (all.size() != 1) {
            throw source.error(
                    all.isEmpty() ? 0 : all.get(1).line(),
                    all.isEmpty()
                            ? "the document is empty; is it the right file?"
                            : "the file has " + all.size() + " documents, at " + lines(all)
                                    + "; split it, one profile a file");
        }
        return settled(all.get(0));
    }

    /** For messages: {@code lines 3, 8}. */
    public static String lines(ImmutableList<? extends Json> parts) {
        return (parts.size() == 1 ? "line " : "lines ")
                + parts.stream()
                        .limit(10)
                        .map(part -> Integer.toString(part.line()))
                        .collect(Collectors.joining(", "))
                + (parts.size() > 10 ? ", ..." : "");
    }

    /** The same part, which all readers of YAML read alike. */
    public Json settled(Json part) {
        Optional<Doubt> doubt = yaml == null ? Optional.empty() : yaml.doubtIn(part);
        if (doubt.isPresent()) {
            throw source.error(doubt.get().line(), Printable.of(doubt.get().message()));
        }
        return part;
    }

    /** The refusal of something in them. */
    public RefusalException error(int line, String message) {
        return source.error(line, message);
    }
}
