package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import io.github.strait.format.Limits;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.Libseccomp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The text of a drop-in that means the same to systemd 252 and 257, as measured. The obvious one, a list of allowed
 * calls with {@code ~clone3:ENOSYS}, does not even start on 257: since 256 its filters return ENOSYS for unknown calls,
 * and libseccomp refuses a rule that repeats the default. So ENOSYS is the default here, all that systemd knows gets the
 * profile's default by name, and calls that return ENOSYS are taken from that again.
 */
final class DropIn {
    private static final int WIDTH = 100;
    private static final String FILTER = "SystemCallFilter=";
    private static final String LOG = "SystemCallLog=";
    private static final String FAMILIES = "RestrictAddressFamilies=";

    private final String name;
    private final Limits limits;
    private final ImmutableSortedSet<Arch> architectures;
    private final Decisions decisions;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param settings the service, without its ending, and what the unit refuses beside calls
     * @param architectures empty for the native one of any machine
     */
    DropIn(Settings settings, ImmutableSortedSet<Arch> architectures, Decisions decisions) {
        this.name = settings.name();
        this.limits = settings.limits();
        this.architectures = architectures;
        this.decisions = decisions;
    }

    String text() {
        head();
        if (decisions.permitsOthers()) {
            denied();
        } else {
            allowed();
        }
        log();
        limits();
        return out.toString();
    }

    private void head() {
        out.append("# The seccomp filter of ").append(name).append(".service, for systemd 247 or newer.\n");
        out.append("# Install it as /etc/systemd/system/").append(name).append(".service.d/50-seccomp.conf, then:\n");
        out.append("#   systemctl daemon-reload && systemctl restart ")
                .append(name)
                .append(".service\n");
        out.append(
                "# It holds for ExecStart= and for ExecStartPre=, ExecReload=, ExecStop= and the other Exec lines,\n");
        out.append("# except those with the prefix +.\n");
        out.append("[Service]\n");
        out.append("NoNewPrivileges=yes\n");
        out.append("# A call of another ABI kills the program.\n");
        out.append("SystemCallArchitectures=\n");
        out.append("SystemCallArchitectures=").append(abis()).append('\n');
    }

    /** The native ABI, which systemd never blocks, and the others; all by name where the profile is for several machines. */
    private String abis() {
        TreeSet<Arch> natives = new TreeSet<>();
        architectures.forEach(arch -> natives.add(arch.nativeArch()));
        List<String> words = new ArrayList<>();
        if (natives.size() < 2) {
            words.add(UnitArch.NATIVE);
        }
        for (Arch arch : architectures) {
            if (natives.size() > 1 || arch != natives.first()) {
                words.add(UnitArch.name(arch));
            }
        }
        return String.join(" ", words);
    }

    /** A list of allowed calls. */
    private void allowed() {
        Decision byDefault = decisions.byDefault();
        boolean isEnosys = isEnosys(byDefault);
        out.append("# Calls that this machine's systemd does not know return ENOSYS.\n");
        out.append("SystemCallErrorNumber=ENOSYS\n");
        out.append(
                "# This forgets the unit's own filter, begins a list of allowed calls, and takes from it all that\n");
        out.append("# systemd itself adds.\n");
        out.append(FILTER).append('\n');
        out.append(FILTER).append("execve\n");
        out.append(FILTER).append("~@default\n");
        out.append(FILTER)
                .append("~@known")
                .append(isEnosys ? "" : suffix(byDefault))
                .append('\n');
        TreeSet<String> allowed = new TreeSet<>(decisions.named(Action.ALLOW));
        allowed.addAll(decisions.named(Action.LOG));
        section("Allowed:", FILTER, allowed);
        List<String> fallback = new ArrayList<>();
        List<String> newer = new ArrayList<>();
        List<String> denied = new ArrayList<>();
        decisions.others().forEach((call, decision) -> {
            if (isEnosys(decision)) {
                (Libseccomp.oldest().knows(call) ? fallback : newer).add(call);
            } else if (!decision.action().permits()) {
                denied.add(call + suffix(decision));
            }
        });
        section("These return ENOSYS, so callers fall back:", FILTER + "~", fallback);
        section(
                "So do these; systemd warns of those that it does not know, which return ENOSYS anyway:",
                FILTER + "~",
                newer);
        section("Denied in another way than the rest:", FILTER + "~", denied);
    }

