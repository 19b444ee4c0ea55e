package io.github.strait.report;

import com.google.common.base.Ascii;

/** How a report is written. */
public enum Style {
    TEXT,
    JSON,
    MARKDOWN,
    HTML;

    /** The name on the command line: {@code markdown}. */
    @Override
    public String toString() {
        return Ascii.toLowerCase(name());
    }
}
