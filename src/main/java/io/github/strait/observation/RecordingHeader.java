package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Recording.Fact;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The first line of a trace that strait recorded: {@code # strait-recording/1} and a {@link Recording} in JSON. */
public final class RecordingHeader {
    /** Characters of the line; a longer one is damaged. */
    static final int LONGEST = 1 << 13;

    private static final String START = "# strait-recording/";
    private static final String PREFIX = START + "1 ";
    /** Characters of a text, escaped; all facts and the names of all calls fit beside each other. */
    private static final int LONGEST_TEXT = 200;

    private static final JsonLine LINE = new JsonLine(PREFIX, LONGEST, 4);

    private RecordingHeader() {}

    /** The line, with a line feed. Texts are cut, and the last words of the command left out, until it fits. */
    public static String of(Recording recording) {
        TreeMap<Fact, String> facts = new TreeMap<>();
        recording.facts().forEach((fact, text) -> facts.put(fact, cut(text)));
        ImmutableList<String> command =
                recording.command().stream().map(RecordingHeader::cut).collect(ImmutableList.toImmutableList());
        String line = line(recording, facts, command);
        while (line.length() > LONGEST && !command.isEmpty()) {
            command = command.subList(0, command.size() / 2);
            line = line(recording, facts, command);
        }
        return line;
    }

    private static String cut(String text) {
        StringBuilder kept = new StringBuilder();
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c >= ' ' && c <= '~' ? 1 : 6;
            if (length > LONGEST_TEXT) {
                return kept.append("...").toString();
            }
            kept.append(c);
        }
        return text;
    }

    private static String line(Recording whole, TreeMap<Fact, String> facts, ImmutableList<String> command) {
        return PREFIX
                + RecordingJson.text(new Recording(
                        whole.kind(),
                        ImmutableSortedMap.copyOf(facts),
                        command,
                        whole.noNewPrivs(),
                        whole.partial(),
                        whole.leftOut()));
    }

    /** Whether a file that begins so has such a line, of whatever version. */
    public static boolean begins(String head) {
        return head.startsWith(START);
    }

    /** Whether a file that begins so is the log of qemu-user that strait recorded. */
    public static boolean isOfQemu(String head) {
        int end = head.indexOf('\n');
        return head.startsWith(PREFIX)
                && end > 0
                && read(head.substring(0, end).strip(), SourcePosition.ofFile(""), warning -> {})
                        .filter(recording -> recording.kind() == Recording.Kind.EMULATED)
                        .isPresent();
    }

    /**
     * Reads such a line.
     *
     * @param line without its end
     * @param warnings called when it is damaged; nothing of it counts then
     */
    public static Optional<Recording> read(String line, SourcePosition at, Consumer<Diagnostic> warnings) {
        Consumer<String> damage = why -> warnings.accept(Diagnostic.warning(
                "recording-header",
                at,
                "the header that strait record wrote " + why
                        + "; it is ignored, and the calls below it count as usual"));
        Optional<Recording> recording = LINE.read(line, at, root -> RecordingJson.read(root, unknown -> {}), damage);
        if (recording.filter(one -> one.kind() == Recording.Kind.AUDIT).isPresent()) {
            damage.accept("says that it is of audit lines");
            return Optional.empty();
        }
        return recording;
    }
}
