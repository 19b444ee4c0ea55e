package io.github.strait.format.systemd;

import com.google.common.base.Splitter;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What systemd makes of the filters of a unit, written from its manual and from its answers: the first line fixes whether
 * a list allows or denies, a tilde takes from a list of allowed calls and adds to one of denied ones, an empty value
 * resets, and what was said last counts.
 */
final class UnitModel {
    private static final Decision ALLOW = Decision.of(Action.ALLOW);
    private static final Decision KILL = Decision.of(Action.KILL_PROCESS);

    /** Those in {@code @default}: of 252, one that {@code @known} lacks. */
    private static final Set<String> ADDED = Set.of("execve", "mmap", "getuid", "set_tls");

    private final Set<String> known;
    private final Arch arch;
    private final Map<String, String> filter = new HashMap<>();
    private final Map<String, String> log = new HashMap<>();
    private String filterKind = "";
    private String logKind = "";
    private String errno = "kill";

    /** @param known the calls that this systemd knows */
    UnitModel(String unit, Set<String> known, Arch arch) {
        this.known = known;
        this.arch = arch;
        for (String line : unit.split("\n")) {
            int equals = line.indexOf('=');
            String value = line.substring(equals + 1);
            switch (line.substring(0, Math.max(0, equals))) {
                case "SystemCallErrorNumber" -> errno = value;
                case "SystemCallFilter" -> filterKind = list(value, filter, filterKind);
                case "SystemCallLog" -> logKind = list(value, log, logKind);
                default -> {}
            }
        }
    }

    private String list(String value, Map<String, String> list, String kind) {
        if (value.isEmpty()) {
            list.clear();
            return "";
        }
        boolean isInverted = value.startsWith("~");
        String now = !kind.isEmpty() ? kind : isInverted ? "denied" : "allowed";
        if (kind.isEmpty() && !isInverted && list == filter) {
            ADDED.forEach(name -> list.put(name, "listed"));
        }
        for (String word : Splitter.on(' ').split(isInverted ? value.substring(1) : value)) {
            int colon = word.indexOf(':');
            String name = colon < 0 ? word : word.substring(0, colon);
            String error = colon < 0 ? "" : word.substring(colon + 1);
            for (String each : members(name)) {
                if (!known.contains(each) && !ADDED.contains(each)) {
                    continue; // ignored with a warning
                }
                if (isInverted == now.equals("denied")) {
                    list.put(each, error.isEmpty() ? "listed" : error);
                } else if (error.isEmpty()) {
                    list.remove(each);
                } else {
                    list.put(each, error);
                }
            }
        }
        return now;
    }

    private Set<String> members(String name) {
        return switch (name) {
            case "@known" -> known;
            case "@default" -> ADDED;
            default -> Set.of(name);
        };
    }

    /** The stricter decision of both filters. */
    Decision decide(String call) {
        Decision one = filtered(call);
        Decision two = logged(call);
        return one.action().compareTo(two.action()) <= 0 ? one : two;
    }

    private Decision filtered(String call) {
        if (filterKind.isEmpty()) {
            return ALLOW;
        }
        String entry = filter.get(call);
        boolean isAllowing = filterKind.equals("allowed");
        if (entry == null) {
            return isAllowing ? error(errno) : ALLOW;
        }
        if (entry.equals("listed")) {
            return isAllowing ? ALLOW : error(errno);
        }
        // libseccomp refuses what repeats the default of the filter, and the service does not start
        if (isAllowing && error(entry).equals(error(errno))) {
            throw new AssertionError(call + " repeats the default");
        }
        return error(entry);
    }

    private Decision logged(String call) {
        boolean isListed = log.containsKey(call);
        return !logKind.isEmpty() && isListed == logKind.equals("allowed") ? Decision.of(Action.LOG) : ALLOW;
    }

    private Decision error(String word) {
        return word.equals("kill")
                ? KILL
                : new Decision(Action.ERRNO, Errno.number(word, arch).orElseGet(() -> Integer.parseInt(word)));
    }
}
