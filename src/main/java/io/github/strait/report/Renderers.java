package io.github.strait.report;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.function.Function;

/**
 * The styles that a value can be written in, and what renders each: a new style of a value is a class and an entry here.
 *
 * @param <V> the value
 */
public final class Renderers<V> {
    public static final Renderers<DifferenceReport> DIFFERENCE = new Renderers<>(ImmutableMap.of(
            Style.TEXT, DifferenceText::of,
            Style.JSON, DifferenceJson::of,
            Style.MARKDOWN, DifferenceMarkdown::of));

    public static final Renderers<VerificationReport> VERIFICATION =
            new Renderers<>(ImmutableMap.of(Style.TEXT, VerificationText::of, Style.JSON, VerificationJson::of));

    public static final Renderers<LintReport> LINT =
            new Renderers<>(ImmutableMap.of(Style.TEXT, LintText::of, Style.JSON, LintJson::of));

    public static final Renderers<CheckReport> CHECK =
            new Renderers<>(ImmutableMap.of(Style.TEXT, CheckText::of, Style.JSON, CheckJson::of));

    public static final Renderers<Explanation> EXPLANATION =
            new Renderers<>(ImmutableMap.of(Style.TEXT, ExplanationText::of, Style.JSON, ExplanationJson::of));

    private final ImmutableMap<Style, Function<V, String>> renderers;

    Renderers(ImmutableMap<Style, Function<V, String>> renderers) {
        this.renderers = renderers;
    }

    /** The styles that the value can be written in. */
    public ImmutableSet<Style> styles() {
        return renderers.keySet();
    }

    /**
     * The value in a style.
     *
     * @throws IllegalArgumentException when it is not one of {@link #styles}
     */
    public String render(V value, Style style) {
        Function<V, String> renderer = renderers.get(style);
        if (renderer == null) {
            throw new IllegalArgumentException(style + " is not one of " + styles());
        }
        return renderer.apply(value);
    }
}
