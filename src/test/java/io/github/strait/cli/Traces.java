package io.github.strait.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small traces that prove their ABI by number, as {@code strace -f -n} writes them. */
final class Traces {
    static final String X86_64 = """
            10 [  59] execve("/bin/cat", ["cat", "/etc/motd"], 0x7ffd /* 3 vars */) = 0
            10 [ 257] openat(AT_FDCWD, "/etc/motd", O_RDONLY) = 3
            10 [ 257] openat(AT_FDCWD, "/nowhere", O_RDONLY) = -1 ENOENT (No such file or directory)
            10 [   0] read(3, "hello", 4096) = 5
            10 [   1] write(1, "hello", 5) = 5
            10 [ 231] exit_group(0) = ?
            10 +++ exited with 0 +++
            """;

    static final String X86 = """
            20 [  11] execve("/opt/demo", ["demo"], 0xffad /* 3 vars */) = 0
            20 [ 243] set_thread_area({entry_number=-1, base_addr=0xf7d0}) = 0 (entry_number=12)
            20 [ 102] socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
            20 [   3] read(3, "x", 1) = 1
            20 [ 252] exit_group(0) = ?
            20 +++ exited with 0 +++
            """;

    static final String AARCH64 = """
            30 [ 221] execve("/bin/cat", ["cat"], 0xffffe0 /* 3 vars */) = 0
            30 [  56] openat(AT_FDCWD, "/etc/motd", O_RDONLY) = 3
            30 [  63] read(3, "hello", 4096) = 5
            30 [  94] exit_group(0) = ?
            30 +++ exited with 0 +++
            """;

    /** Has a line that nobody understands. */
    static final String FLAWED = X86_64 + "this is no line of strace\n";

    private Traces() {}

    static Path write(Path directory, String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
