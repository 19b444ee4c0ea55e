package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Hardening;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.ConfigPart;
import io.github.strait.format.Dialect;
import io.github.strait.format.Formats;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Settings;
import io.github.strait.observation.Observation;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The form in which a profile is written. */
public final class OutputFormat {
    private final ProfileFormat format;
    private final Layout layout;
    private final Settings settings;
    private final boolean isHardened;

    private OutputFormat(ProfileFormat format, Layout layout, Settings settings, boolean isHardened) {
        this.format = format;
        this.layout = layout;
        this.settings = settings;
        this.isHardened = isHardened;
    }

    private OutputFormat with(Settings other) {
        return new OutputFormat(format.with(other), layout, other, isHardened);
    }

    /** The form that Docker, Podman, containerd, CRI-O and Kubernetes read. */
    public static OutputFormat usual() {
        return new OutputFormat(Formats.usual(), Layout.AUTO, Settings.USUAL, false);
    }

    /**
     * The format of that name, as {@code --format} has it.
     *
     * @throws RefusalException when there is none; the message names all
     */
    public static OutputFormat parse(String name) {
        return new OutputFormat(Formats.parse(name), Layout.AUTO, Settings.USUAL, false);
    }

    /** The names of all formats. */
    public static ImmutableList<String> names() {
        return Formats.names();
    }

    /** A description of every format, for the help of {@code --format}. */
    public static String description() {
        return Formats.description();
    }

    /** The names of the layouts of a compiled filter. */
    public static ImmutableList<String> layouts() {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (Layout layout : Layout.values()) {
            names.add(name(layout));
        }
        return names.build();
    }

