package io.github.strait.record;

import com.google.common.base.Splitter;
import io.github.strait.diagnostic.RefusalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the file of a command, before strace is started: strace would exit with 1, as the program itself may. */
final class CommandLookup {
    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private CommandLookup() {}

    /**
     * The file that strace will execute.
     *
     * @param path the variable PATH; null when there is none, and then only commands with a slash are found
     */
    static Path find(String command, @Nullable String path) {
        if (command.indexOf('/') >= 0) {
            return executable(command, Path.of(command));
        }
        Optional<Path> unusable = Optional.empty();
        for (String directory : Splitter.on(':').split(path == null || command.isEmpty() ? "" : path)) {
            // An empty element of PATH is the current directory, as the shells have it.
            Path file = Path.of(directory.isEmpty() ? "." : directory, command);
            if (path != null && Files.isRegularFile(file)) {
                if (hasExecuteBit(file)) {
                    return executable(command, file);
                }
                unusable = unusable.or(() -> Optional.of(file));
            }
        }
        if (unusable.isPresent()) {
            return executable(command, unusable.get());
        }
        throw RefusalException.of("not-found", "'" + command + "' is not found; no directory of PATH has it");
    }

    private static Path executable(String command, Path file) {
        if (!Files.exists(file)) {
            throw RefusalException.of("not-found", "'" + command + "' is not found; check the path");
        }
        if (Files.isDirectory(file)) {
            throw RefusalException.of("not-executable", "'" + command + "' is a directory");
        }
        if (!Files.isExecutable(file)) {
            throw RefusalException.of(
                    "not-executable", "'" + file + "' may not be executed; chmod +x it, or name its interpreter first");
        }
        return file;
    }

    /** Like strace, which takes the first regular file with any of the bits, even one that is not for this user. */
    private static boolean hasExecuteBit(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(EXECUTE::contains);
        } catch (IOException e) {
            return false;
        }
    }
}
