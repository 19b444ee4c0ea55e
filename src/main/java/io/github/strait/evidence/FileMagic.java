package io.github.strait.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Recognises, by their first bytes, files that often lie next to traces. */
enum FileMagic {
    ELF("an ELF file, such as a program or a core dump", "\u007fELF"),
    PCAP("a packet capture", "\u00d4\u00c3\u00b2\u00a1", "\u00a1\u00b2\u00c3\u00d4", "\u004d\u003c\u00b2\u00a1"),
    PCAPNG("a packet capture or a sysdig capture", "\n\r\r\n"),
    PERF("a perf.data file", "PERFILE2"),
    FTRACE("a trace-cmd file", "\u0017\b\u0044tracing"),
    JOURNAL("a journal of systemd, whose audit lines journalctl -k -o json prints", "LPKSHHRH"),
    ZIP("a zip archive; unpack it", "PK\u0003\u0004"),
    BZIP2("compressed with bzip2; decompress it", "BZh"),
    LZ4("compressed with lz4; decompress it", "\u0004\"M\u0018"),
    SEVEN_ZIP("a 7z archive; unpack it", "7z\u00bc\u00af'\u001c"),
    PDF("a PDF document", "%PDF-"),
    PNG("a picture", "\u0089PNG"),
    SQLITE("an SQLite database", "SQLite format 3\0");

    private static final FileMagic[] KINDS = values();

    private final String what;
    private final byte[][] beginnings;

    FileMagic(String what, String... beginnings) {
        this.what = what;
        this.beginnings = Arrays.stream(beginnings)
                .map(beginning -> beginning.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    /** With its article: {@code a packet capture}. */
    String what() {
        return what;
    }

    /** The kind of a file that begins with these bytes; empty if it is not known. */
    static Optional<FileMagic> of(byte[] head) {
        for (FileMagic magic : KINDS) {
            for (byte[] beginning : magic.beginnings) {
                if (begins(head, beginning)) {
                    return Optional.of(magic);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] head, byte[] beginning) {
        return head.length >= beginning.length
                && Arrays.equals(head, 0, beginning.length, beginning, 0, beginning.length);
    }
}
