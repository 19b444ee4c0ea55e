package io.github.strait.format;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Profile;

/** A form in which a profile can be written. */
public interface ProfileFormat {
    /** What {@code --format} calls it. */
    String name();

    /**
     * The document. The same profile gives the same bytes; text is UTF-8 with LF and ends with one.
     *
     * @throws RefusalException when the format cannot express the profile; the message names the first such thing
     */
    byte[] write(Profile profile);
}
