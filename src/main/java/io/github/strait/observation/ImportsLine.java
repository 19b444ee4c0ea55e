package io.github.strait.observation;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.ProgramImports;
import io.github.strait.json.JsonWriter;
import java.util.Optional;
import java.util.function.Consumer;

/** A line behind a trace that strait recorded: {@code # strait-imports/1} and what one executed program imports, in JSON. */
public final class ImportsLine {
    private static final String PREFIX = "# strait-imports/1 ";
    /** Characters of the line; all functions of the table fit. */
    private static final int LONGEST = 1 << 15;

    private static final JsonLine LINE = new JsonLine(PREFIX, LONGEST, 5);

    private ImportsLine() {}

    /** The line, with a line feed; empty when it would be too long. */
    public static Optional<String> of(ProgramImports program) {
        JsonWriter json = JsonWriter.ascii(JsonWriter.Layout.LINES);
        json.onOneLine().object();
        ImportsJson.fields(program, json);
        json.end();
        String line = PREFIX + json.text();
        return line.length() > LONGEST ? Optional.empty() : Optional.of(line);
    }

    /**
     * Reads such a line.
     *
     * @param line without its end
     * @param warnings called when it is damaged; nothing of it counts then
     */
    public static Optional<ProgramImports> read(String line, SourcePosition at, Consumer<Diagnostic> warnings) {
        return LINE.read(
                line,
                at,
                root -> ImportsJson.program(root, unknown -> {}),
                why -> warnings.accept(Diagnostic.warning(
                        "imports-line",
                        at,
                        "the line of imports that strait record wrote " + why + "; it is ignored")));
    }
}
