package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.bpf.Disassembler;
import io.github.strait.bpf.Emulator;
import io.github.strait.bpf.Program;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate --format bpf} and {@code bpf-asm}. */
class FilterFormatTest {
    private static final String NGINX = "traces/nginx.strace.zst";
    private static final String TERMINAL = "strait.terminal.output";

    @TempDir
    Path folder;

    /** No document can do that: a rule there names calls for all of its ABIs at once. */
    @Test
    void theFilterAllowsEachAbiItsOwnCallsAlone() throws IOException {
        String trace = "traces/i386.strace.zst";
        Program program = Program.decode(filter(trace, "--args", "none"), ByteOrder.LITTLE_ENDIAN);
        List<String> allowed = Strait.run("generate", "-q", trace, "--format", "names")
                .out()
                .lines()
                .toList();
        assertTrue(allowed.contains("x86_64\trt_sigreturn") && allowed.contains("x86\tsigreturn"), allowed::toString);
        for (Arch arch : new Arch[] {Arch.X86_64, Arch.X86}) {
            for (int number = -2; number < 500; number++) {
                String name = SyscallTable.of(arch).name(number).orElse("none");
                SeccompData call = SeccompData.of(arch, number);
                assertEquals(
                        allowed.contains(arch.label() + "\t" + name),
                        Emulator.run(program, call).decision().action() == Action.ALLOW,
                        call::toString);
            }
        }
        for (SeccompData foreign :
                List.of(SeccompData.of(Arch.X86_64, SeccompData.X32_BIT), SeccompData.of(Arch.AARCH64, 0))) {
            assertEquals(
                    Decision.of(Action.KILL_THREAD),
                    Emulator.run(program, foreign).decision(),
                    foreign::toString);
        }
    }

    @Test
    void eachAbiHasErrorNumbersOfItsOwn() {
        Path mips = observation("mipsel64", "lseek(0, 0, SEEK_SET) = 0\n");
        Path arm = observation("aarch64", "getpid() = 1\n");
        Strait.Result document = Strait.run("generate", "-q", mips, arm);
        assertEquals(2, document.status());
        assertTrue(document.err().contains("ENOSYS is 38 on aarch64 and 89 on mipsel64"), document.err());
        Strait.Result filter = Strait.run("generate", "-q", mips, arm, "--format", "bpf-asm");
        assertEquals(0, filter.status(), filter.err());
        assertTrue(filter.out().contains("ret  ERRNO 89 (ENOSYS)"), filter.out());
        assertTrue(filter.out().contains("ret  ERRNO 38 (ENOSYS)"), filter.out());
    }

    private Path observation(String arch, String trace) {
        Path file = folder.resolve(arch + ".json");
        assertEquals(
                0,
                Strait.runWith(trace, "summarize", "-q", "-", "--arch", arch, "-o", file.toString())
                        .status());
        return file;
    }

    @Test
    void aProfileWithoutAFilterIsAFinding() {
        String rules = IntStream.range(0, 3000)
                .mapToObj(i -> "{\"names\":[\"read\"],\"action\":\"SCMP_ACT_ALLOW\","
                        + "\"args\":[{\"index\":0,\"value\":" + i + ",\"op\":\"SCMP_CMP_EQ\"}]}")
                .collect(Collectors.joining(","));
        String profile = "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"architectures\":[\"SCMP_ARCH_X86_64\"],"
                + "\"syscalls\":[" + rules + "]}";
        Strait.Result refused = Strait.runWith(profile, "convert", "-", "--format=bpf");
        assertEquals(2, refused.status());
        assertEquals("", refused.out());
        assertTrue(refused.err().startsWith("strait: error: the filter has "), refused.err());
        assertTrue(
                refused.err()
                        .endsWith(
                                " instructions and the kernel takes 4096; drop architectures, or conditions that differ"
                                        + " only in their value [no-filter]\n"),
                refused.err());
    }

    /** An empty list means the machine's own ABI; a filter for none would kill whatever runs under it. */
    @Test
    void aFilterIsForSomeMachine() {
        String profile = "{\"defaultAction\":\"SCMP_ACT_ERRNO\","
                + "\"syscalls\":[{\"names\":[\"read\"],\"action\":\"SCMP_ACT_ALLOW\"}]}";
        Strait.Result result = Strait.runWith(profile, "convert", "-", "--format=bpf-asm", "--arch=aarch64");
        assertTrue(result.out().contains("jeq  aarch64") && result.out().contains("read (63)"), result.out());
        assertTrue(result.err().contains("taken for aarch64"), result.err());
        Strait.Result oci = Strait.runWith(profile, "convert", "-", "--format=oci");
        assertEquals(0, oci.status());
        assertEquals("", oci.err());
        assertTrue(!oci.out().contains("architectures"), oci.out());
    }

    @Test
    void theListingIsOfTheSameFilter() throws IOException {
        Program program = Program.decode(filter(NGINX), ByteOrder.LITTLE_ENDIAN);
        Strait.Result listing = Strait.run("generate", "-q", NGINX, "--format", "bpf-asm");
        assertEquals("", listing.err());
        assertEquals(Disassembler.print(program), withoutComment(listing.out()));
    }

