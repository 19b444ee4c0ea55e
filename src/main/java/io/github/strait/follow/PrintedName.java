package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import io.github.strait.observation.CallName;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.OldStraceName;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.StraceVersion;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.trace.Line;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A name as strace spells it, with what follows from the name alone. Threads may share one. */
final class PrintedName {
    /** The effect of a call on tasks, or on the known addresses. */
    enum Role {
        PLAIN,
        FORK,
        EXECVE,
        EXIT,
        /** Its result is an address. */
        MAPS,
        /** Its first argument is an address. */
        TAKES_ADDRESS,
        /** {@code set_robust_list}: its second argument is the size of a structure of three words. */
        ROBUST_LIST,
        /** Sends a signal whose contents the sender chooses. */
        SENDS_SIGNAL,
        /** Some of the ABIs that have it refuse it always; see {@link SuccessEvidence}. */
        TELLS_BY_SUCCESS
    }

    private static final Set<String> MULTIPLEXERS = Set.of("socketcall", "ipc");
    private static final Set<String> FORKS = Set.of("clone", "clone3", "fork", "vfork");
    private static final Set<String> EXECS = Set.of("execve", "execveat");
    private static final Set<String> EXITS = Set.of("exit", "exit_group");
    private static final Set<String> MAPS = Set.of("mmap", "mmap2", "mremap", "brk", "shmat");
    private static final Set<String> TIDS = Set.of("set_tid_address", "gettid");
    private static final Set<String> SENDERS = Set.of("rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal");
    private static final Set<String> ADDRESSES = Set.of("mprotect", "munmap", "set_tid_address", "madvise");

    private static final Set<String> ENTRANCES = Set.of("pivot_root", "setns", "chroot");
    private static final Set<String> READS = Set.of("read", "pread64");
    private static final Set<String> OPENS = Set.of("open", "openat", "openat2");
    private static final int MIX = 0x9E3779B9;

    private static final String UMOUNT = "umount";
    /** The numbers of o32 begin at four times as many, those of n64 at five, and those of n32 at six. */
    private static final int MIPS_NUMBERS = 1000;

    private static final int MISPLACED = 6;

    /** What a table of names by hash looks for. */
    final int hash;

    private final String name;
    private final String meaning;
    private final int abis;
    private final int oldAbis;
    /** Where the name may have had another meaning. */
    private final int renamedAbis;

    private final Optional<StraceVersion> onlyUntil;
    private final Role role;
    private final boolean returnsTid;
    private final boolean changesRoot;
    private final boolean enters;
    private final boolean filters;
    private final boolean writes;
    private final boolean reads;
    private final boolean opens;
    private final boolean tellsVersion;
    /** By ABI, when first asked for. */
    private final @Nullable CallName[] today = new @Nullable CallName[Integer.SIZE];

    /** Set when first asked for. */
    private volatile @Nullable ImmutableList<WatchedPlace> places;

    /** A number in the upper half, and {@link #abis(int)} of it in the lower half: one value, which threads share. */
    private volatile long last = (long) Line.NO_NUMBER << Integer.SIZE;

    private PrintedName(String name, String meaning, int abis, int oldAbis, Role role) {
        this.name = name;
        this.meaning = meaning;
        this.abis = abis == 0 ? oldAbis : abis;
        this.oldAbis = abis | oldAbis;
        this.renamedAbis = meaning.equals(name) && !isNumber(name) ? oldAbis : Abis.ALL;
        this.onlyUntil = abis == 0 ? latest(name) : Optional.empty();
        this.role = role;
        this.returnsTid = TIDS.contains(name);
        this.changesRoot = name.equals("pivot_root");
        this.enters = ENTRANCES.contains(name);
        this.filters = name.equals("seccomp");
        this.writes = ForgedText.isWrite(name);
        this.reads = READS.contains(name);
        this.opens = OPENS.contains(name);
        this.tellsVersion = VersionEvidence.isTelling(name) || isNumber(name) || onlyUntil.isPresent();
        int bits = meaning.hashCode() * MIX;
        this.hash = bits ^ bits >>> Short.SIZE;
    }

