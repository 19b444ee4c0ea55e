package io.github.strait.format.oci;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.format.Engine;
import io.github.strait.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/**
 * Reads numbers as engines do. Go accepts only digits. libocispec accepts what {@code strtoull} does: -1 is 2^64-1 in
 * 64 bits and refused in 32. It ignores a value that is not a number. Neither accepts a fraction or an exponent.
 */
final class DraftNumber {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger TWO_TO_32 = BigInteger.ONE.shiftLeft(32);
    private static final int LONGEST = 40;

    private static final ImmutableSet<String> WIDE = ImmutableSet.of("value", "valueTwo");

    private DraftNumber() {}

    /** The number that the engine reads, or that was meant; all 64 bits of it count. */
    static Optional<Long> read(DraftFaults faults, String key, Json json) {
        if (!(json instanceof Json.Numeral numeral)) {
            boolean quoted = json instanceof Json.Text;
            faults.badNumber(
                    json,
                    key,
                    by(key, Engines.GO),
                    quoted
                            ? ": Docker, Podman and runc refuse a number in quotes, and crun ignores it"
                            : ": Docker, Podman and runc refuse it, and crun ignores it");
            boolean guesses = faults.guesses() && faults.reader().engine().isGo();
            return guesses && json instanceof Json.Text text
                    ? meant(text.value().strip())
                    : Optional.empty();
        }
        String spelling = numeral.spelling();
        boolean digits = spelling.chars().allMatch(c -> c >= '0' && c <= '9');
        if (digits && spelling.length() <= LONGEST) {
            return unsigned(faults, key, json, new BigInteger(spelling));
        }
        if (spelling.length() <= LONGEST && spelling.matches("-[0-9]+")) {
            return negative(faults, key, json, new BigInteger(spelling));
        }
        faults.badNumber(
                json,
                key,
                by(key, Engines.ALL),
                digits ? ", beyond the 64 bits of an argument" : ": no runtime takes a fraction or an exponent");
        return faults.guesses() ? meant(spelling) : Optional.empty();
    }

    private static Optional<Long> unsigned(DraftFaults faults, String key, Json json, BigInteger number) {
        if (number.compareTo(TWO_TO_64) >= 0) {
            faults.badNumber(json, key, by(key, Engines.ALL), ", beyond the 64 bits of an argument");
            return Optional.empty();
        }
        if (!WIDE.contains(key) && number.compareTo(TWO_TO_32) >= 0) {
            faults.badNumber(json, key, by(key, Engines.ONLY_CRUN), ": crun refuses more than 32 bits");
        }
        return Optional.of(number.longValue());
    }

    private static Optional<Long> negative(DraftFaults faults, String key, Json json, BigInteger number) {
        boolean wide = WIDE.contains(key) && number.negate().compareTo(TWO_TO_64) < 0;
        boolean taken = wide && faults.reader().engine() == Engine.CRUN;
        faults.badNumber(
                json,
                key,
                by(key, wide ? Engines.GO : Engines.ALL),
                wide
                        ? ": Docker, Podman and runc refuse a negative number, and crun takes it for one beyond 2^63"
                        : ": no runtime takes a negative number");
        return taken ? Optional.of(number.longValue()) : Optional.empty();
    }

    private static ImmutableSet<Engine> by(String key, Set<Engine> engines) {
        return ImmutableSet.copyOf(Sets.intersection(Engines.readersOf(key), engines));
    }

    /** The whole number of a spelling, also {@code 0x10} and {@code 1.0}. */
    private static Optional<Long> meant(String spelling) {
        if (spelling.isEmpty() || spelling.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            BigInteger number = spelling.startsWith("0x")
                    ? new BigInteger(spelling.substring(2), 16)
                    : plain(new BigDecimal(spelling)).toBigIntegerExact();
            return number.signum() >= 0 && number.compareTo(TWO_TO_64) < 0
                    ? Optional.of(number.longValue())
                    : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Refuses what a few characters could blow up to gigabytes, such as 1e999999999. */
    private static BigDecimal plain(BigDecimal number) {
        if (Math.abs((long) number.scale()) > LONGEST) {
            throw new ArithmeticException("too large");
        }
        return number;
    }
}
