package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Sets;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The groups of the catalogue hold the same names on every ABI, whatever their numbers are there. */
class CatalogueNamesTest {
    private static final ImmutableListMultimap<String, List<String>> CONSTANTS = rows("constants.tsv");
    private static final ImmutableListMultimap<String, List<String>> REQUESTS = rows("requests.tsv");

    /** Names of requests that several drivers share, or that are no request of ioctl; the first two are values of tcsetattr, not of ioctl. */
    private static final Pattern REQUEST =
            Pattern.compile("(TC(?!SA(NOW|DRAIN|FLUSH)|P_)|TIOC(?!M_|PKT_)|FIO|SIOC|FS_IOC|FI[A-Z]+)[A-Z0-9_]*");

    private static final Pattern COMMAND = Pattern.compile("F_(?!(RD|WR|UN|EX|SH)LCK|OWNER_|SEAL_|LINUX_)[A-Z0-9_]+");
    private static final Pattern OPTION = Pattern.compile("SO_(?!VM_|RDS_|ATM|IPRMDATA|MULTIPOINT|SETCLP)[A-Z0-9_]+");

    /** Names that are open on some ABIs only, and why that does no harm. */
    private static final ImmutableMap<String, String> APART = ImmutableMap.<String, String>builder()
            .put("TCGETX", "termiox, which Linux dropped")
            .put("TCGETS2", "PowerPC has no termios2")
            .put("TCSETS2", "PowerPC has no termios2")
            .put("TCSETSW2", "PowerPC has no termios2")
            .put("TCSETSF2", "PowerPC has no termios2")
            .put("TCGETA", "termio: no libc of PowerPC has use for it")
            .put("TCSETA", "termio")
            .put("TCSETAW", "termio")
            .put("TCSETAF", "termio")
            .put("XSDFEC_STOP_DEV", "the number of FIOCLEX on PowerPC, which the kernel takes before a driver sees it")
            .put("FS_IOC32_GETFLAGS", "FS_IOC_GETFLAGS of 32 bits")
            .put("FIOQSIZE", "asks for a size: beside FIONBIO on MIPS")
            .put("TIOCSERSETMULTI", "no driver has it: beside TIOCSCTTY on MIPS")
            .put("TIOCGPKT", "asks: beside TIOCGPTN")
            .put("F_GETLK64", "64-bit ABIs have F_GETLK alone")
            .put("F_SETLK64", "64-bit ABIs have F_SETLK alone")
            .put("F_SETLKW64", "64-bit ABIs have F_SETLKW alone")
            .put("SO_TYPE", "cannot be set")
            .put("SO_ERROR", "cannot be set")
            .put("SO_STYLE", "another name of SO_TYPE")
            .put("SO_ACCEPTCONN", "cannot be set")
            .put("SO_PEERCRED", "cannot be set")
            .put("SO_PEERSEC", "cannot be set")
            .put("SO_PEERNAME", "cannot be set")
            .put("SO_SECURITY_AUTHENTICATION", "no kernel has it")
            .put("SO_SECURITY_ENCRYPTION_TRANSPORT", "no kernel has it")
            .put("SO_SECURITY_ENCRYPTION_NETWORK", "no kernel has it")
            .build();

    private static ImmutableListMultimap<String, List<String>> rows(String file) {
        return Multimaps.index(TableResource.read(Catalogue.class, file).rows(), row -> row.get(0));
    }

    /** The names that fit the pattern and have a number on the ABI which passes. */
    private static ImmutableSet<String> open(
            ImmutableListMultimap<String, List<String>> table, Pattern names, Arch arch, Predicate<Long> isOpen) {
        TreeSet<String> open = new TreeSet<>();
        table.forEach((name, row) -> {
            if (names.matcher(name).matches()
                    && AbiSelector.selects(row.get(2), arch)
                    && isOpen.test(Long.decode(row.get(1)))) {
                open.add(name);
            }
        });
        return ImmutableSet.copyOf(open);
    }

