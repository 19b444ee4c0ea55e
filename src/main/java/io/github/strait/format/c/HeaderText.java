package io.github.strait.format.c;

import com.google.common.collect.ImmutableSet;
import io.github.strait.bpf.Disassembler;
import io.github.strait.bpf.Program;
import io.github.strait.profile.Flag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the header: strict C99 and C++17 take it, in any number of sources of a program, each of them twice. */
final class HeaderText {
    /** The filter, the ABIs, the loader, how far it reaches, and the guard. */
    private static final String HEAD = """
            /*
             * %s: a seccomp filter for %s.
             * Include this file and install the filter before the program does its work; no library is needed:
             *
             *     if (%s() != 0) {
             *         perror("%1$s");
             *         return 1;
             *     }
             *
             * The filter cannot be removed. %s.
             */
            #ifndef %s
            #define %5$s

            #include <errno.h>
            #include <linux/filter.h>
            #include <linux/seccomp.h>
            #include <sys/prctl.h>
            #include <sys/syscall.h>
            #include <unistd.h>

            """;

    /** The loader, the filter and the flags. */
    private static final String LOADER = """
            #ifndef __cplusplus
            long syscall(long number, ...); /* unistd.h does not declare it in strict C */
            #endif

            /* Returns 0, or -1 with errno. */
            static inline int %s(void)
            {
            	const struct sock_fprog program = {
            		(unsigned short)(sizeof %s / sizeof %2$s[0]),
            		(struct sock_filter *)%2$s
            	};
            	long result;

            	if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0)
            		return -1;
            	result = syscall(SYS_seccomp, (long)SECCOMP_SET_MODE_FILTER,
            		%s, &program);
            	if (result > 0)
            		errno = ESRCH; /* the thread of this number has another filter */
            	return result == 0 ? 0 : -1;
            }

            #endif
            """;

    private final CName name;
    private final ImmutableSet<Flag> flags;
    private final StringBuilder text = new StringBuilder();
    private boolean hasFilter;

    HeaderText(CName name, ImmutableSet<Flag> flags) {
        this.name = name;
        this.flags = flags;
    }

    String text() {
        return text.toString();
    }

    /** What stands before the filters of these machines. */
    void begin(List<CMachine> machines) {
        text.append(String.format(
                Locale.ROOT,
                HEAD,
                name.filter(),
                CMachine.labels(machines),
                name.loader(),
                CMachine.reach(flags),
                name.guard()));
    }

    /** The filter of one machine. */
    void filter(CMachine machine, Program program) {
        text.append(hasFilter ? "#elif " : "#if ").append(machine.condition());
        hasFilter = true;
        text.append("\n/* ").append(machine.label()).append(" */\n");
        text.append("static const struct sock_filter ").append(name.filter()).append("[] = {\n");
        ByteBuffer raw = ByteBuffer.wrap(program.encode(ByteOrder.BIG_ENDIAN)).order(ByteOrder.BIG_ENDIAN);
        Iterator<String> listing = Disassembler.print(program).lines().iterator();
        while (raw.hasRemaining()) {
            text.append(String.format(
                    Locale.ROOT,
                    "\t{ 0x%02x, %3d, %3d, 0x%08x }, /* %s */\n",
                    raw.getShort(),
                    Byte.toUnsignedInt(raw.get()),
                    Byte.toUnsignedInt(raw.get()),
                    raw.getInt(),
                    listing.next().strip()));
        }
        text.append("};\n");
    }

    /** What stands after the filters. */
    void end(List<CMachine> machines) {
        text.append(CMachine.otherwise(name, machines)).append('\n');
        text.append(String.format(Locale.ROOT, LOADER, name.loader(), name.filter(), flags()));
    }

    private String flags() {
        return flags.isEmpty()
                ? "0L"
                : flags.stream().map(Flag::token).collect(Collectors.joining(" | ", "(long)(", ")"));
    }
}
