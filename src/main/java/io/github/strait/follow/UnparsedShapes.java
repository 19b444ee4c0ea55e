package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The unparsed lines, by shape. The first {@value #LIMIT} shapes are kept apart and the rest counted together, so the
 * counts always add up to the number of lines.
 */
final class UnparsedShapes {
    /** Shapes of one run that are told apart. */
    static final int LIMIT = 64;

    private static final String OTHER = "";
    private static final int EXAMPLE = 80;

    /**
     * Lines of one shape.
     *
     * @param shape as {@link LineShape} makes it; empty for those that are counted together
     * @param first where the first of them is
     * @param example the beginning of that line
     * @param isNamed whether one of them names a call
     */
    record Shape(String shape, long count, SourcePosition first, String example, boolean isNamed) {
        private static final Comparator<Shape> ORDER = Comparator.comparing((Shape one) -> one.shape.equals(OTHER))
                .thenComparing(Shape::isNamed, Comparator.reverseOrder())
                .thenComparing(Shape::count, Comparator.reverseOrder())
                .thenComparing(Shape::shape);

        private Shape plus(Shape more) {
            Shape earlier = more.first.compareTo(first) < 0 ? more : this;
            return new Shape(shape, count + more.count, earlier.first, earlier.example, isNamed || more.isNamed);
        }

        Diagnostic diagnostic() {
            String what = shape.equals(OTHER) ? "of other shapes" : "of the shape '" + Printable.of(shape) + "'";
            String lines = count + (count == 1 ? " line " : " lines ");
            return Diagnostic.note(
                    "unparsed-shape", first, lines + what + " not understood; the first: " + Printable.of(example));
        }
    }

    private final Map<String, Shape> shapes = new HashMap<>();

    /** Counts a line, given at least its beginning as Latin-1, and whether it names a call. */
    void add(SourcePosition position, String latin1, boolean isNamed) {
        String shape = LineShape.of(latin1);
        String beginning = latin1.substring(0, Math.min(latin1.length(), EXAMPLE));
        boolean whole = beginning.length() == latin1.length();
        add(new Shape(shape, 1, position, LineShape.utf8(beginning) + (whole ? "" : "..."), isNamed));
    }

    private void add(Shape more) {
        boolean known = shapes.size() < LIMIT || shapes.containsKey(more.shape);
        Shape counted = known ? more : new Shape(OTHER, more.count, more.first, more.example, more.isNamed);
        shapes.merge(counted.shape, counted, Shape::plus);
    }

    /** All of them: those that name a call first, of these the commonest, then by shape; what is not told apart last. */
    ImmutableList<Shape> all() {
        return ImmutableList.sortedCopyOf(Shape.ORDER, shapes.values());
    }

    /** The shapes of several runs together, in the same order. */
    static ImmutableList<Shape> sum(Iterable<? extends List<Shape>> runs) {
        Map<String, Shape> sum = new HashMap<>();
        runs.forEach(run -> run.forEach(shape -> sum.merge(shape.shape, shape, Shape::plus)));
        return ImmutableList.sortedCopyOf(Shape.ORDER, new ArrayList<>(sum.values()));
    }
}
