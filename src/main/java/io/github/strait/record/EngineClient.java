package io.github.strait.record;

import java.util.List;

/** Asks an engine of containers, or a service manager. */
@FunctionalInterface
interface EngineClient {
    /** What a command printed on its two streams, and its exit status. */
    record Answer(int status, String out, String err) {
        /** The first line that says why it failed. */
        String reason() {
            return err.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("exit status " + status);
        }
    }

    /**
     * Runs a command that reads nothing.
     *
     * @param command its name and its arguments
     * @throws EngineException when it cannot be run, or does not end
     */
    Answer ask(List<String> command) throws EngineException;

    /** The same for a command that must succeed. */
    default String answer(List<String> command) throws EngineException {
        Answer answer = ask(command);
        if (answer.status() != 0) {
            throw new EngineException(answer.reason());
        }
        return answer.out();
    }
}
