package io.github.strait.cli;

import java.util.Locale;

/** How a command that reports writes what it found. */
enum ReportStyle {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
