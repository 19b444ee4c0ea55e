package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.ReadableFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The drop-ins of a systemd unit: {@code NAME.service.d/*.conf} beside {@code NAME.service}, in the order of their names.
 * systemd looks for more, in {@code /etc}, {@code /run} and {@code /usr/lib}; {@code systemctl cat} prints them all, and
 * several files are put together here as it does.
 */
final class UnitFiles {
    private static final Pattern UNIT = Pattern.compile(".+\\.(service|socket|mount|swap)");
    private static final String FOLDER = ".d";
    private static final String DROP_IN = ".conf";

    private UnitFiles() {}

    /** Whether this is the folder of a unit's drop-ins. */
    static boolean isFolder(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(FOLDER)
                && UNIT.matcher(name.substring(0, name.length() - FOLDER.length()))
                        .matches()
                && Files.isDirectory(path);
    }

    /** The drop-ins of a folder. */
    static byte[] ofFolder(Path folder) throws IOException {
        return joined(new byte[0], folder);
    }

    /** A unit with the drop-ins beside it; the content of any other file as it is. */
    static byte[] withDropIns(Path unit, byte[] content) throws IOException {
        Path folder = unit.resolveSibling(unit.getFileName() + FOLDER);
        return UNIT.matcher(String.valueOf(unit.getFileName())).matches() && Files.isDirectory(folder)
                ? joined(content, folder)
                : content;
    }

    private static byte[] joined(byte[] first, Path folder) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        for (Path file : dropIns(folder)) {
            all.writeBytes(("\n# " + shown(file) + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] content =
                    content(file, ReadableFormat.MAX_BYTES + 1 - Math.min(ReadableFormat.MAX_BYTES, all.size()));
            if (!beginsWithSection(content)) {
                throw RefusalException.of(
                        "unreadable-profile",
                        file,
                        "does not begin with a [Section]; systemd ignores the lines before it");
            }
            all.writeBytes(content);
        }
        return all.toByteArray();
    }

    /** Whether no line stands before the first section; if there is none, no line at all. */
    private static boolean beginsWithSection(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                .findFirst()
                .map(line -> line.startsWith("[") && line.endsWith("]"))
                .orElse(true);
    }

    private static byte[] content(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }

    /** As {@link Path} orders names, which is by bytes, as systemd does; hidden files are none, and neither is a mask. */
    private static ImmutableList<Path> dropIns(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(DROP_IN))
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        }
    }

    /** With a slash in front, as {@code systemctl cat} shows files. */
    private static String shown(Path file) {
        String text = file.toString();
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw RefusalException.of(
                    "unreadable-profile", file, "the name of a drop-in has a control character; rename it");
        }
        return file.isAbsolute() || text.startsWith("../") || text.startsWith("./") ? text : "./" + text;
    }
}
