package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import java.util.Arrays;
import java.util.Locale;

/** Who reads a policy of minijail: the two readers give some lines opposite meanings. */
public enum Dialect {
    /** {@code minijail0 -S}, and programs that use the library. */
    LIBMINIJAIL,
    /** {@code compile_seccomp_policy.py}. */
    COMPILER;

    /**
     * The dialect of that name.
     *
     * @throws RefusalException when there is none
     */
    public static Dialect parse(String name) {
        for (Dialect each : values()) {
            if (each.toString().equals(name)) {
                return each;
            }
        }
        throw RefusalException.usage("invalid value '" + name + "': expected " + String.join(" or ", names()));
    }

    /** The names of all. */
    public static ImmutableList<String> names() {
        return Arrays.stream(values()).map(Dialect::toString).collect(ImmutableList.toImmutableList());
    }

    /** The name in {@code --dialect}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
