package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The document that is being read: its text, and what there is to say about it. */
final class Source {
    private final String file;
    private final String text;
    private final boolean isMalformed;
    private final ImmutableList.Builder<Diagnostic> warnings = ImmutableList.builder();

    private Source(String file, String text, boolean isMalformed) {
        this.file = file;
        this.text = text;
        this.isMalformed = isMalformed;
    }

    static Source of(String file, byte[] content) {
        SourcePosition whole = SourcePosition.ofFile(file);
        if (content.length > ReadableFormat.MAX_BYTES) {
            throw FormatRefusal.unreadable(
                    whole,
                    content.length + " bytes are too many for a profile; at most " + ReadableFormat.MAX_BYTES
                            + " are read");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            if (text.isBlank()) {
                throw FormatRefusal.unreadable(whole, "the document is empty; is it the right file?");
            }
            if (text.startsWith("\ufeff")) {
                throw FormatRefusal.unreadable(whole, "a byte order mark comes first; runtimes refuse it: remove it");
            }
            return new Source(file, text, false);
        } catch (CharacterCodingException e) {
            if (content[0] == '{' && Bytes.indexOf(content, (byte) 0) < 0) {
                return new Source(file, new String(content, StandardCharsets.UTF_8), true);
            }
            throw FormatRefusal.unreadable(whole, "not UTF-8 text; is it a compiled filter or a compressed file?");
        }
    }

    /** Whether some of it is not UTF-8, and stands here as Go's readers take it. */
    boolean isMalformed() {
        return isMalformed;
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    /** The text from a place on, a line of it at most; empty beyond the end. */
    String from(Json.Place place) {
        return text.lines()
                .skip(place.line() - 1L)
                .findFirst()
                .filter(line -> place.column() - 1 < line.length())
                .map(line -> line.substring(place.column() - 1))
                .orElse("");
    }

    RefusalException error(Json.Place place, String message) {
        return FormatRefusal.unreadable(
                new SourcePosition(file, place.line()), "column " + place.column() + ": " + message);
    }

    RefusalException error(int line, String message) {
        return FormatRefusal.unreadable(new SourcePosition(file, line), message);
    }

    void warn(int line, String code, String message) {
        warnings.add(Diagnostic.warning(code, new SourcePosition(file, line), message));
    }

    ImmutableList<Diagnostic> warnings() {
        return warnings.build();
    }
}
