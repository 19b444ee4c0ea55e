package io.github.strait.observe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with the text of an observation before it is read as JSON, where JSON's own message would not help.
 *
 * @param line where; 0 for the file as a whole
 */
record ObservationMistake(long line, String what) {
    /** What version control leaves where two versions of a file could not be merged. */
    private static final List<String> CONFLICTS = List.of("<<<<<<<", "|||||||", "=======", ">>>>>>>");

    /** The first mistake of that kind. */
    static Optional<ObservationMistake> of(byte[] document) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.of(new ObservationMistake(0, "is not UTF-8; strait writes observations in UTF-8"));
        }
        if (text.startsWith("\ufeff")) {
            return Optional.of(new ObservationMistake(
                    1, "begins with a byte order mark, which JSON does not have; save the file without it"));
        }
        return conflict(text);
    }

    /** No line of JSON that strait writes begins with one of them; a string cannot hold the end of a line. */
    private static Optional<ObservationMistake> conflict(String text) {
        long number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            for (String conflict : CONFLICTS) {
                if (line.startsWith(conflict)) {
                    return Optional.of(
                            new ObservationMistake(
                                    number,
                                    "holds the marks of a merge conflict; take both versions, and unite them with: strait merge A B"));
                }
            }
        }
        return Optional.empty();
    }
}
