package io.github.strait.record;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Compression;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * The file that a recording is for, and the one in a private folder that strace writes meanwhile: what was there before stays
 * until there is something better, and a link that the traced program plants is never followed. A device or a pipe is
 * written to directly.
 */
final class TraceFile implements Closeable {
    private final Path trace;
    private final Path output;
    private final @Nullable PrivateFolder folder;
    /** Where the recording waits for its name when others can change the folder; null when they cannot. */
    private final @Nullable ForeignFolder foreign;

    private TraceFile(Path trace, Path output, @Nullable PrivateFolder folder, @Nullable ForeignFolder foreign) {
        this.trace = trace;
        this.output = output;
        this.folder = folder;
        this.foreign = foreign;
    }

    /** Makes sure that the trace can be written before anything is run. */
    static TraceFile create(Path trace) throws IOException {
        Path target = TargetPath.of(trace);
        Path directory = target.getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw new IOException("is a directory");
        }
        boolean isSafe = PrivateFolder.isSafe(directory);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            if (!isSafe) {
                throw new IOException("is not a regular file, and others can change its folder");
            }
            return new TraceFile(target, target, null, null);
        }
        String name = target.getFileName().toString();
        if (isSafe) {
            PrivateFolder folder = PrivateFolder.in(directory);
            return new TraceFile(target, Files.createFile(folder.file(name), FileRights.NEW), folder, null);
        }
        ForeignFolder foreign = ForeignFolder.of(directory, target);
        PrivateFolder folder = PrivateFolder.roomy();
        return new TraceFile(target, Files.createFile(folder.file(name), FileRights.NEW), folder, foreign);
    }

    /** The file that strace writes. */
    Path output() {
        return output;
    }

    /** Whether what strace wrote can be read again. */
    boolean isReadable() {
        return folder != null;
    }

    /**
     * Puts the recording in its place, compressed if its name says so. A recording that cannot be compressed is put
     * next to that place uncompressed. One that cannot be put there stays where it is. No recording is lost.
     *
     * @param listener receives a warning in these cases
     * @return where the recording is
     */
    Path keep(Consumer<Diagnostic> listener) throws IOException {
        if (folder == null) {
            return trace;
        }
        try {
            return isPacked() ? packed(folder, listener) : place(output, trace);
        } catch (IOException e) {
            folder.leave();
            String why = e instanceof FileSystemException system && system.getReason() != null
                    ? system.getReason()
                    : e.getMessage();
            throw new IOException(why + ", so the trace stays in " + output, e);
        }
    }

    private boolean isPacked() {
        String name = trace.toString();
        return name.endsWith(".zst") || name.endsWith(".gz") || name.endsWith(".xz");
    }

    private Path packed(PrivateFolder own, Consumer<Diagnostic> listener) throws IOException {
        Path packed = own.file("packed");
        try {
            pack(packed);
        } catch (IOException | LinkageError e) {
            Files.deleteIfExists(packed);
            Path plain = place(output, plain());
            listener.accept(Diagnostic.warning(
                    "not-compressed",
                    SourcePosition.ofFile(trace.toString()),
                    "cannot be compressed (" + e.getMessage() + "); the trace is in " + plain + ", uncompressed"));
            return plain;
        }
        return place(packed, trace);
    }

    /** The name without the suffix, or another that is free. */
    private Path plain() {
        String name = trace.getFileName().toString();
        Path plain = trace.resolveSibling(name.substring(0, name.lastIndexOf('.')));
        for (int i = 1; plain.equals(trace.getParent()) || Files.exists(plain, LinkOption.NOFOLLOW_LINKS); i++) {
            plain = trace.resolveSibling(name + "." + i + ".strace");
        }
        return plain;
    }

    private void pack(Path packed) throws IOException {
        Files.createFile(packed, FileRights.NEW);
        try (InputStream in = Files.newInputStream(output);
                OutputStream file = Files.newOutputStream(packed, StandardOpenOption.WRITE);
                OutputStream out = packer(trace.toString(), file)) {
            in.transferTo(out);
        }
    }

    private static OutputStream packer(String name, OutputStream file) throws IOException {
        if (name.endsWith(".zst")) {
            return Compression.zstd(file);
        }
        return name.endsWith(".gz") ? new GZIPOutputStream(file) : new XZOutputStream(file, new LZMA2Options());
    }

    private Path place(Path file, Path target) throws IOException {
        if (foreign != null) {
            foreign.place(file, target.getFileName());
            return target;
        }
        FileRights.of(target).ifPresent(rights -> rights.applyTo(file));
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return target;
    }

    /** Removes what was not kept. */
    @Override
    public void close() throws IOException {
        try (PrivateFolder ours = folder;
                ForeignFolder theirs = foreign) {
            // both go
        }
    }
}
