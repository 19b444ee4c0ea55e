package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A format is known wherever formats are: its line among {@link Formats} is the only one that names it. */
class FormatListingTest {
    @ParameterizedTest
    @ValueSource(strings = {"generate", "check", "record", "explain"})
    void helpDescribesEachFormat(String command) {
        String help = words(Strait.run(command, "--help").out());
        for (ProfileFormat format : Formats.all()) {
            assertTrue(help.contains(format.name() + " ("), format + " in " + help);
            assertTrue(help.contains(format.purpose()), format.purpose() + " in " + help);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "merge"})
    void helpNamesEachFormat(String command) {
        String names = String.join(", ", Formats.names());
        String help = words(Strait.run(command, "--help").out());
        assertTrue(help.contains(names), names + " in " + help);
    }

    @Test
    void completionOffersEachFormat() {
        String script = Strait.run("completion").out();
        String names = String.join(" ", Formats.names());
        assertTrue(
                script.contains(names) || script.contains("\"" + String.join("\" \"", Formats.names()) + "\""), names);
    }

    @Test
    void anUnknownFormatIsToldAllOthers() {
        Strait.Result result = Strait.run("convert", "-", "--format", "nope");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("known are: " + String.join(" ", Formats.names())), result.err());
    }

    /** With single blanks, because help is wrapped. */
    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
