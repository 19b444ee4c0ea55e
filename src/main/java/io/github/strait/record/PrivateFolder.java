package io.github.strait.record;

import com.google.common.collect.ImmutableSet;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder that other users can neither look into nor change, for files whose names a traced program could guess: as root
 * no link that it plants is followed. It goes with all that is in it when it is closed, or when this process ends.
 */
public final class PrivateFolder implements Closeable {
    /** How the names of these folders begin. */
    static final String PREFIX = ".strait-";

    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 022;

    private final Path path;
    private volatile boolean isLeft;
    private final Thread atEnd = new Thread(this::delete, "private-folder");

    private PrivateFolder(Path parent) throws IOException {
        path = Files.createTempDirectory(parent, PREFIX, MODE);
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /** A folder in that for temporary files. */
    public static PrivateFolder temporary() throws IOException {
        return new PrivateFolder(Path.of(System.getProperty("java.io.tmpdir")).toRealPath());
    }

    /** A folder in this one, which must be {@linkplain #isSafe safe}. */
    static PrivateFolder in(Path parent) throws IOException {
        return new PrivateFolder(parent);
    }

    /** A folder where there is room for large files. */
    static PrivateFolder roomy() throws IOException {
        Path varTmp = Path.of("/var/tmp");
        return Files.isDirectory(varTmp, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(varTmp) && isSafe(varTmp)
                ? new PrivateFolder(varTmp)
                : temporary();
    }

    /**
     * Whether no user but root and this one can replace what is in a folder: neither it nor one above it is another user's, or
     * lets others rename what they do not own.
     *
     * @param directory without symbolic links in its path
     */
    static boolean isSafe(Path directory) throws IOException {
        Set<Integer> trusted = ImmutableSet.of(0, user());
        for (Path each = directory; each != null; each = each.getParent()) {
            int mode = (int) Files.getAttribute(each, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            int owner = (int) Files.getAttribute(each, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            boolean isShared = (mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0;
            if (isShared || !trusted.contains(owner)) {
                return false;
            }
        }
        return true;
    }

    /** The user that this process acts as. */
    static int user() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** A file in it, or one to be. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Leaves it where it is when this is closed or the process ends. */
    void leave() {
        isLeft = true;
    }

    private void delete() {
        if (isLeft) {
            return;
        }
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook deletes
            return;
        }
        try {
            delete();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
