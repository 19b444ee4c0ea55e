package io.github.strait.record;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * The file that a recording is for, and the one in the same directory that strace writes meanwhile: what was there
 * before stays until there is something better. A device or a pipe is written to directly.
 */
final class TraceFile implements Closeable {
    /** Asked of open(2), so that the user's umask decides. */
    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

    private final Path trace;
    private final Path output;

    private TraceFile(Path trace, Path output) {
        this.trace = trace;
        this.output = output;
    }

    /** Makes sure that the trace can be written before anything is run. */
    static TraceFile create(Path trace) throws IOException {
        Path target = Files.exists(trace) ? trace.toRealPath() : trace.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IOException("is a directory");
        }
        boolean replaceable = !Files.exists(target) || Files.isRegularFile(target);
        return new TraceFile(target, replaceable ? temporary(target) : target);
    }

    /** What strace is to write. */
    Path output() {
        return output;
    }

    /** Whether what strace wrote can be read again. */
    boolean isReadable() {
        return !output.equals(trace);
    }

    /** Puts the recording in its place, compressed if its name says so. */
    void keep() throws IOException {
        if (output.equals(trace)) {
            return;
        }
        String name = trace.toString();
        if (name.endsWith(".zst") || name.endsWith(".gz") || name.endsWith(".xz")) {
            Path packed = temporary(trace);
            try {
                pack(name, packed);
                move(packed);
            } finally {
                Files.deleteIfExists(packed);
            }
        } else {
            move(output);
        }
    }

    private void pack(String name, Path packed) throws IOException {
        try (InputStream in = Files.newInputStream(output);
                OutputStream file = Files.newOutputStream(packed);
                OutputStream out = packer(name, file)) {
            in.transferTo(out);
        }
    }

    private static OutputStream packer(String name, OutputStream file) throws IOException {
        if (name.endsWith(".zst")) {
            return new ZstdOutputStream(file);
        }
        return name.endsWith(".gz") ? new GZIPOutputStream(file) : new XZOutputStream(file, new LZMA2Options());
    }

    private void move(Path file) throws IOException {
        Files.move(file, trace, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path temporary(Path target) throws IOException {
        return Files.createTempFile(target.getParent(), ".strait-", ".strace", MODE);
    }

    /** Removes what was not kept. */
    @Override
    public void close() throws IOException {
        if (!output.equals(trace)) {
            Files.deleteIfExists(output);
        }
    }
}
