package io.github.strait.observe;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The lines of a run that were not understood, and the words among them that look like calls. Bounded. */
final class OddLines {
    private static final int POSITIONS = 3;
    private static final int NAMES = 64;
    private static final int NAME_LENGTH = 64;

    private long count;
    private final List<SourcePosition> first = new ArrayList<>();
    private final TreeMap<String, Long> names = new TreeMap<>();
    private final UnparsedShapes shapes = new UnparsedShapes();

    void add(String file, Line line) {
        count++;
        SourcePosition position = new SourcePosition(file, line.lineNumber());
        if (first.size() < POSITIONS) {
            first.add(position);
        }
        shapes.add(position, line.text(LineShape.LIMIT));
    }

    /** A line of the form of a call whose name no table has. */
    void addCall(String file, Line line) {
        add(file, line);
        String name = line.name();
        name = name.substring(0, Math.min(name.length(), NAME_LENGTH));
        if (names.size() < NAMES || names.containsKey(name)) {
            names.merge(name, 1L, Long::sum);
        }
    }

    long count() {
        return count;
    }

    List<SourcePosition> first() {
        return List.copyOf(first);
    }

    /** The same lines by shape. */
    ImmutableList<UnparsedShapes.Shape> shapes() {
        return shapes.all();
    }

    List<Diagnostic> diagnostics(String file) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        names.forEach((name, times) -> diagnostics.add(Diagnostic.warning(
                "unknown-name",
                first.isEmpty() ? SourcePosition.ofFile(file) : first.get(0),
                "'" + name + "' looks like a call (" + times + " lines) and is in no syscall table: not counted")));
        return diagnostics;
    }
}
