package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.DocumentText;
import io.github.strait.format.systemd.Assignment.Word;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.SystemdGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What there is to say about the filter of a unit: what strait did not read, and what newer releases do differently. */
final class UnitRemarks {
    /** The directives that add filters of their own (execute.c of systemd 252), and those that imply one of them. */
    private static final ImmutableSet<String> OTHER_FILTERS = ImmutableSet.of(
            "DynamicUser",
            "LockPersonality",
            "MemoryDenyWriteExecute",
            "PrivateDevices",
            "ProtectClock",
            "ProtectHostname",
            "ProtectKernelLogs",
            "ProtectKernelModules",
            "ProtectKernelTunables",
            "RestrictAddressFamilies",
            "RestrictNamespaces",
            "RestrictRealtime",
            "RestrictSUIDSGID");

    private static final ImmutableSet<String> OFF = ImmutableSet.of("no", "n", "false", "f", "off", "0");

    private final DocumentText document;
    private final SystemdGroups groups;
    private final List<Diagnostic> all = new ArrayList<>();
    private final Map<String, SourcePosition> others = new TreeMap<>();
    private final Set<String> begun = new TreeSet<>();
    private @Nullable Assignment adding;
    private boolean hasProgram;
    private boolean deniesApart;

    UnitRemarks(DocumentText document, SystemdGroups groups) {
        this.document = document;
        this.groups = groups;
    }

    /** Whether there may be something to say about a directive that is not one of the filter by names. */
    static boolean concerns(String key) {
        return OTHER_FILTERS.contains(key) || key.equals("ExecStart");
    }

    void add(Assignment line) {
        if (OTHER_FILTERS.contains(line.key())) {
            if (line.value().isEmpty() || OFF.contains(line.value().get(0).text())) {
                others.remove(line.key());
            } else {
                others.putIfAbsent(line.key(), line.position());
            }
        } else if (line.key().equals("ExecStart")) {
            hasProgram = true;
        } else if (begun.add(line.key())
                && !line.value().isEmpty()
                && !line.key().endsWith("Number")) {
            adding = adding == null ? line : adding;
        }
    }

    /** Warns of a word that keeps a newer release from starting the service. */
    void noStart(Word word) {
        all.add(Diagnostic.warning(
                "systemd-start",
                word.position(),
                "'" + CallList.shown(word.text())
                        + "' keeps systemd 256 and newer from starting the service (228/SECCOMP):"
                        + " there every list of allowed calls returns ENOSYS for unknown ones, and no word may repeat that;"
                        + " strait convert --format systemd writes a form that starts on all"));
    }

    /** Notes that calls that systemd does not know return ENOSYS, which the profile does not say. */
    void deniesUnknownCallsApart() {
        deniesApart = true;
    }

    /** All of it, for the filter as a whole. */
    ImmutableList<Diagnostic> of(Profile profile, CallList filter, CallList log) {
        if (adding != null && !hasProgram) {
            all.add(Diagnostic.warning(
                    "drop-in-adds",
                    adding.position(),
                    "this line adds to those of the unit itself, which are not read; put an empty " + adding.key()
                            + "= before it, or read the unit with its drop-ins: systemctl cat UNIT | strait … -"));
        }
        if (!others.isEmpty()) {
            all.add(Diagnostic.warning(
                    "other-filters",
                    others.values().iterator().next(),
                    String.join("=, ", others.keySet())
                            + "= add filters of their own, which are not part of what is read: the unit denies more calls,"
                            + " and a document in another format that is made of it does not deny those"));
        }
        if (filter.isAllowlist()) {
            additions(filter);
            differences(profile, filter);
        }
        if (filter.isAllowlist() || filter.hasGroups() || log.hasGroups()) {
            note("systemd-groups", "groups of calls are those of " + groups.origin());
        }
        return ImmutableList.copyOf(all);
    }

    /** The calls that systemd allows without being asked. */
    private void additions(CallList filter) {
        Set<String> added = new TreeSet<>();
        for (String call : filter.entries().keySet()) {
            if (filter.origin(call) == null) {
                added.add(call);
            }
        }
        if (!added.isEmpty()) {
            note(
                    "systemd-adds",
                    "systemd itself adds the calls of @default to a list of allowed ones: " + added.size()
                            + " of them are in no line, such as "
                            + added.iterator().next()
                            + "; they are part of what is read");
        }
    }

    private void differences(Profile profile, CallList filter) {
        boolean writes = filter.entries().getOrDefault("write", CallList.KILL) == CallList.LISTED;
        if (deniesApart) {
            note(
                    "systemd-unknown-calls",
                    "calls that the machine's systemd does not know return ENOSYS; the profile has them denied as the known"
                            + " ones are");
        } else if (!isEnosys(profile)) {
            note("systemd-unknown-calls", "systemd 256 and newer return ENOSYS for calls that they do not know");
        }
        if (!writes) {
            note("systemd-write", "systemd 256 and newer also allow write, which they need to start the service");
        }
    }

    private static boolean isEnosys(Profile profile) {
        return profile.defaultAction() == Action.ERRNO
                && Errno.name(
                                profile.defaultDecision().errno(),
                                profile.architectures().first())
                        .equals(Optional.of("ENOSYS"));
    }

    private void note(String code, String message) {
        all.add(Diagnostic.note(code, SourcePosition.ofFile(document.file()), message));
    }
}
