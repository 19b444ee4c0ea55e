package io.github.strait.api;

import io.github.strait.argument.Tier;
import io.github.strait.diagnostic.RefusalException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which arguments a derived profile compares. */
public enum Arguments {
    /** Those whose values open much, by groups: what is complete by names stays complete. */
    SAFE(Tier.SAFE),
    /** Those too whose values open less, or that cost more time: a program may need values that no run showed. */
    STRICT(Tier.STRICT),
    /** None: calls are allowed by name. */
    NONE(null);

    private final Optional<Tier> tier;

    Arguments(@Nullable Tier tier) {
        this.tier = Optional.ofNullable(tier);
    }

    /**
     * The choice of that name, as {@code --args} has it.
     *
     * @throws RefusalException when there is none
     */
    public static Arguments of(String word) {
        for (Arguments each : values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw RefusalException.usage("invalid value '" + word + "': expected safe, strict or none");
    }

    Optional<Tier> tier() {
        return tier;
    }

    /** The name in {@code --args}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
