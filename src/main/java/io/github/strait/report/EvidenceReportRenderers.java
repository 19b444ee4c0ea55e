package io.github.strait.report;

import com.google.common.collect.ImmutableMap;

/** The styles of a report. Apart from {@link Renderers}, because no other command is to load a template engine. */
public final class EvidenceReportRenderers {
    public static final Renderers<EvidenceReport> REPORT = new Renderers<>(ImmutableMap.of(
            Style.HTML, EvidenceReportHtml::of,
            Style.MARKDOWN, EvidenceReportMarkdown::of,
            Style.JSON, EvidenceReportJson::of));

    private EvidenceReportRenderers() {}
}
