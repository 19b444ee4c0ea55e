package io.github.strait.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * The files below a folder that stands for the root, as a program that sees it so finds them: a symbolic link leads to
 * another file below it, never outside.
 */
final class RootedFiles {
    private static final int MOST_LINKS = 40;
    private static final int LONGEST = 4096;
    private static final int MOST_NAMES = 512;

    /** Names that are looked at for one program; a usual one takes some thousands. */
    private static final int MOST_STEPS = 1 << 16;

    private final Path root;
    private int steps;

    RootedFiles(Path root) {
        this.root = root;
    }

    /** Sets the count of what was looked at to zero. */
    void begin() {
        steps = 0;
    }

    /**
     * Where a name leads to, without symbolic links.
     *
     * @param name from the root; {@code ..} of the root is the root
     * @return the name as seen from the root; empty when nothing is there, or when too much was looked at
     */
    Optional<String> resolve(String name) {
        try {
            return walk(name);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<String> walk(String name) throws IOException {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        Deque<String> left = new ArrayDeque<>(Arrays.asList(name.split("/")));
        Deque<String> done = new ArrayDeque<>();
        int links = 0;
        while (!left.isEmpty()) {
            if (left.size() + done.size() > MOST_NAMES) {
                return Optional.empty();
            }
            String next = left.pop();
            if (next.isEmpty() || next.equals(".")) {
                continue;
            }
            if (next.equals("..")) {
                done.pollLast();
                continue;
            }
            done.addLast(next);
            if (++steps > MOST_STEPS) {
                return Optional.empty();
            }
            Path here = place("/" + String.join("/", done));
            if (Files.isSymbolicLink(here)) {
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                done.removeLast();
                String target = Files.readSymbolicLink(here).toString();
                if (target.startsWith("/")) {
                    done.clear();
                }
                String[] parts = target.split("/");
                for (int i = parts.length - 1; i >= 0; i--) {
                    left.push(parts[i]);
                }
            } else if (!Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
        }
        return Optional.of("/" + String.join("/", done));
    }

    /** The file of a name that {@link #resolve} returned. */
    Path place(String resolved) {
        return resolved.equals("/") ? root : root.resolve(resolved.substring(1));
    }
}
