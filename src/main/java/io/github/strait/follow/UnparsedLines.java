package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The unparsed lines of a run, and the words among them that look like calls. Bounded. Those that name a call come
 * first, because they may be lost calls.
 */
final class UnparsedLines implements RunWatcher {
    private static final int POSITIONS = 3;

    private final PrintedNameTable printedNames;
    private long count;
    private final List<SourcePosition> first = new ArrayList<>();
    private final List<SourcePosition> firstNamed = new ArrayList<>();
    private final UnknownNames names = new UnknownNames();
    private final UnparsedShapes shapes = new UnparsedShapes();

    UnparsedLines(PrintedNameTable printedNames) {
        this.printedNames = printedNames;
    }

    void add(Line line) {
        count++;
        SourcePosition position = line.position();
        boolean named = CallMention.isIn(line, printedNames);
        if (named && firstNamed.size() < POSITIONS) {
            firstNamed.add(position);
        } else if (!named && first.size() < POSITIONS) {
            first.add(position);
        }
        shapes.add(position, line.text(LineShape.LIMIT), named);
    }

    /** A line of the form of a call whose name no table has. */
    void addCall(Line line) {
        add(line);
        addName(line);
    }

    /** A line that is understood but for a name that no table has. */
    void addName(Line line) {
        names.add(line.name(), line.position());
    }

    long count() {
        return count;
    }

    /** The places of the first lines that name a call, and then of the first others. */
    List<SourcePosition> first() {
        return Stream.concat(firstNamed.stream(), first.stream())
                .limit(POSITIONS)
                .toList();
    }

    /** The same lines by shape. */
    ImmutableList<UnparsedShapes.Shape> shapes() {
        return shapes.all();
    }

    @Override
    public void runEnds(RunFindings findings) {
        findings.warn(names.diagnostics());
    }
}
