package io.github.strait.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a result to a file as a whole or not at all, or to standard output. */
final class OutputFile {
    private static final Path STDOUT = Path.of("-");

    private OutputFile() {}

    /** Writes to the file, which is replaced when everything is written; {@code -} is standard output. */
    static void write(byte[] bytes, Path file, Console console) throws Failure {
        if (file.equals(STDOUT)) {
            console.out().writeBytes(bytes);
            console.out().flush();
            if (console.out().checkError()) {
                throw Failure.of("cannot-write", "standard output cannot be written (is the disk full?)");
            }
            return;
        }
        // a device or a pipe cannot be replaced, and a link is written through
        boolean replaceable = !Files.exists(file) || Files.isRegularFile(file);
        try {
            if (replaceable) {
                replace(bytes, Files.exists(file) ? file.toRealPath() : file.toAbsolutePath());
            } else {
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw Failure.of("cannot-write", file, "cannot be written: " + reason(e));
        }
    }

    private static void replace(byte[] bytes, Path file) throws IOException {
        Path directory = file.getParent() == null ? Path.of("") : file.getParent();
        Path temporary = Files.createTempFile(directory, ".strait-", ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.setPosixFilePermissions(
                    temporary,
                    Files.exists(file)
                            ? Files.getPosixFilePermissions(file)
                            : PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; choose another place with -o";
        } else if (e instanceof NoSuchFileException) {
            return "its directory does not exist; create it first";
        }
        return String.valueOf(e.getMessage());
    }
}
