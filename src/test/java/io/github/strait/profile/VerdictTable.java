package io.github.strait.profile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads {@code *.sim} resources; {@code rules.sim} begins with the grammar. */
public final class VerdictTable {
    /** Pairs that libseccomp compiles wrongly. */
    public static final String RANGES = "libseccomp-ranges.sim";

    /** What it compiles wrongly besides: the smallest parts of random sets. */
    public static final String RANGE_SETS = "libseccomp-range-sets.sim";

    /** Every resource. */
    public static final ImmutableList<String> ALL =
            ImmutableList.of("rules.sim", "conditions.sim", "architectures.sim", RANGES, RANGE_SETS);

    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings().trimResults();
    private static final Splitter BARS = Splitter.on('|').trimResults();

    private final List<Case> cases = new ArrayList<>();
    private Profile profile = Profile.builder(Action.KILL_PROCESS).build();

    private VerdictTable() {}

    /** One line of a table: what {@code profile} must decide about {@code data}. */
    public record Case(String place, Profile profile, SeccompData data, Decision expected) {}

    /** The cases of a resource beside this class. */
    public static ImmutableList<Case> read(String resource) {
        VerdictTable table = new VerdictTable();
        int number = 0;
        for (String line : lines(resource)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                table.line(resource + ":" + number + ": " + line, line);
            }
        }
        return ImmutableList.copyOf(table.cases);
    }

    private void line(String place, String line) {
        if (line.startsWith("profile ")) {
            profile = profile(WORDS.splitToList(line));
        } else if (line.startsWith("rule ")) {
            profile = profile.toBuilder().rule(rule(BARS.splitToList(line))).build();
        } else {
            int arrow = line.indexOf(" -> ");
            SeccompData data = call(WORDS.splitToList(line.substring(0, arrow)));
            cases.add(new Case(place, profile, data, decision(line.substring(arrow + 4))));
        }
    }

    private static Profile profile(List<String> words) {
        Profile.Builder builder = Profile.builder(action(words.get(1)));
        errno(words.get(1)).ifPresent(builder::defaultErrnoRet);
        words.subList(2, words.size()).forEach(word -> builder.architectures(Arch.parse(word)));
        return builder.build();
    }

    private static Rule rule(List<String> parts) {
        List<String> words = WORDS.splitToList(parts.get(0));
        Rule.Builder builder = Rule.builder(action(words.get(1))).names(words.subList(2, words.size()));
        errno(words.get(1)).ifPresent(builder::errnoRet);
        for (String part : parts.subList(1, parts.size())) {
            List<String> condition = WORDS.splitToList(part);
            builder.condition(new Condition(
                    Integer.parseInt(condition.get(0)),
                    Operator.valueOf(condition.get(1)),
                    number(condition.get(2)),
                    condition.size() == 4 ? number(condition.get(3)) : 0));
        }
        return builder.build();
    }

    private static SeccompData call(List<String> words) {
        Arch arch = Arch.parse(words.get(0));
        OptionalInt byName = SyscallTable.of(arch).number(words.get(1));
        int number = byName.isPresent() ? byName.getAsInt() : (int) number(words.get(1));
        return SeccompData.of(
                arch,
                number,
                words.stream().skip(2).mapToLong(VerdictTable::number).toArray());
    }

    private static Decision decision(String text) {
        return Decision.of(action(text), errno(text));
    }

    private static Action action(String text) {
        return Action.valueOf(text.contains(":") ? text.substring(0, text.indexOf(':')) : text);
    }

    private static OptionalInt errno(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text.substring(colon + 1)));
    }

    private static long number(String text) {
        if (text.startsWith("-")) {
            return Long.parseLong(text);
        }
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
    }

    private static List<String> lines(String resource) {
        try {
            return Resources.readLines(Resources.getResource(VerdictTable.class, resource), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
