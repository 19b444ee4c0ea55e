package io.github.strait.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that a command line names beside the one for its result: evidence cannot be made again. */
final class Inputs {
    private static final List<String> OUTPUT = List.of("-o", "--output", "--summary", "--into");
    private static final int HEAD = 512;

    private final List<Path> files = new ArrayList<>();

    private Inputs() {}

    /** @param words of the command line; those of {@code record}, {@code run} and {@code heal} are those of another command too */
    static Inputs of(List<String> words) {
        Inputs inputs = new Inputs();
        if (!words.contains("record") && !words.contains("run") && !words.contains("heal")) {
            for (int i = 0; i < words.size(); i++) {
                if (OUTPUT.contains(words.get(i))) {
                    i++;
                } else {
                    inputs.add(words.get(i));
                }
            }
        }
        return inputs;
    }

    private void add(String word) {
        try {
            files.add(Path.of(word));
        } catch (InvalidPathException e) {
            // no file has that name
        }
    }

    /** Whether this file is one of them, by whatever name, or evidence in a directory or a set that is. */
    boolean include(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        for (Path input : files) {
            if (Files.isDirectory(input)) {
                Path parent = file.toAbsolutePath().getParent();
                if (parent != null && Files.isSameFile(parent, input) && !isProfile(file)) {
                    return true;
                }
            } else if (Files.exists(input) ? Files.isSameFile(file, input) : isOfSet(file, input)) {
                return true;
            }
        }
        return false;
    }

    /** {@code NAME.PID} of {@code strace -ff -o NAME}. */
    private static boolean isOfSet(Path file, Path base) {
        String name = String.valueOf(file.toAbsolutePath());
        String prefix = base.toAbsolutePath() + ".";
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9]+");
    }

    /** Whether a file is a profile, which a directory of evidence may also hold. */
    private static boolean isProfile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            return head.isEmpty() || (head.stripLeading().startsWith("{") && !head.contains("\"strait\""));
        }
    }
}
