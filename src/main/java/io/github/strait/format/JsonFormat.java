package io.github.strait.format;

import io.github.strait.profile.Profile;
import java.nio.charset.StandardCharsets;

/** A profile as JSON, in either dialect. */
final class JsonFormat implements ReadableFormat {
    private final Dialect dialect;

    JsonFormat(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return dialect.label();
    }

    @Override
    public byte[] write(Profile profile) {
        if (dialect == Dialect.OCI) {
            Plainness.check(this, profile);
        }
        Architectures.check(this, dialect, profile.architectures());
        return DocumentWriter.write(profile, dialect).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        return DocumentReader.read(DraftReader.read(Source.of(file, content), reader, false), dialect);
    }

    @Override
    public String toString() {
        return name();
    }
}
