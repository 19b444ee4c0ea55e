package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The document being read: its text, and the errors to report about it. */
public final class DocumentText {
    private final String file;
    private final String text;
    private final boolean isMalformed;
    private final ImmutableList.Builder<Diagnostic> warnings = ImmutableList.builder();

    private DocumentText(String file, String text, boolean isMalformed) {
        this.file = file;
        this.text = text;
        this.isMalformed = isMalformed;
    }

    /**
     * The text of a document.
     *
     * @throws RefusalException when it is empty, too large or not text
     */
    public static DocumentText of(String file, byte[] content) {
        SourcePosition whole = SourcePosition.ofFile(file);
        if (content.length > ReadableFormat.MAX_BYTES) {
            throw unreadable(
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
                throw unreadable(whole, "the document is empty; is it the right file?");
            }
            if (text.startsWith("\ufeff")) {
                throw unreadable(whole, "a byte order mark comes first; runtimes refuse it: remove it");
            }
            return new DocumentText(file, text, false);
        } catch (CharacterCodingException e) {
            if (content[0] == '{' && Bytes.indexOf(content, (byte) 0) < 0) {
                return new DocumentText(file, new String(content, StandardCharsets.UTF_8), true);
            }
            throw unreadable(whole, "not UTF-8 text; is it a compiled filter or a compressed file?");
        }
    }

    /** Whether parts of it are not UTF-8; these are replaced as Go's readers do. */
    public boolean isMalformed() {
        return isMalformed;
    }

    public String file() {
        return file;
    }

    public String text() {
        return text;
    }

    /** The refusal of a document that is not in the expected form. */
    public static RefusalException unreadable(SourcePosition position, String message) {
        return RefusalException.of("unreadable-profile", position, message);
    }

    /** The refusal of something in a line; 0 stands for the whole document. */
    public RefusalException error(int line, String message) {
        return unreadable(new SourcePosition(file, line), message);
    }

    public void warn(int line, String code, String message) {
        warnings.add(Diagnostic.warning(code, new SourcePosition(file, line), message));
    }

    public ImmutableList<Diagnostic> warnings() {
        return warnings.build();
    }
}