    /** A list of denied calls. */
    private void denied() {
        out.append("# This forgets the unit's own filter.\n");
        out.append(FILTER).append('\n');
        List<String> denied = new ArrayList<>();
        decisions.others().forEach((call, decision) -> {
            if (!decision.action().permits()) {
                denied.add(call + suffix(decision));
            }
        });
        section("Denied:", FILTER + "~", denied);
    }

    private void log() {
        boolean isDefault = decisions.byDefault().action() == Action.LOG;
        ImmutableSortedSet<String> listed = decisions.named(isDefault ? Action.ALLOW : Action.LOG);
        if (!listed.isEmpty()) {
            out.append("# This forgets what the unit itself logs.\n");
            out.append(LOG).append('\n');
            section(isDefault ? "Allowed without a line in the log:" : "Logged:", LOG + (isDefault ? "~" : ""), listed);
        }
    }

    /** The directives for arguments; an empty one forgets what the unit itself lists. */
    private void limits() {
        limits.families().ifPresent(families -> {
            out.append(
                    families.isEmpty()
                            ? "# Hardening: the evidence shows no socket.\n"
                            : "# Hardening: the evidence shows sockets of these address families alone; AF_UNIX is for nscd and\n"
                                    + "# syslog, and AF_INET and AF_INET6 stand for each other.\n");
            out.append(FAMILIES).append('\n');
            out.append(FAMILIES)
                    .append(families.isEmpty() ? "none" : String.join(" ", families))
                    .append('\n');
        });
        limit(
                limits.namespaces(),
                "no call makes or joins a namespace. clone3 returns ENOSYS, and callers use clone.",
                "RestrictNamespaces=yes");
        limit(
                limits.writeExecute(),
                "no mmap asks for memory that is writable and executable, and no mprotect,\n"
                        + "# pkey_mprotect or shmat for executable memory.",
                "MemoryDenyWriteExecute=yes");
        limit(limits.personality(), "personality is never called.", "LockPersonality=yes");
    }

    private void limit(boolean isWritten, String reason, String directive) {
        if (isWritten) {
            out.append("# Hardening: ")
                    .append(reason)
                    .append('\n')
                    .append(directive)
                    .append('\n');
        }
    }

    /** Words on as many lines as they need: later lines add to the list. */
    private void section(String title, String directive, Iterable<String> words) {
        if (Iterables.isEmpty(words)) {
            return;
        }
        out.append("# ").append(title).append('\n');
        int column = 0;
        for (String word : words) {
            if (column == 0 || column + 1 + word.length() > WIDTH) {
                out.append(column == 0 ? "" : "\n").append(directive).append(word);
                column = directive.length() + word.length();
            } else {
                out.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        out.append('\n');
    }

    /** The action behind a name, as in {@code :EACCES}. */
    private String suffix(Decision decision) {
        if (decision.action() == Action.KILL_PROCESS) {
            return ":kill";
        }
        return ":" + Errno.name(decision.errno(), errnos()).orElse(Integer.toString(decision.errno()));
    }

    private boolean isEnosys(Decision decision) {
        return decision.action() == Action.ERRNO
                && decision.errno() == Errno.number("ENOSYS", errnos()).orElseThrow();
    }

    /** The ABI whose error numbers the profile has. */
    private Arch errnos() {
        return architectures.isEmpty() ? Arch.X86_64 : architectures.first();
    }
}
