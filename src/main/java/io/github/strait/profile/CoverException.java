package io.github.strait.profile;

import io.github.strait.diagnostic.RefusalException;
import java.util.function.Supplier;

/** Thrown for sets of arguments that exceed a documented limit. It is not a fault of the program. */
public final class CoverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String FIX = "; give it fewer rules with conditions, or one without";

    private final String cannot;

    private CoverException(String call, String cannot) {
        super("the conditions on the arguments of " + call + " are too many to be " + cannot + FIX);
        this.cannot = cannot;
    }

    /** The set needs more conditions than a document may hold. */
    static CoverException written() {
        return new CoverException("a call", "written");
    }

    /** The sets need more memory than is reserved for them. */
    public static CoverException compared() {
        return new CoverException("a call", "compared");
    }

    /** The refusal that the user sees. */
    RefusalException refusal(String code) {
        RefusalException refusal = RefusalException.of(code, String.valueOf(getMessage()));
        refusal.initCause(this);
        return refusal;
    }

    /** The result of work on one call; when that is refused, the message names the call. */
    static <T> T about(String call, Supplier<T> work) {
        try {
            return work.get();
        } catch (CoverException e) {
            CoverException named = new CoverException("'" + call + "'", e.cannot);
            named.initCause(e);
            throw named;
        }
    }

    /** Work on one call; when it is refused, the message names the call. */
    static void about(String call, Runnable work) {
        about(call, () -> {
            work.run();
            return call;
        });
    }
}
