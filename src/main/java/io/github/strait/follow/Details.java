package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observation.LineCounts;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Details on request: the ABI of each task of each run, and the unparsed lines by shape. */
final class Details {
    private record OfRun(String source, List<Diagnostic> tasks, ImmutableList<UnparsedShapes.Shape> shapes) {}

    /** By the run's digest, as observations keep runs: the same trace under two names is told once. */
    private final TreeMap<String, OfRun> runs = new TreeMap<>();

    void add(String id, UnresolvedRun seen, List<AbiResolver.Decision> decisions) {
        add(id, new OfRun(seen.file(), TaskNotes.of(seen, decisions), seen.shapes()));
    }

    void add(Details part) {
        part.runs.forEach(this::add);
    }

    private void add(String id, OfRun run) {
        runs.merge(id, run, (a, b) -> b.source.compareTo(a.source) < 0 ? b : a);
    }

    /**
     * Notes about all of it, in the order of the sources; the counts of the shapes add up to the lines that were not
     * understood.
     */
    ImmutableList<Diagnostic> list(LineCounts lines) {
        ImmutableList.Builder<Diagnostic> list = ImmutableList.builder();
        runs.values().stream().sorted(Comparator.comparing(OfRun::source)).forEach(run -> list.addAll(run.tasks));
        List<UnparsedShapes.Shape> shapes =
                UnparsedShapes.sum(runs.values().stream().map(OfRun::shapes).toList());
        long counted = 0;
        for (UnparsedShapes.Shape shape : shapes) {
            list.add(shape.diagnostic());
            counted += shape.count();
        }
        if (lines.unparsed() > counted) {
            list.add(Diagnostic.note(
                    "unparsed-shape",
                    null,
                    lines.unparsed() - counted + " lines not understood in observations, which keep no shapes; read the"
                            + " traces instead"));
        }
        return list.build();
    }
}
