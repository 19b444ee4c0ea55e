package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/** Writes a result to a file as a whole or not at all, or to standard output. */
final class OutputFile {
    private static final Path STDOUT = Path.of("-");

    /** How many links the kernel follows before it says ELOOP. */
    private static final int LINKS = 40;

    private static final int PERMISSIONS = 07777;

    private OutputFile() {}

    /** Writes to the file, which is replaced when everything is written; {@code -} is standard output. */
    static void write(byte[] bytes, Path file, Console console) {
        if (isStdout(file)) {
            console.out().writeBytes(bytes);
            console.out().flush();
            if (console.out().checkError() && !StandardOutput.isBrokenPipe(console.out())) {
                throw stdoutFailure();
            }
            return;
        }
        if (file.toString().isEmpty()) {
            throw RefusalException.usage("-o names no file; leave it out for standard output");
        }
        if (Files.isDirectory(file)) {
            throw RefusalException.of("cannot-write", file, "is a directory; name a file in it");
        }
        try {
            Path target = followed(file);
            if (Inputs.of(console.words()).include(target)) {
                throw RefusalException.of(
                        "usage",
                        file,
                        "is also an input of this command, and would be lost; name another file with -o");
            }
            // a device or a pipe cannot be replaced
            if (Files.isRegularFile(target) || !Files.exists(target)) {
                replace(bytes, target);
            } else {
                Files.write(target, bytes);
            }
        } catch (IOException e) {
            throw RefusalException.of("cannot-write", file, "cannot be written: " + reason(e, file));
        }
    }

    static RefusalException stdoutFailure() {
        return RefusalException.of("cannot-write", "standard output cannot be written (is the disk full?)");
    }

    static boolean isStdout(Path file) {
        return file.equals(STDOUT);
    }

    /** The file that a path's final links lead to. Links are written through, even those to a missing file. */
    private static Path followed(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int i = 0; i < LINKS && Files.isSymbolicLink(target); i++) {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                // not replaced; the text of a descriptor's link, such as that of a pipe, is not a path
                return target;
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        if (Files.isSymbolicLink(target)) {
            throw new FileSystemException(file.toString(), null, "too many levels of symbolic links");
        }
        return target;
    }

    private static void replace(byte[] bytes, Path file) throws IOException {
        // created by name, not as a private temporary file: the umask then decides its permissions
        Path temporary = file.resolveSibling(".strait-" + UUID.randomUUID() + ".tmp");
        Files.createFile(temporary);
        // a signal ends the JVM without the rest of this method
        temporary.toFile().deleteOnExit();
        try {
            Files.write(temporary, bytes);
            if (Files.exists(file)) {
                takeOver(file, temporary);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Owner and group as far as this user's rights go; the mode after them, as a change of the owner takes bits away. */
    private static void takeOver(Path old, Path temporary) throws IOException {
        for (String name : List.of("unix:uid", "unix:gid")) {
            Object value = Files.getAttribute(old, name);
            if (!value.equals(Files.getAttribute(temporary, name))) {
                try {
                    Files.setAttribute(temporary, name, value);
                } catch (FileSystemException e) {
                    // not this user's to give away
                }
            }
        }
        int mode = (int) Files.getAttribute(old, "unix:mode") & PERMISSIONS;
        Files.setAttribute(temporary, "unix:mode", mode);
    }

    private static String reason(IOException e, Path file) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; choose another place with -o";
        } else if (e instanceof NoSuchFileException) {
            Path directory = file.toAbsolutePath().getParent();
            boolean exists = directory != null && Files.isDirectory(directory);
            return exists
                    ? "its directory takes no new file; choose another place with -o"
                    : "its directory does not exist; create it first";
        } else if (e instanceof FileAlreadyExistsException) {
            return "another file took its temporary name; try again";
        }
        // the message repeats the path, the reason does not
        boolean known = e instanceof FileSystemException system && system.getReason() != null;
        String reason = known ? ((FileSystemException) e).getReason() : String.valueOf(e.getMessage());
        return reason + "; choose another place with -o";
    }
}
