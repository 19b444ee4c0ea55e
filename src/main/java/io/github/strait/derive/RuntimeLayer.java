package io.github.strait.derive;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.runtime.RuntimeCalls;

/** The layer of what starts the program: the calls that it makes itself between installing the filter and execve. */
public final class RuntimeLayer {
    /** The name of the layer. */
    public static final String NAME = "runtime";

    private RuntimeLayer() {}

    /** The names that may stand before the {@code @}, without synonyms. */
    public static ImmutableSet<String> names() {
        return RuntimeCalls.names();
    }

    /**
     * The layer of a runtime.
     *
     * @throws RefusalException as {@link RuntimeCalls#of} does
     */
    public static Layer of(String spec, boolean noNewPrivileges, boolean init, boolean exec) {
        return of(RuntimeCalls.of(spec, noNewPrivileges, init, exec));
    }

    /** The layer of these calls. */
    public static Layer of(RuntimeCalls calls) {
        return new Layer(NAME, calls.purpose(), calls.reasons(), calls.arguments());
    }
}
