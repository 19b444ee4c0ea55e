package io.github.strait.trace;

import com.github.luben.zstd.util.Native;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Loads the native zstd library, from a folder that is not full, read-only or mounted noexec. */
final class ZstdLibrary {
    private ZstdLibrary() {}

    /**
     * Loads it from the first folder where that works. The library's own classes try only the folder for temporary
     * files, and never again after a failure.
     */
    static void load() throws IOException {
        if (Native.isLoaded()) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        try {
            Native.load();
            return;
        } catch (LinkageError e) {
            reasons.add(String.valueOf(e.getMessage()));
        }
        for (File folder : folders()) {
            try {
                Native.load(folder);
                return;
            } catch (LinkageError e) {
                reasons.add(folder + ": " + e.getMessage());
            }
        }
        throw new IOException(
                "the library for zstd cannot be loaded (" + reasons.get(0) + "); set "
                        + "STRAIT_JAVA_OPTS=-Djava.io.tmpdir=DIR to a folder that is neither full, read-only nor noexec, or use gzip");
    }

    private static List<File> folders() {
        String home = System.getProperty("user.home", "");
        return Stream.of(
                        System.getenv("XDG_RUNTIME_DIR"),
                        System.getenv("XDG_CACHE_HOME"),
                        home + "/.cache",
                        home,
                        new File(System.getProperty("java.class.path", ""))
                                .getAbsoluteFile()
                                .getParent(),
                        "/tmp",
                        "/var/tmp",
                        "/dev/shm",
                        ".")
                .filter(name -> name != null && !name.isEmpty())
                .map(File::new)
                .filter(File::isDirectory)
                .filter(File::canWrite)
                .distinct()
                .toList();
    }
}
