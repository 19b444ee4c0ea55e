package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Merge;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import java.util.List;
import java.util.Optional;

/**
 * A form in which a profile can be written. A format is a package with a class of this type, and a line in {@link
 * Formats}; it declares what it can express, and prints only profiles within that.
 */
public abstract class ProfileFormat {
    private final String name;
    private final Traits traits;

    /** @param name what {@code --format} calls it */
    protected ProfileFormat(String name, Traits traits) {
        this.name = name;
        this.traits = traits;
    }

    /** Its name for {@code --format}. */
    public final String name() {
        return name;
    }

    /** The features that the format can express. */
    public final Traits traits() {
        return traits;
    }

    /** Other names for {@code --format}. */
    public ImmutableList<String> synonyms() {
        return ImmutableList.of();
    }

    /** A few words about it for the help. */
    public abstract String purpose();

    /**
     * The document. The same profile gives the same bytes; text is UTF-8 with LF and ends with one.
     *
     * @throws RefusalException when the format cannot express the profile; the message names the first such thing
     */
    public final byte[] write(Profile profile) {
        check(profile);
        return print(profile);
    }

    /**
     * Compares a profile with what the format declares.
     *
     * @throws RefusalException when the format cannot express the profile
     */
    protected final void check(Profile profile) {
        Losses.check(this, profile);
    }

    /**
     * The same meaning by rules of which no two with different actions match the same call: for readers that have
     * another order of rules, or none.
     *
     * @throws RefusalException when there are no such rules
     */
    protected final Profile disjoint(Profile profile) {
        try {
            return Merge.of(List.of(new Merge.Source("the profile", profile))).profile();
        } catch (RefusalException e) {
            throw inexpressible("is written from the meaning of the rules, but " + e.getMessage());
        }
    }

    /** The document of a profile that stays within {@link #traits}. */
    protected abstract byte[] print(Profile profile);

    /** The same format, whose documents say this beside the profile. A format that has nothing to say is itself. */
    public ProfileFormat with(Settings settings) {
        return this;
    }

    /** What starts a program under a document of this format, as {@code --runtime} calls it; empty when several may. */
    public Optional<String> runtime() {
        return Optional.empty();
    }

    /** Warnings about surprising behaviour of the format's readers. */
    public ImmutableList<Diagnostic> warnings() {
        return ImmutableList.of();
    }

    /** Warnings about what the format's readers do with this profile that other readers do not. */
    public ImmutableList<Diagnostic> cautions(Profile profile) {
        return ImmutableList.of();
    }

    /** The name of the text format for the same content. */
    public String asText() {
        return name;
    }

    /** The options with which {@code strait generate} derives a profile that the format can express. */
    protected String options() {
        return "--format " + name;
    }

    /** What readers have in place of the conditions of a rule, to end a refusal with; empty where they have nothing. */
    protected String instead(Rule rule) {
        return "";
    }

    /** The refusal of a profile that the format cannot express. */
    protected final RefusalException inexpressible(String why) {
        return RefusalException.of("inexpressible-profile", "format '" + name + "' " + why);
    }

    @Override
    public final String toString() {
        return name;
    }
}