    /** A name that strace prints for a call on at least one ABI; empty for any other word. */
    static Optional<PrintedName> of(String name) {
        if (isNumber(name)) {
            int abis = abisOfNumber(name);
            return Optional.of(new PrintedName(name, name, abis, abis, roleOfNumber(name)));
        }
        boolean subcall = MULTIPLEXERS.stream()
                .anyMatch(multiplexer -> Multiplexer.subcalls(multiplexer).contains(name));
        int abis = Abis.where(arch -> StraceName.toLibseccomp(name, arch).isPresent()
                || (subcall && Multiplexer.of(name, arch).isPresent()));
        int oldAbis = Abis.where(arch -> OldStraceName.of(name, arch).isPresent());
        return (abis | oldAbis) == 0
                ? Optional.empty()
                : Optional.of(new PrintedName(name, name, abis, oldAbis, role(name)));
    }

    /** Up to 4.9 strace called {@code umount2} {@code umount}; only its second argument distinguishes them. */
    static PrintedName umountWithTwoArguments() {
        int abis = Abis.where(arch -> SyscallTable.of(arch).contains("umount2"));
        return new PrintedName(UMOUNT, "umount2", abis, abis, Role.PLAIN);
    }

    boolean isUmount() {
        return name.equals(UMOUNT);
    }

    private static Optional<StraceVersion> latest(String name) {
        return Arrays.stream(Arch.values())
                .flatMap(arch -> OldStraceName.of(name, arch).stream())
                .map(OldStraceName::last)
                .max(Comparator.naturalOrder());
    }

    /** Whether the name spells a number that strace has no name for. */
    static boolean isNumber(String name) {
        return StraceName.ofNumberSpelling(name, Arch.X86_64).isPresent();
    }

    /**
     * Up to 4.6 only the tables of MIPS had holes at 4000 and above, where the numbers of its ABIs begin. What 4.6 called a
     * hole may stand up to 6 places later.
     */
    private static int abisOfNumber(String printed) {
        long hole = StraceName.ofHole(printed).orElse(0);
        int abis = Abis.where(arch -> {
            long base = mipsBase(arch);
            return base != 0 && hole + MISPLACED >= base && hole < base + MIPS_NUMBERS;
        });
        return abis == 0 ? Abis.ALL : abis;
    }

    private static long mipsBase(Arch arch) {
        String label = arch.label();
        if (!label.startsWith("mips")) {
            return 0;
        }
        return label.endsWith("n32") ? 6 * MIPS_NUMBERS : label.endsWith("64") ? 5 * MIPS_NUMBERS : 4 * MIPS_NUMBERS;
    }

    /** The role of a number without a name in strace, if all ABIs that have it agree, as on {@code clone3}. */
    private static Role roleOfNumber(String printed) {
        Set<Role> roles = Arrays.stream(Arch.values())
                .flatMap(arch -> StraceName.ofNumberSpelling(printed, arch).stream())
                .filter(name -> !isNumber(name))
                .map(PrintedName::role)
                .collect(Collectors.toSet());
        return roles.size() == 1 ? roles.iterator().next() : Role.PLAIN;
    }

    private static Role role(String name) {
        if (FORKS.contains(name)) {
            return Role.FORK;
        } else if (EXECS.contains(name)) {
            return Role.EXECVE;
        } else if (EXITS.contains(name)) {
            return Role.EXIT;
        } else if (MAPS.contains(name)) {
            return Role.MAPS;
        } else if (ADDRESSES.contains(name)) {
            return Role.TAKES_ADDRESS;
        } else if (SENDERS.contains(name)) {
            return Role.SENDS_SIGNAL;
        } else if (SuccessEvidence.isOf(name)) {
            return Role.TELLS_BY_SUCCESS;
        }
        return name.equals("set_robust_list") ? Role.ROBUST_LIST : Role.PLAIN;
    }

