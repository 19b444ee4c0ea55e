package io.github.strait.report;

import com.google.common.collect.ImmutableMap;

/** The styles of a report. They are apart from {@link Renderers} so that no other command loads a template engine. */
public final class EvidenceReportRenderers {
    public static final Renderers<EvidenceReport> REPORT = new Renderers<>(ImmutableMap.of(
            Style.HTML, EvidenceReportHtml::of,
            Style.MARKDOWN, EvidenceReportMarkdown::of,
            Style.JSON, EvidenceReportJson::of));

    private EvidenceReportRenderers() {}
}
