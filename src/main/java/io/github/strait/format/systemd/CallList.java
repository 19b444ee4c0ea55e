package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.format.systemd.Assignment.Word;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.SystemdGroups;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The list that the lines of {@code SystemCallFilter=} or {@code SystemCallLog=} make, each adding to it or taking from it
 * (load-fragment.c and seccomp-util.c of systemd 252). The first line decides whether it is a list of what is let
 * through. Words that systemd ignores with a warning are refused.
 */
final class CallList {
    /** In place of an error: kills the process. */
    static final int KILL = -1;

    /** In place of an error: what the list as a whole is for. */
    static final int LISTED = -2;

    /** How many calls may be added and taken, which bounds the time; a line that names all that are known has 400. */
    private static final int MAX_STEPS = 1 << 18;

    private final boolean takesErrors;
    private final SystemdGroups groups;
    private final Arch machine;

    private final Map<String, Integer> entries = new TreeMap<>();
    private final Map<String, Word> origins = new TreeMap<>();
    private final Set<String> taken = new TreeSet<>();
    private final Set<String> named = new HashSet<>();
    private OptionalInt known = OptionalInt.empty();
    private boolean isBegun;
    private boolean isAllowlist;
    private boolean hasGroups;
    private int steps;

    /** @param takesErrors whether a name may have an error, and a list of allowed calls has systemd's own additions */
    CallList(boolean takesErrors, SystemdGroups groups, Arch machine) {
        this.takesErrors = takesErrors;
        this.groups = groups;
        this.machine = machine;
    }

    /** Takes a line; an empty one forgets those before it. */
    void add(Assignment line) {
        if (line.value().isEmpty()) {
            forget();
            return;
        }
        Word first = line.value().get(0);
        boolean isInverted = first.text().startsWith("~");
        if (!isBegun) {
            isBegun = true;
            isAllowlist = !isInverted;
            if (isAllowlist && takesErrors) {
                groups.calls(SystemdGroups.DEFAULT)
                        .orElse(ImmutableSet.of())
                        .forEach(call -> entries.put(call, LISTED));
            }
        }
        ImmutableList<Word> words = line.value();
        for (int i = 0; i < words.size(); i++) {
            Word word = i == 0 && isInverted ? first.from(1) : words.get(i);
            if (!word.text().isEmpty()) {
                add(word, isInverted);
            }
        }
    }

    private void forget() {
        entries.clear();
        origins.clear();
        taken.clear();
        known = OptionalInt.empty();
        isBegun = false;
        isAllowlist = false;
    }

    private void add(Word word, boolean isInverted) {
        int colon = takesErrors ? word.text().indexOf(':') : -1;
        String name = colon < 0 ? word.text() : word.text().substring(0, colon);
        int error = LISTED;
        if (colon >= 0) {
            error = error(word.text().substring(colon + 1), machine, word);
            if (!isInverted) {
                throw word.error("'" + shown(word.text())
                        + "': only a line that begins with ~ can give errors; systemd ignores the word");
            }
        }
        if (name.startsWith("@")) {
            hasGroups = true;
            group(name, error, isInverted, word);
        } else {
            checkName(name, word);
            named.add(name);
            change(name, error, isInverted, word);
        }
    }

    private void group(String name, int error, boolean isInverted, Word word) {
        ImmutableSet<String> calls = groups.calls(name)
                .orElseThrow(() -> word.error("unknown group '" + shown(name) + "' (of " + groups.origin()
                        + "); systemd ignores the word" + nearest(name, groups.names())));
        if (name.equals(SystemdGroups.KNOWN)) {
            known = isInverted && isAllowlist && error != LISTED ? OptionalInt.of(error) : OptionalInt.empty();
        }
        calls.forEach(call -> change(call, error, isInverted, word));
    }

    private void change(String call, int error, boolean isInverted, Word word) {
        steps++;
        if (steps > MAX_STEPS) {
            throw word.error("more than " + MAX_STEPS + " calls are named, those of groups counted; is it a unit?");
        }
        if (isInverted != isAllowlist || error != LISTED) {
            entries.put(call, error);
            origins.put(call, word);
            taken.remove(call);
        } else {
            entries.remove(call);
            origins.remove(call);
            taken.add(call);
        }
    }

    private static void checkName(String name, Word word) {
        if (!Syscalls.names().contains(name)) {
            String hint = name.startsWith("~")
                    ? "; ~ holds for a whole line and stands in front of its first word only"
                    : nearest(name, Syscalls.names());
            throw word.error("unknown call '" + shown(name) + "'; systemd ignores the word" + hint);
        }
    }

    /**
     * The number of an error.
     *
     * @return {@link #KILL}, or 0 to 4094
     */
    static int error(String text, Arch machine, Word word) {
        if (text.equals("kill")) {
            return KILL;
        }
        OptionalInt known = Errno.number(text, machine);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        if (!text.matches("0|[1-9][0-9]{0,3}")) {
            throw word.error("unknown error '" + shown(text) + "'; systemd ignores it: write a name such as EPERM, a"
                    + " decimal number, or kill" + nearest(text, Errno.names()));
        }
        int number = Integer.parseInt(text);
        if (number > SystemdFormat.MAX_ERRNO) {
            throw word.error("the error " + text + " is too large: systemd does not start the service (228/SECCOMP)");
        }
        return number;
    }

    static String nearest(String word, Iterable<String> known) {
        return Nearest.of(word, ImmutableList.copyOf(known))
                .map(other -> "; is it '" + other + "'?")
                .orElse("");
    }

    static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** Whether there is a list; one of allowed calls may be empty. */
    boolean exists() {
        return isAllowlist || !entries.isEmpty();
    }

    boolean isAllowlist() {
        return isAllowlist;
    }

    /** The listed calls: an error, {@link #KILL} or {@link #LISTED} for each. */
    Map<String, Integer> entries() {
        return entries;
    }

    /**
     * The calls that a line took from the list, and no later one put back. Of the members of groups only those that
     * systemd knows otherwise: some are in {@code @default} alone, such as {@code set_tls} in 252.
     */
    Set<String> takenFromKnown() {
        ImmutableSet<String> all = groups.calls(SystemdGroups.KNOWN).orElse(ImmutableSet.of());
        return Sets.filter(taken, call -> named.contains(call) || all.contains(call));
    }

    /** What all calls that systemd knows return that no later line lists; empty where no line says so. */
    OptionalInt known() {
        return known;
    }

    /** Whether a line names the call, and not only a group that has it. */
    boolean names(String call) {
        return named.contains(call);
    }

    /** Whether a line names a group. */
    boolean hasGroups() {
        return hasGroups;
    }

    /** The word that a listed call is from; null when systemd itself adds it. */
    @Nullable
    Word origin(String call) {
        return origins.get(call);
    }
}
