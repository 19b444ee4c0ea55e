package io.github.strait.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The owner, group and mode of a file, for the file that replaces it. */
record FileRights(UserPrincipal owner, GroupPrincipal group, Set<PosixFilePermission> mode) {
    /** The mode for open(2) when the file does not replace another. The user's umask then decides. */
    static final FileAttribute<Set<PosixFilePermission>> NEW =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

    /** The rights of a regular file; empty when there is none. */
    static Optional<FileRights> of(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Optional.of(new FileRights(old.owner(), old.group(), old.permissions()));
    }

    /** The mode for a file that is made in the other's place. */
    FileAttribute<Set<PosixFilePermission>> modeOfNew() {
        return PosixFilePermissions.asFileAttribute(mode);
    }

    /** Gives them to a file, as far as this process may. */
    void applyTo(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(mode);
        try {
            if (!isGiven(view)) {
                // the old group's rights must not pass to another group
                permissions.remove(PosixFilePermission.GROUP_READ);
                permissions.remove(PosixFilePermission.GROUP_WRITE);
                permissions.remove(PosixFilePermission.GROUP_EXECUTE);
            }
            view.setPermissions(permissions);
        } catch (IOException e) {
            // the file stays as its folder's rules have made it, which is narrower or the user's own wish
        }
    }

    /** Changes owner and group where they differ; whether the group is the old one now. */
    private boolean isGiven(PosixFileAttributeView view) throws IOException {
        PosixFileAttributes now = view.readAttributes();
        boolean isGroup = now.group().equals(group);
        if (!isGroup) {
            try {
                view.setGroup(group);
                isGroup = true;
            } catch (IOException e) {
                // not a member of it
            }
        }
        if (!now.owner().equals(owner)) {
            try {
                view.setOwner(owner);
            } catch (IOException e) {
                // only root gives files away
            }
        }
        return isGroup;
    }
}
