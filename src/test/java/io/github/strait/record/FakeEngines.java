package io.github.strait.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engines that give recorded answers; what nobody taught them fails. */
final class FakeEngines implements EngineClient {
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** The answer to a command line: what it prints. */
    FakeEngines told(String command, String out) {
        answers.put(command, new Answer(0, out, ""));
        return this;
    }

    /** The same for one that fails. */
    FakeEngines refused(String command, int status, String err) {
        answers.put(command, new Answer(status, "[]\n", err + "\n"));
        return this;
    }

    @Override
    public Answer ask(List<String> command) throws EngineException {
        String line = String.join(" ", command);
        asked.add(line);
        Answer answer = answers.get(line);
        if (answer == null) {
            throw new EngineException("nothing known of: " + line);
        }
        return answer;
    }

    /** The command lines, in their order. */
    List<String> asked() {
        return asked;
    }

    /** An answer that an engine gave, cut to the keys around those that are read. */
    static String recorded(String name) {
        try (InputStream in = FakeEngines.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
