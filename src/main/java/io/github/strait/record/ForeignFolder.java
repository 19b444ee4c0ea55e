package io.github.strait.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A folder that another user can change. A file gets there without this process following a name that the other could have
 * turned into a link: the folder is held open from the beginning, the file is made there at once, written through its
 * descriptor, and renamed within the folder.
 */
final class ForeignFolder implements Closeable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Path directory;
    private final SecureDirectoryStream<Path> open;
    private final Path temporary;
    private final SeekableByteChannel channel;
    private final Optional<FileRights> rights;

    private ForeignFolder(Path directory, Path target, SecureDirectoryStream<Path> open) throws IOException {
        this.directory = directory;
        this.open = open;
        this.temporary = Path.of(PrivateFolder.PREFIX + UUID.randomUUID() + ".tmp");
        this.rights = FileRights.of(target);
        this.channel = open.newByteChannel(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                rights.map(FileRights::modeOfNew).orElse(FileRights.NEW));
    }

    /** Opens the folder of a file and makes the file that will take its name. */
    static ForeignFolder of(Path folder, Path target) throws IOException {
        DirectoryStream<Path> directory = Files.newDirectoryStream(folder);
        try {
            if (directory instanceof SecureDirectoryStream<Path> secure) {
                return new ForeignFolder(folder, target, secure);
            }
            throw new FileSystemException(target.toString(), null, "others can change its folder");
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    /** Copies a file into the folder under this name, in the place of what has it. */
    void place(Path file, Path name) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            OutputStream out = Channels.newOutputStream(channel.position(0).truncate(0));
            in.transferTo(out);
        }
        Path descriptor = descriptor(temporary);
        rights.ifPresent(each -> each.applyTo(descriptor));
        open.move(temporary, open, name);
        descriptor(name);
    }

    /** The file itself, which must still have this name. */
    private Path descriptor(Path file) throws IOException {
        Path name = directory.resolve(file);
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path each : descriptors) {
                if (isLinkTo(each, name)) {
                    return each;
                }
            }
        }
        throw new FileSystemException(name.toString(), null, "another user has renamed it meanwhile");
    }

    private static boolean isLinkTo(Path link, Path target) throws IOException {
        try {
            return Files.readSymbolicLink(link).equals(target);
        } catch (NoSuchFileException e) {
            // the descriptor of the listing itself
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        try {
            open.deleteFile(temporary);
        } catch (NoSuchFileException e) {
            // it has its name
        } finally {
            open.close();
        }
    }
}
