package io.github.strait.syscall;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Maps strace's name for a call to libseccomp's name for the number that the kernel saw. The spellings are those of
 * strace 5.0 to 7.2, read in its tables, and older ones that mean nothing else today; the exceptions are rows of the
 * resource {@code strace-names.tsv}. A number that no table knows is a {@link NamelessCall}.
 */
public final class StraceName {
    private static final TableResource TABLE = TableResource.read(StraceName.class, "strace-names.tsv");
    private static final SpellingRows EXCEPTIONS = SpellingRows.of(TABLE);
    private static final int NUMBER = TABLE.column("number");
    private static final int VERSIONS = TABLE.column("strace");
    /** How the tables of strace up to 4.6 called the numbers that they had no name for: {@code SYS_328}. */
    private static final String HOLE_PREFIX = "SYS_";

    private static final int X32_BIT = 0x40000000;

    private StraceName() {}

    /** The libseccomp name; empty when strace prints no such name for the ABI, as for a multiplexer's sub-calls. */
    public static Optional<String> toLibseccomp(String spelling, Arch arch) {
        if (SyscallTable.of(arch).contains(spelling)) {
            return Optional.of(spelling);
        }
        OptionalInt number = exception(spelling, arch);
        if (number.isEmpty()) {
            number = foreign(spelling, arch);
        }
        return number.isPresent() ? Optional.of(NamelessCall.nameOf(number.getAsInt(), arch)) : Optional.empty();
    }

    /** The last version of strace that spells so on the ABI; empty when today's does, and when none does. */
    public static Optional<StraceVersion> last(String spelling, Arch arch) {
        List<String> row = EXCEPTIONS.find(spelling, arch);
        String last =
                row == null ? "" : row.get(VERSIONS).substring(row.get(VERSIONS).indexOf('-') + 1);
        return last.isEmpty() ? Optional.empty() : Optional.of(StraceVersion.parse(last));
    }

    /**
     * The name of a number that strace did not know: {@code syscall_0x1b3} since 4.21, {@code syscall_435} before, and
     * {@code SYS_328} for a hole in a table of up to 4.6. Empty when the text is not of that form. A call counted as x32
     * had bit 30 set, which older versions do not print.
     */
    public static Optional<String> ofNumberSpelling(String spelling, Arch arch) {
        OptionalLong number = NamelessCall.isOne(spelling) ? parse(NamelessCall.digits(spelling)) : ofHole(spelling);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        // The kernel looks at the low 32 bits only, as seccomp does; strace prints the whole register.
        int low = (int) number.getAsLong();
        return Optional.of(NamelessCall.nameOf(arch == Arch.X32 ? low | X32_BIT : low, arch));
    }

    /** How strace spells a number that it has no name for, since 4.21 and before. */
    public static List<String> numberSpellings(int number) {
        return List.of(
                NamelessCall.PREFIX + "0x" + Integer.toHexString(number),
                NamelessCall.PREFIX + Integer.toUnsignedString(number));
    }

    /** The number of a hole in a table of strace up to 4.6, which {@code SYS_328} spells; empty for any other text. */
    public static OptionalLong ofHole(String spelling) {
        boolean hole = spelling.startsWith(HOLE_PREFIX) && !spelling.startsWith("0x", HOLE_PREFIX.length());
        return hole ? parse(spelling.substring(HOLE_PREFIX.length())) : OptionalLong.empty();
    }

    private static OptionalInt exception(String spelling, Arch arch) {
        List<String> row = EXCEPTIONS.find(spelling, arch);
        return row == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(row.get(NUMBER)));
    }

    /**
     * The number of a name marked as another ABI's: the kernel saw that number under this ABI, where it means nothing
     * or something else. On x32 {@code readv#64} is number 19 with bit 30, and x32's own readv is 515.
     */
    private static OptionalInt foreign(String spelling, Arch arch) {
        boolean marked = spelling.endsWith("#64");
        if (arch == Arch.X32 && (marked || spelling.startsWith("64:"))) {
            // 64:NAME up to 4.22
            String name = marked ? spelling.substring(0, spelling.length() - 3) : spelling.substring(3);
            OptionalInt number = SyscallTable.of(Arch.X86_64).number(name);
            return number.isPresent() ? OptionalInt.of(number.getAsInt() | X32_BIT) : number;
        }
        int colon = spelling.indexOf(':');
        Optional<Arch> other = colon < 0 ? Optional.empty() : mips(spelling.substring(0, colon), arch);
        if (other.isEmpty()) {
            return OptionalInt.empty();
        }
        String name = spelling.substring(colon + 1);
        OptionalInt number = SyscallTable.of(other.get()).number(name);
        return number.isPresent() ? number : exception(name, other.get());
    }

    private static Optional<Arch> mips(String prefix, Arch arch) {
        if (!arch.label().startsWith("mips")) {
            return Optional.empty();
        }
        boolean big = arch.isBigEndian();
        return switch (prefix) {
            case "o32" -> Optional.of(big ? Arch.MIPS : Arch.MIPSEL);
            case "n64" -> Optional.of(big ? Arch.MIPS64 : Arch.MIPSEL64);
            case "n32" -> Optional.of(big ? Arch.MIPS64N32 : Arch.MIPSEL64N32);
            default -> Optional.empty();
        };
    }

    /** Hexadecimal or decimal digits up to 64 bits, without a sign. */
    private static OptionalLong parse(String digits) {
        boolean hex = digits.startsWith("0x");
        String magnitude = hex ? digits.substring(2) : digits;
        if (magnitude.startsWith("+") || magnitude.startsWith("-")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(magnitude, hex ? 16 : 10));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
