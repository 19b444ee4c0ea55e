package io.github.strait.report;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A report as a page that is one file. The template escapes all text. The page's own policy forbids it to load anything, and
 * every script and style but its own, which the policy names by their digests.
 */
final class EvidenceReportHtml {
    private EvidenceReportHtml() {}

    /** The page; the same report gives the same bytes. */
    static String of(EvidenceReport report) {
        String style = resource("charts.min.css") + sizes() + resource("report.css");
        String script = resource("report.js");
        return Mustache.compiler()
                .escapeHTML(true)
                .emptyStringIsFalse(true)
                .compile(resource("report.html.mustache"))
                .execute(ImmutableMap.<String, Object>builder()
                        .put("style", style)
                        .put("styleHash", hash(style))
                        .put("script", script)
                        .put("scriptHash", hash(script))
                        .putAll(ReportPage.model(report))
                        .putAll(ReportPageCalls.model(report))
                        .putAll(ReportPageEvidence.model(report))
                        .putAll(ReportPageVerdicts.model(report))
                        .buildOrThrow());
    }

    /** Classes for the sizes of what is drawn, in hundredths: the policy allows no style on an element. */
    private static String sizes() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i <= 100; i++) {
            String value = i / 100 + "." + i / 10 % 10 + i % 10;
            rules.append(".charts-css .s")
                    .append(i)
                    .append("{--size:")
                    .append(value)
                    .append('}');
        }
        return rules.append('\n').toString();
    }

    private static String resource(String name) {
        try {
            return Resources.toString(Resources.getResource(EvidenceReportHtml.class, name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** A digest as a Content-Security-Policy has it. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