    private static ImmutableSet<String> without(ImmutableSet<String> names) {
        return ImmutableSet.copyOf(Sets.difference(names, APART.keySet()));
    }

    private static boolean isInGroup(String call, Arch arch, Predicate<ValueGroup> which, List<Long> tuple) {
        return Catalogue.of(call, arch).stream()
                .flatMap(row -> row.groups().stream())
                .filter(which)
                .anyMatch(group -> group.members().matches(tuple));
    }

    private static Predicate<Long> request(Arch arch, Predicate<ValueGroup> which) {
        return value -> isInGroup("ioctl", arch, which, List.of(value & 0xffffffffL));
    }

    private static Predicate<Long> command(Arch arch) {
        return value -> isInGroup("fcntl", arch, group -> true, List.of(value));
    }

    private static Predicate<Long> option(Arch arch) {
        long level = NamedConstant.value("SOL_SOCKET", arch).orElseThrow();
        return value -> isInGroup("setsockopt", arch, ValueGroup::isOfInet, List.of(level, value));
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theSameRequestsAreOpen(Arch arch) {
        for (boolean isBase : new boolean[] {true, false}) {
            Predicate<ValueGroup> which = group -> group.isBase() == isBase;
            assertEquals(
                    without(open(CONSTANTS, REQUEST, Arch.X86_64, request(Arch.X86_64, which))),
                    without(open(CONSTANTS, REQUEST, arch, request(arch, which))));
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void noOtherRequestOfADriverIsAmongThem(Arch arch) {
        Pattern any = Pattern.compile("(?!TCSA(NOW|DRAIN|FLUSH)).*");
        ImmutableSet<String> known = open(REQUESTS, any, Arch.X86_64, request(Arch.X86_64, group -> true));
        assertEquals(
                ImmutableSet.of(),
                without(ImmutableSet.copyOf(
                        Sets.difference(open(REQUESTS, any, arch, request(arch, group -> true)), known))));
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theSameCommandsOfFcntlAreOpen(Arch arch) {
        assertEquals(
                without(open(CONSTANTS, COMMAND, Arch.X86_64, command(Arch.X86_64))),
                without(open(CONSTANTS, COMMAND, arch, command(arch))));
        if (arch.pointerBits() == 32 && arch != Arch.X32) {
            long large = NamedConstant.value("F_SETLKW64", arch).orElseThrow();
            assertTrue(command(arch).test(large));
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theSameOptionsOfSocketsAreOpen(Arch arch) {
        assertEquals(
                without(open(CONSTANTS, OPTION, Arch.X86_64, option(Arch.X86_64))),
                without(open(CONSTANTS, OPTION, arch, option(arch))));
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void whatHasPowerIsInNoGroup(Arch arch) {
        for (String name :
                List.of("TIOCSTI", "TIOCLINUX", "TIOCSETD", "TIOCCONS", "FS_IOC_SETFLAGS", "FIBMAP", "FIOASYNC")) {
            OptionalLong value = NamedConstant.value(name, arch);
            assertFalse(value.isPresent() && request(arch, group -> true).test(value.getAsLong()), name);
        }
        for (String name : List.of("F_SETPIPE_SZ", "F_NOTIFY", "F_SETLEASE")) {
            assertFalse(command(arch).test(NamedConstant.value(name, arch).orElseThrow()), name);
        }
        for (String name :
                List.of("SO_ATTACH_FILTER", "SO_ATTACH_BPF", "SO_SNDBUFFORCE", "SO_RCVBUFFORCE", "SO_MARK")) {
            assertFalse(option(arch).test(NamedConstant.value(name, arch).orElseThrow()), name);
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void everyRowCountsWhereTheCallIs(Arch arch) {
        for (String call : List.of("ioctl", "fcntl", "setsockopt", "pipe2", "accept4", "openat", "tgkill")) {
            assertEquals(Catalogue.places(call, Arch.X86_64), Catalogue.places(call, arch), call);
        }
    }
}
