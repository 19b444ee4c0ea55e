package io.github.strait.record;

/** An engine did not answer, or not as its versions do that are known. */
final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message why, without the name of the engine */
    EngineException(String message) {
        super(message);
    }
}