    private static String withoutComment(String listing) {
        return listing.lines()
                .filter(line -> !line.startsWith(";"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** Here: all that the profile allows, because no rule of it looks at arguments. */
    @Test
    void theListingSaysWhichCallsTheKernelCaches() {
        String listing = Strait.run("generate", "-q", NGINX, "--format", "bpf-asm", "--args", "none")
                .out();
        List<String> comment =
                listing.lines().filter(line -> line.startsWith(";")).toList();
        assertTrue(listing.endsWith(String.join("\n", comment) + "\n"), listing);
        assertEquals("; Linux 5.11 and later allow these calls without running the filter:", comment.get(0));
        assertTrue(comment.stream().allMatch(line -> line.length() <= 100), listing);
        String allowed = Strait.run("generate", "-q", NGINX, "--format", "names")
                .out()
                .lines()
                .map(line -> " " + line.substring(line.indexOf('\t') + 1))
                .collect(Collectors.joining());
        assertEquals(
                ";   x86_64:" + allowed,
                String.join("", comment.subList(1, comment.size())).replace(";     ", " "));
    }

    @Test
    void aCallWithConditionsIsNotCached() {
        String profile = "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"architectures\":[\"SCMP_ARCH_X86_64\"],\"syscalls\":["
                + "{\"names\":[\"read\"],\"action\":\"SCMP_ACT_ALLOW\"},"
                + "{\"names\":[\"socket\"],\"action\":\"SCMP_ACT_ALLOW\","
                + "\"args\":[{\"index\":0,\"value\":2,\"op\":\"SCMP_CMP_EQ\"}]}]}";
        String listing =
                Strait.runWith(profile, "convert", "-", "--format=bpf-asm").out();
        assertTrue(listing.contains("socket (41)"), listing);
        assertTrue(listing.endsWith("without running the filter:\n;   x86_64: read\n"), listing);
    }

    /** No port of the kernel to MIPS has the cache. */
    @Test
    void withoutACacheTheFilterAlwaysRuns() {
        Strait.Result filter =
                Strait.run("generate", "-q", observation("mipsel64", "getpid() = 1\n"), "--format", "bpf-asm");
        assertTrue(filter.out().endsWith("\n; Linux runs the filter for every call\n"), filter.out());
    }

    @Test
    void theLayoutCanBeChosen() {
        String linear = listing("linear");
        String tree = listing("tree");
        assertTrue(linear.contains("ld   nr") && !linear.equals(tree), linear);
        assertEquals(listing("auto"), tree);
        assertEquals(2, Strait.run("generate", NGINX, "--layout", "circle").status());
    }

    @Test
    void verboseTellsTheCost() {
        Strait.Result result = Strait.run("generate", "-v", NGINX, "--format", "bpf-asm", "--args", "none");
        assertTrue(result.err().contains("instructions a call over 1258 observed calls [filter-cost]"), result.err());
        assertTrue(
                result.err()
                        .contains(
                                "Linux 5.11 and later allow 1258 of the 1258 observed calls without running the filter"
                                        + " [filter-cache]"),
                result.err());
    }

    /** The launcher says whether standard output is one. */
    @Test
    void bytesAreNotWrittenToATerminal() {
        System.setProperty(TERMINAL, "true");
        try {
            Strait.Result refused = Strait.run("generate", NGINX, "--format", "bpf");
            assertEquals(2, refused.status());
            assertEquals("", refused.out());
            assertTrue(refused.err().contains("name a file with -o, or use --format bpf-asm"), refused.err());
            assertEquals(
                    0,
                    Strait.run("generate", "-q", NGINX, "--format", "bpf-asm").status());
        } finally {
            System.clearProperty(TERMINAL);
        }
    }

    @Test
    void checkComparesFilters() throws IOException {
        Path file = folder.resolve("nginx.bpf");
        Files.write(file, filter(NGINX));
        assertEquals(
                0,
                Strait.run("check", NGINX, "--profile", file, "--format", "bpf").status());
        Files.write(file, filter("traces/i386.strace.zst"));
        Strait.Result drift = Strait.run("check", NGINX, "--profile", file, "--format", "bpf");
        assertEquals(1, drift.status());
        assertTrue(drift.out().contains("is not the filter that the evidence gives now"), drift.out());
    }

    private byte[] filter(String trace, Object... options) throws IOException {
        Path file = folder.resolve("first.bpf");
        Path again = folder.resolve("again.bpf");
        for (Path target : new Path[] {file, again}) {
            Object[] line = Stream.concat(
                            Stream.of("generate", "-q", trace, "--format", "bpf", "-o", target), Stream.of(options))
                    .toArray();
            Strait.Result result = Strait.run(line);
            assertEquals(new Strait.Result(0, "", ""), result);
        }
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
        return Files.readAllBytes(file);
    }

    private static String listing(String layout) {
        return Strait.run("generate", "-q", NGINX, "--format", "bpf-asm", "--layout", layout)
                .out();
    }
}
