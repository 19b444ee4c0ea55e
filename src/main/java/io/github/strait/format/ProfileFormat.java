package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Profile;

/**
 * A form in which a profile can be written. A format is a package with a class of this type, and a line in
 * {@link Formats}; it declares what it can express, and prints profiles that say nothing else.
 */
public abstract class ProfileFormat {
    private final String name;
    private final Traits traits;

    /** @param name what {@code --format} calls it */
    protected ProfileFormat(String name, Traits traits) {
        this.name = name;
        this.traits = traits;
    }

    /** What {@code --format} calls it. */
    public final String name() {
        return name;
    }

    /** What it can express. */
    public final Traits traits() {
        return traits;
    }

    /** What else {@code --format} calls it. */
    public ImmutableList<String> synonyms() {
        return ImmutableList.of();
    }

    /** What it is, in a few words for the help. */
    public abstract String purpose();

    /**
     * The document. The same profile gives the same bytes; text is UTF-8 with LF and ends with one.
     *
     * @throws RefusalException when the format cannot express the profile; the message names the first such thing
     */
    public final byte[] write(Profile profile) {
        Losses.check(this, profile);
        return print(profile);
    }

    /** The document of a profile that says nothing but what {@link #traits} has. */
    protected abstract byte[] print(Profile profile);

    /** What readers of the format do otherwise than one might think. */
    public ImmutableList<Diagnostic> warnings() {
        return ImmutableList.of();
    }

    /** The name of the format that says the same as text. */
    public String asText() {
        return name;
    }

    /** The options with which {@code strait generate} derives a profile that the format can express. */
    protected String options() {
        return "--format " + name;
    }

    /** The refusal of a profile that says more than the format can. */
    protected final RefusalException inexpressible(String why) {
        return RefusalException.of("inexpressible-profile", "format '" + name + "' " + why);
    }

    @Override
    public final String toString() {
        return name;
    }
}
