package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.TargetPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a profile is written after a program has run. The program may make links as soon as it runs, and this process may
 * have more rights.
 */
final class ProfilePlace {
    private final Path file;
    private final Path place;

    private ProfilePlace(Path file, Path place) {
        this.file = file;
        this.place = place;
    }

    /**
     * The place of a file, before anything runs.
     *
     * @throws RefusalException when it cannot be written
     */
    static ProfilePlace of(Path file) {
        return new ProfilePlace(file, resolved(file));
    }

    private static Path resolved(Path file) {
        if (OutputFile.isStdout(file)) {
            return file;
        }
        try {
            return TargetPath.of(file);
        } catch (NoSuchFileException e) {
            throw RefusalException.of(
                    "cannot-write", file, "cannot be written: its directory does not exist; create it first");
        } catch (IOException e) {
            throw RefusalException.of("cannot-write", file, "cannot be written: " + e.getMessage());
        }
    }

    /**
     * Refuses a place that is another one by now.
     *
     * @throws RefusalException when the file leads to another place than before
     */
    void check() {
        if (!resolved(file).equals(place)) {
            throw RefusalException.of(
                    "cannot-write",
                    file,
                    "leads to a different place than before the recording, as if the program had made links; name another file");
        }
    }

    /** Writes the profile. */
    void write(byte[] document, Console console) {
        check();
        OutputFile.write(document, file, console);
    }
}
