package io.github.strait.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static List<Diagnostic> warnings(String code, int count) {
        List<Diagnostic> warnings = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            warnings.add(Diagnostic.warning(code, new SourcePosition("f", i), "odd"));
        }
        return warnings;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Digest.LISTED, Digest.LISTED + 1})
    void fewAreAllListed(int count) {
        assertEquals(warnings("a", count), Digest.of(warnings("a", count)));
    }

    @Test
    void ofManyTheFirstAreListedAndTheRestIsCounted() {
        List<Diagnostic> all = warnings("many", 200_000);
        all.addAll(3, warnings("few", 2));
        List<Diagnostic> digest = Digest.of(all);
        assertEquals(Digest.LISTED + 2 + 1, digest.size());
        assertEquals(all.subList(0, Digest.LISTED + 2), digest.subList(0, Digest.LISTED + 2));
        assertEquals(
                "strait: warning: and 199990 more of this kind; list them with --verbose [many]",
                digest.get(digest.size() - 1).toString());
    }

    @Test
    void errorsAreAllListed() {
        List<Diagnostic> errors = new ArrayList<>();
        for (int i = 0; i < 3 * Digest.LISTED; i++) {
            errors.add(Diagnostic.error("bad", null, "no " + i));
        }
        assertEquals(errors, Digest.of(errors).subList(0, errors.size()));
    }
}
