package io.github.strait.runtime;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A released version of a runtime: the numbers that it begins with. What distributions append, as in {@code 1.1.5+ds1},
 * says nothing about calls and is dropped.
 */
public record Release(ImmutableList<Integer> numbers) implements Comparable<Release> {
    /** Older than all others. */
    public static final Release ANY = new Release(ImmutableList.of());

    private static final int MINOR = 2;
    private static final Pattern FORM = Pattern.compile("v?(\\d{1,9}(?:\\.\\d{1,9}){0,7}+)(?:[-+~].*)?");
    private static final Comparator<Iterable<Integer>> ORDER =
            Comparators.lexicographical(Comparator.<Integer>naturalOrder());

    /**
     * Reads a version such as {@code 1.1}, {@code v1.3.6} or {@code 1.1.5+ds1-1}.
     *
     * @throws RefusalException when the text does not begin with numbers
     */
    public static Release parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw RefusalException.usage("'" + text + "' is not a version; write it as in 1.1.5");
        }
        ImmutableList.Builder<Integer> numbers = ImmutableList.builder();
        for (String number : Splitter.on('.').split(form.group(1))) {
            numbers.add(Integer.valueOf(number));
        }
        return new Release(numbers.build());
    }

    /** The first two of its numbers, which is what a release with new calls usually changes. */
    Release minor() {
        return new Release(numbers.subList(0, Math.min(MINOR, numbers.size())));
    }

    /** As many of its numbers as another one has: {@code 252.39} is one of {@code 252}. */
    Release upTo(Release other) {
        return new Release(numbers.subList(0, Math.min(other.numbers.size(), numbers.size())));
    }

    // hand-written: a record's generated methods are linked on first use, which slows start-up
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Release release && numbers.equals(release.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(numbers, other.numbers);
    }

    @Override
    public String toString() {
        return Joiner.on('.').join(numbers);
    }
}
