package io.github.strait.record;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * Resolves the path of a file that the user names. A symbolic link at its end is followed, even when its target does
 * not exist yet, as a shell's {@code >} does. A link of another user is not followed: otherwise anyone who can create
 * links in a folder could choose which file root overwrites.
 */
public final class TargetPath {
    /** How many links the kernel follows before it says ELOOP. */
    private static final int LINKS = 40;

    private TargetPath() {}

    /** The path without symbolic links, of a file that need not be there; its folder must be. */
    public static Path of(Path file) throws IOException {
        Set<Integer> trusted = ImmutableSet.of(0, PrivateFolder.user());
        Path path = file.toAbsolutePath();
        for (int i = 0; i < LINKS; i++) {
            Path name = path.getFileName();
            Path folder = path.getParent();
            if (name == null || folder == null) {
                return path;
            }
            path = folder.toRealPath().resolve(name).normalize();
            if (!Files.isSymbolicLink(path)) {
                return path;
            }
            if (path.startsWith("/proc") && Files.exists(path)) {
                // of a descriptor, whose text need not be a path
                return Files.isRegularFile(path) ? path.toRealPath() : path;
            }
            if (!trusted.contains(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                throw new IOException("is a symbolic link of another user; name the file that is meant");
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        throw new IOException("has too many levels of symbolic links");
    }
}