    private static String name(Layout layout) {
        return layout.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The same format, where a compiled filter looks for a call in this order.
     *
     * @throws RefusalException when there is no such layout
     */
    public OutputFormat laidOut(String name) {
        for (Layout each : Layout.values()) {
            if (name(each).equals(name)) {
                return new OutputFormat(format, each, settings, isHardened);
            }
        }
        throw RefusalException.usage("invalid value '" + name + "': expected auto, linear or tree");
    }

    /**
     * The same format, whose documents call the profile so.
     *
     * @throws RefusalException when its documents have no name, or this cannot be one
     */
    public OutputFormat named(String name) {
        if (!hasName()) {
            throw RefusalException.usage("format '" + format + "' has no name for the profile; leave --name out");
        }
        return with(settings.named(name));
    }

    /** The same format, whose documents call the profile as this file is called, if they have a name at all. */
    public OutputFormat namedAfter(Path file) {
        return hasName() ? with(settings.namedAfter(file)) : this;
    }

    /** The names of the dialects that some format has. */
    public static ImmutableList<String> dialects() {
        return Dialect.names();
    }

    /**
     * The name of a dialect, as {@code --dialect} has it.
     *
     * @throws RefusalException when there is no such dialect
     */
    public static String dialect(String name) {
        return Dialect.parse(name).toString();
    }

    /**
     * The same format in the dialect of that name.
     *
     * @throws RefusalException when it has none
     */
    public OutputFormat spoken(String dialect) {
        if (!format.traits().has(Ability.DIALECT)) {
            throw RefusalException.usage("format '" + format + "' has no dialects; leave --dialect out");
        }
        return with(settings.spoken(Dialect.parse(dialect)));
    }

    /**
     * The same format, whose documents also refuse values of arguments that the evidence proves unneeded.
     *
     * @throws RefusalException when it has no directives for that
     */
    public OutputFormat hardened() {
        if (!format.traits().has(Ability.LIMITS)) {
            throw RefusalException.usage("format '" + format + "' has no directives for hardening; leave --hardening"
                    + " out, or use --format "
                    + Formats.all().stream()
                            .filter(other -> other.traits().has(Ability.LIMITS))
                            .map(ProfileFormat::name)
                            .collect(Collectors.joining(" or ")));
        }
        return new OutputFormat(format, layout, settings, true);
    }

    /** Whether it is {@link #hardened}. */
    public boolean isHardened() {
        return isHardened;
    }

    /** The hardening that its documents have by this evidence; none unless it is {@link #hardened}. */
    Hardening hardening(Observation observation, Derivation derivation) {
        return isHardened ? Hardening.of(observation, derivation) : Hardening.NONE;
    }

    /** What starts a program under its documents, unless the request names another; empty when several may. */
    public Optional<String> runtime() {
        return format.runtime();
    }

    private boolean hasName() {
        return format.traits().has(Ability.NAME);
    }

    /** The name of the order in which a compiled filter looks for a call. */
    public String layout() {
        return name(layout);
    }

    /** Whether it is bytes that are not text. */
    public boolean isBinary() {
        return format.traits().has(Ability.BINARY);
    }

    /** The name of the format that says the same as text. */
    public String asText() {
        return format.asText();
    }

    ProfileFormat format() {
        return format;
    }

    /**
     * The document of a profile.
     *
     * @throws RefusalException when the format cannot express it; nothing is dropped
     */
    public byte[] write(Profile profile) {
        return format.write(profile);
    }

    /**
     * A container's configuration with a document of this format in it. Every byte of the rest stays.
     *
     * @param listener told what keeps a runtime from using the document there
     * @throws RefusalException when it is not a configuration, or the format is no part of one
     */
    public byte[] into(ProfileFile config, byte[] document, DiagnosticListener listener) {
        if (format instanceof ConfigPart part) {
            byte[] whole = part.into(config.name(), config.content(), document);
            if (format instanceof ReadableFormat) {
                Formats.read(config.name(), whole).diagnostics().stream()
                        .filter(diagnostic -> diagnostic.code().equals("unread-entry"))
                        .forEach(listener::diagnostic);
            }
            return whole;
        }
        throw RefusalException.usage("format '" + format + "' is no part of a container's configuration; --into takes "
                + Formats.all().stream()
                        .filter(other -> other instanceof ConfigPart)
                        .map(ProfileFormat::name)
                        .collect(Collectors.joining(" and ")));
    }

    /**
     * The document of a profile.
     *
     * @param listener told what its readers do with it that others do not
     * @throws RefusalException when the format cannot express it; nothing is dropped
     */
    public byte[] write(Profile profile, DiagnosticListener listener) {
        byte[] document = format.write(profile);
        format.cautions(profile).forEach(listener::diagnostic);
        return document;
    }

    /** The document of what was derived from this evidence. */
    byte[] write(Observation observation, Derivation derivation) {
        if (format instanceof PerAbiFormat each) {
            return each.write(derivation.byAbi(), layout, frequencies(derivation));
        }
        Settings limited = settings.limited(hardening(observation, derivation).limits());
        return format.with(limited).write(profile(derivation));
    }

    /** How often the evidence shows each call: a filter may look for frequent ones first. */
    private static Frequencies frequencies(Derivation derivation) {
        Map<Arch, Map<String, Long>> counts = new TreeMap<>();
        derivation.rationales().forEach((arch, rationale) -> {
            Map<String, Long> calls = new TreeMap<>();
            rationale.reasons().forEach((name, reasons) -> {
                for (Reason reason : reasons) {
                    if (reason instanceof Reason.Observed observed) {
                        calls.putIfAbsent(name, observed.seen().count());
                    }
                }
            });
            counts.put(arch, calls);
        });
        return Frequencies.ofNames(counts);
    }

    /** Whether it has the conditions of a derived profile, and the error with which it refuses calls that would undo them. */
    public boolean hasConditions() {
        return format.traits().operators().contains(Operator.MASKED_EQ)
                && format.traits().has(Ability.ERRNOS);
    }

    /** Whether a document says what happens to calls that it does not list. */
    public boolean hasActions() {
        return format.traits().has(Ability.ACTIONS);
    }

    /** What the format can express of a derivation: all of it, or the names alone. */
    Derivation fitting(Derivation derivation) {
        return hasConditions() ? derivation : derivation.byNames();
    }

    /** The profile that the format can express best. */
    Profile profile(Derivation derivation) {
        if (!format.traits().has(Ability.ERRNOS)) {
            return derivation.permissions();
        }
        return format.traits().has(Ability.SCOPES) ? derivation.scoped() : derivation.plain();
    }

    /** The instructions that the filter takes for a call, as notes. */
    ImmutableList<Diagnostic> costs(Derivation derivation) {
        return format instanceof PerAbiFormat each
                ? each.costs(derivation.byAbi(), layout, frequencies(derivation))
                : ImmutableList.of();
    }

    /** The name in {@code --format}. */
    @Override
    public String toString() {
        return format.name();
    }
}
