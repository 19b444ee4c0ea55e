/**
 * The reports of the commands. A report is computed once, as a value without layout:
 * {@link io.github.strait.report.Summary}, {@link io.github.strait.report.Explanation},
 * {@link io.github.strait.report.CheckReport}. A class for each style then writes the value: {@code SummaryText},
 * {@code SummaryJson}. {@link io.github.strait.report.Renderers} lists the styles of each value. Texts hold no control
 * characters and JSON holds ASCII only, whatever the trace holds.
 */
@NullMarked
package io.github.strait.report;

import org.jspecify.annotations.NullMarked;
