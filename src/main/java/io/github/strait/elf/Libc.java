package io.github.strait.elf;

/** Whose functions make the calls. */
public enum Libc {
    GLIBC,
    MUSL;

    /** The libc of a program with this dynamic loader. */
    static Libc of(String interpreter) {
        return interpreter.contains("ld-musl") ? MUSL : GLIBC;
    }

    /** The word in observations. */
    public String label() {
        return this == GLIBC ? "glibc" : "musl";
    }

    /** Whether a library is a part of libc: what it imports is its own. */
    static boolean isPart(String name) {
        return name.startsWith("ld-")
                || name.startsWith("ld.so")
                || name.startsWith("ld64.so")
                || name.equals("libc.so")
                || name.startsWith("libc.so.")
                || name.startsWith("libc.musl-")
                || name.startsWith("libpthread.so.")
                || name.startsWith("libdl.so.")
                || name.startsWith("librt.so.")
                || name.startsWith("libm.so.")
                || name.startsWith("libutil.so.")
                || name.startsWith("libanl.so.")
                || name.startsWith("libresolv.so.");
    }
}
