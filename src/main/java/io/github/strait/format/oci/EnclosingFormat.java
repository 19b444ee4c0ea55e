package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.DocumentText;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.json.Json;

/** A format whose documents hold the object of plain OCI inside something else. */
public abstract class EnclosingFormat extends ReadableFormat {
    /**
     * What is inside of a document.
     *
     * @param profile the object of plain OCI, at its lines of the document
     * @param settings what the document says beside it
     * @param diagnostics the warnings about the rest of the document
     */
    public record Enclosed(Json profile, Settings settings, ImmutableList<Diagnostic> diagnostics) {}

    /** @param name what {@code --format} calls it */
    protected EnclosingFormat(String name, Traits traits) {
        super(name, traits);
    }

    /**
     * Finds the profile in a document.
     *
     * @throws RefusalException when the document is not one of this format, or its reader does not take it
     */
    protected abstract Enclosed enclosed(DocumentText source);

    @Override
    public final Reading read(String file, byte[] content, Reader reader) {
        DocumentText source = DocumentText.of(file, content);
        Enclosed enclosed = enclosed(source);
        Draft draft = DraftReader.readInside(source, enclosed.profile(), ContainerConfig.runtime(reader), false);
        return DocumentReader.read(draft, false).in(enclosed.settings(), enclosed.diagnostics());
    }

    /** The profile of a document as it was written. */
    final Draft draft(String file, byte[] content, Reader reader) {
        DocumentText source = DocumentText.of(file, content);
        return DraftReader.readInside(source, enclosed(source).profile(), ContainerConfig.runtime(reader), true);
    }
}
