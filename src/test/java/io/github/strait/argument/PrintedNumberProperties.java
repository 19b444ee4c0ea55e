package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Numbers come back from what strace makes of them. */
class PrintedNumberProperties {
    private static final List<List<String>> CONSTANTS =
            TableResource.read(NamedConstant.class, "constants.tsv").rows();
    private static final List<List<String>> REQUESTS =
            TableResource.read(NamedConstant.class, "requests.tsv").rows();

    @Property
    void plainNumbers(@ForAll long number, @ForAll Arch arch) {
        assertReads(number, "0x" + Long.toHexString(number), arch);
        assertReads(number, Long.toString(number), arch);
        assertReads(number, Long.toUnsignedString(number), arch);
        assertReads(number >>> 8, "0" + Long.toOctalString(number >>> 8), arch);
        assertReads(number, "0x" + Long.toHexString(number) + " /* SOME|NAMES */", arch);
        assertReads(number, number + "</dev/pts/1>", arch);
    }

    @Property
    void flags(@ForAll int flags, @ForAll("prefixes") String prefix, @ForAll Arch arch) {
        assertReads(flags & 0xffffffffL, printedFlags(flags, prefix, arch), arch);
    }

    /** Also of numbers without a name. */
    @Property
    void requests(@ForAll int request, @ForAll Arch arch) {
        assertReads(request & 0xffffffffL, printedRequest(request, arch), arch);
        assertReads(
                request & 0xffffffffL,
                "0x" + Integer.toHexString(request) + " /* " + printedRequest(request, arch) + " */",
                arch);
    }

    @Property
    void commandsOfQuotas(@ForAll int command, @ForAll Arch arch) {
        String printed = "QCMD(0x" + Integer.toHexString(command >>> 8) + " /* Q_??? */, " + (command & 0xff) + ")";
        assertReads(command & 0xffffffffL, printed, arch);
    }

    @Property
    void networkOrder(@ForAll short protocol, @ForAll Arch arch) {
        int host = (arch.isBigEndian() ? protocol : Short.reverseBytes(protocol)) & 0xffff;
        assertReads(protocol & 0xffffL, "htons(0x" + Integer.toHexString(host) + " /* ETH_P_??? */)", arch);
    }

    @Property
    void hugePages(@ForAll("sizes") int size, @ForAll Arch arch) {
        assertReads((long) size << 26, size + "<<MFD_HUGE_SHIFT", arch);
    }

    /** Every name has its number on the ABIs of its row, and on no others. */
    @Property(tries = 20)
    void everyNameIsFound(@ForAll Arch arch) {
        for (List<List<String>> table : List.of(CONSTANTS, REQUESTS)) {
            Map<String, OptionalLong> expected = new TreeMap<>();
            for (List<String> row : table) {
                expected.putIfAbsent(row.get(0), OptionalLong.empty());
                if (AbiSelector.selects(row.get(2), arch)) {
                    OptionalLong before = expected.put(row.get(0), OptionalLong.of(Long.decode(row.get(1))));
                    assertTrue(before == null || before.isEmpty(), () -> row + " is one number too many");
                }
            }
            expected.forEach((name, value) -> assertEquals(value, NamedConstant.value(name, arch), name));
        }
    }

    /** Whatever it is, it is read or unknown. */
    @Property
    void anyTextIsReadOrUnknown(@ForAll("texts") String text, @ForAll Arch arch) {
        PrintedNumber.argument(text, arch);
    }

    @Provide
    Arbitrary<String> prefixes() {
        return Arbitraries.of("CLONE_", "O_", "PROT_", "MSG_", "MAP_", "MREMAP_", "MFD_", "AT_");
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(0, 63);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "_IOC(",
                        "_IO(",
                        "QCMD(",
                        "htons(",
                        "(",
                        ")",
                        "|",
                        ", ",
                        " or ",
                        "<<",
                        "0x",
                        "1",
                        "-",
                        "TCGETS",
                        "MFD_HUGE_SHIFT",
                        "'T'",
                        "/*",
                        "*/",
                        "NULL",
                        "SIGRT_",
                        " ",
                        "<",
                        ">",
                        "\u0000",
                        "{flags=")
                .list()
                .ofMaxSize(12)
                .map(words -> String.join("", words));
    }

    private static void assertReads(long number, String printed, Arch arch) {
        assertEquals(OptionalLong.of(number), PrintedNumber.value(printed, arch), () -> printed + " on " + arch);
    }

    /** The names of single bits, then the rest as a number, or 0. */
    private static String printedFlags(int flags, String prefix, Arch arch) {
        List<String> parts = new ArrayList<>();
        int left = flags;
        for (List<String> row : CONSTANTS) {
            if (row.get(0).startsWith(prefix) && AbiSelector.selects(row.get(2), arch)) {
                long value = Long.decode(row.get(1));
                if (Long.bitCount(value) == 1 && (left & 0xffffffffL & value) != 0) {
                    parts.add(row.get(0));
                    left &= ~(int) value;
                }
            }
        }
        if (left != 0 || parts.isEmpty()) {
            parts.add("0x" + Integer.toHexString(left));
        }
        return String.join("|", parts);
    }

    private static String printedRequest(int request, Arch arch) {
        boolean isWide = AbiSelector.selects("mips*,ppc*", arch);
        int direction = request >>> (isWide ? 29 : 30);
        int size = request >>> 16 & (isWide ? 0x1fff : 0x3fff);
        List<String> names = new ArrayList<>();
        if ((isWide ? direction & 1 : direction == 0 ? 1 : 0) != 0) {
            names.add("_IOC_NONE");
        }
        if ((direction & 2) != 0) {
            names.add("_IOC_READ");
        }
        if ((direction & (isWide ? 4 : 1)) != 0) {
            names.add("_IOC_WRITE");
        }
        String printed = names.isEmpty() ? "0" : String.join("|", names);
        return String.format("_IOC(%s, %#x, %#x, %#x)", printed, request >>> 8 & 0xff, request & 0xff, size);
    }
}