    String name() {
        return name;
    }

    Role role() {
        return role;
    }

    /** Whether the next call of this name may be counted from its scan summary: its arguments and its result change no task. */
    boolean isRepeatable() {
        return role != Role.FORK && role != Role.EXECVE && role != Role.EXIT && !isUmount() && !enters && !filters;
    }

    /** Whether its arguments or its result may show the ABI. */
    boolean isShowingAddresses() {
        return role != Role.PLAIN;
    }

    /** Whether its result is the caller's own tid, as its pid namespace numbers it. */
    boolean isReturningTid() {
        return returnsTid;
    }

    /** Whether it gives the caller another root, as container runtimes do. */
    boolean isChangingRoot() {
        return changesRoot;
    }

    /** Whether it takes the caller into a container, as runtimes do. */
    boolean isEntering() {
        return enters;
    }

    /** Whether it may install a filter. */
    boolean isInstallingFilter() {
        return filters;
    }

    /** Whether it writes text, which may look like strace's own. */
    boolean isWriting() {
        return writes;
    }

    /** Whether it reads from a file, and so shows the head of a library. */
    boolean isReading() {
        return reads;
    }

    /** Whether it opens a file by its path, such as a library. */
    boolean isOpening() {
        return opens;
    }

    /** Whether a call of this name may show the version of strace. */
    boolean isTellingVersion() {
        return tellsVersion;
    }

    /** The name that this one stands for, if the line shows that it is another. */
    String meaning() {
        return meaning;
    }

    /** The name that today's strace gives the call on an ABI that has it. */
    CallName today(Arch arch) {
        int index = Integer.numberOfTrailingZeros(Abis.of(arch));
        CallName known = today[index];
        if (known == null) {
            // threads may each make one; they are equal
            known = CallName.today(meaning, arch);
            today[index] = known;
        }
        return known;
    }

    /** What the name meant on an ABI in old versions of strace; empty where it never meant another call. */
    Optional<OldStraceName> old(Arch arch) {
        return (renamedAbis & Abis.of(arch)) == 0 ? Optional.empty() : OldStraceName.of(meaning, arch);
    }

    /** The places of its arguments that are evidence on some ABI; none for most names. */
    ImmutableList<WatchedPlace> places() {
        ImmutableList<WatchedPlace> known = places;
        if (known == null) {
            // threads may each make one; they are equal
            known = WatchedPlace.of(meaning);
            places = known;
        }
        return known;
    }

    /** Whether arguments of its calls are evidence on some ABI. */
    boolean isWatched() {
        return !places().isEmpty();
    }

    /** The last version that printed this name, where today's do not. */
    Optional<StraceVersion> onlyUntil() {
        return onlyUntil;
    }

    /**
     * The ABIs whose strace prints this name.
     *
     * @param old whether it may be one of the versions whose names differ from today's
     */
    int abis(boolean old) {
        return old ? oldAbis : abis;
    }

    /** The ABIs on which strace prints this name for this number; 0 when there are none. */
    int abis(int number) {
        long known = last;
        if (number != (int) (known >> Integer.SIZE)) {
            known = (long) number << Integer.SIZE | Abis.where(arch -> means(number, arch));
            last = known;
        }
        return (int) known;
    }

    private boolean means(int number, Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        Optional<String> multiplexer = Multiplexer.of(name, arch);
        if (multiplexer.isPresent() && isNumber(table.number(multiplexer.get()), number)) {
            return true;
        }
        Optional<String> libseccomp =
                StraceName.ofNumberSpelling(name, arch).or(() -> StraceName.toLibseccomp(name, arch));
        return libseccomp.isPresent()
                && (isNumber(table.number(libseccomp.get()), number)
                        || libseccomp.get().equals(NamelessCall.PREFIX + number));
    }

    private static boolean isNumber(OptionalInt known, int number) {
        return known.isPresent() && known.getAsInt() == number;
    }
}
