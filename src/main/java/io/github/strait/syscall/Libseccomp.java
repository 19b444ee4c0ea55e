package io.github.strait.syscall;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the library that turns names into numbers on the machine: a name that it does not know does nothing. The
 * resource {@code libseccomp-versions.tsv} lists them, the oldest first.
 *
 * @param version as {@code --libseccomp} takes it
 * @param kernel the kernel whose calls it knows
 * @param shipped the distributions that ship it; may be empty
 */
public record Libseccomp(String version, KernelVersion kernel, String shipped) {
    private static final ImmutableList<Libseccomp> ALL =
            TableResource.read(Libseccomp.class, "libseccomp-versions.tsv").rows(Libseccomp::of);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:[-+~].*)?");
    private static final String OLDEST = "2.5.2";

    /** The oldest that a distribution with current support ships. */
    public static Libseccomp oldest() {
        return find(OLDEST).orElseThrow();
    }

    public static ImmutableList<Libseccomp> all() {
        return ALL;
    }

    /**
     * The version of that name, or the nearest older one that is known; empty when the text is not a version, is older
     * than all, or belongs to a series that is newer than all. What a distribution appends counts where it is listed.
     */
    public static Optional<Libseccomp> find(String version) {
        Optional<Libseccomp> exact =
                ALL.stream().filter(one -> one.version.equals(version)).findFirst();
        List<Integer> numbers = numbers(version);
        if (exact.isPresent() || numbers.isEmpty()) {
            return exact;
        }
        List<Integer> newest = numbers(ALL.get(ALL.size() - 1).version);
        boolean isOfNewerSeries = compare(numbers.subList(0, 2), newest.subList(0, 2)) > 0;
        return ALL.stream()
                .filter(one -> !isOfNewerSeries && !one.version.contains("-"))
                .filter(one -> compare(numbers(one.version), numbers) <= 0)
                .reduce((older, newer) -> newer);
    }

    /** The two or three numbers that a version begins with; none when the text is not a version. */
    private static List<Integer> numbers(String version) {
        Matcher form = FORM.matcher(version);
        if (!form.matches()) {
            return List.of();
        }
        String patch = form.group(3);
        return List.of(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        return Comparators.lexicographical(Comparator.<Integer>naturalOrder()).compare(one, other);
    }

    /** Whether it is older than this version. */
    public boolean isBefore(String other) {
        return compare(numbers(version), numbers(other)) < 0;
    }

    /** Whether it knows the call; a name without a kernel version is older than any library. */
    public boolean knows(String syscall) {
        return Syscalls.since(syscall)
                .map(since -> since.compareTo(kernel) <= 0)
                .orElse(true);
    }

    /** The first release that knows the call; what a distribution adds to a release means nothing elsewhere. */
    public static Optional<Libseccomp> firstToKnow(String syscall) {
        return ALL.stream()
                .filter(one -> !one.version.contains("-") && one.knows(syscall))
                .findFirst();
    }

    private static Libseccomp of(List<String> row) {
        return new Libseccomp(row.get(0), KernelVersion.parse(row.get(1)), row.get(2));
    }
}
