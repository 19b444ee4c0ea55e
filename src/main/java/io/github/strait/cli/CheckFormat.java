package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A value of {@code check --format}: the format of the profile, or that of the report. Their names do not overlap.
 *
 * @param profile the format of the profile; empty when the value is about the report
 * @param report the format of the report; text when the value is about the profile
 */
record CheckFormat(Optional<ProfileFormat> profile, ReportStyle report) {
    /** The names of the formats of reports. */
    static final ImmutableList<String> REPORTS =
            Arrays.stream(ReportStyle.values()).map(ReportStyle::toString).collect(ImmutableList.toImmutableList());

    /** The names for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ImmutableList.<String>builder()
                    .addAll(Formats.names())
                    .addAll(REPORTS)
                    .build()
                    .iterator();
        }
    }

    /** The value of that name. */
    static CheckFormat of(String name) {
        for (ReportStyle style : ReportStyle.values()) {
            if (style.toString().equals(name)) {
                return new CheckFormat(Optional.empty(), style);
            }
        }
        return new CheckFormat(Optional.of(Formats.parse(name)), ReportStyle.TEXT);
    }

    /** The format of the profile among these values; the usual one when none is about it. */
    static ProfileFormat ofProfile(List<CheckFormat> values) {
        List<ProfileFormat> given =
                values.stream().flatMap(value -> value.profile().stream()).toList();
        if (given.size() > 1 || values.size() - given.size() > 1) {
            throw RefusalException.usage("--format takes one format of the profile and one of the report");
        }
        return given.isEmpty() ? Formats.usual() : given.get(0);
    }
}
