package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.c.CFormat;
import io.github.strait.format.c.LibseccompFormat;
import io.github.strait.format.crun.CrunAnnotationFormat;
import io.github.strait.format.filter.FilterFormat;
import io.github.strait.format.filter.ListingFormat;
import io.github.strait.format.firejail.FirejailFormat;
import io.github.strait.format.gvisor.GvisorFormat;
import io.github.strait.format.kafel.KafelFormat;
import io.github.strait.format.lxc.LxcFormat;
import io.github.strait.format.minijail.MinijailFormat;
import io.github.strait.format.names.NamesFormat;
import io.github.strait.format.node.CloudInitFormat;
import io.github.strait.format.node.IgnitionFormat;
import io.github.strait.format.node.PodFormat;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.format.seccompiler.SeccompilerFormat;
import io.github.strait.format.spo.SpoFormat;
import io.github.strait.format.systemd.SystemdFormat;
import io.github.strait.format.talos.TalosFormat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every format. */
public final class Formats {
    /** How much of a document is looked at to recognise its format. */
    private static final int START = 4096;

    private Formats() {}

    /**
     * The formats, one line each and the default one first. The classes of a format are loaded when its line is reached,
     * which keeps the start short: the default one needs no other. For that the constants are of the type that is returned
     * here; to verify that another type is one of its subtypes, the JVM would load them all.
     */
    private static @Nullable ProfileFormat at(int place) {
        return switch (place) {
            case 0 -> OciFormat.OCI;
            case 1 -> MobyFormat.MOBY;
            case 2 -> NamesFormat.NAMES;
            case 3 -> GvisorFormat.GVISOR;
            case 4 -> FilterFormat.BPF;
            case 5 -> CrunAnnotationFormat.CRUN_ANNOTATION;
            case 6 -> SystemdFormat.SYSTEMD;
            case 7 -> SpoFormat.SPO;
            case 8 -> TalosFormat.TALOS;
            case 9 -> PodFormat.POD;
            case 10 -> CFormat.C;
            case 11 -> LibseccompFormat.LIBSECCOMP_C;
            case 12 -> LxcFormat.LXC;
            case 13 -> MinijailFormat.MINIJAIL;
            case 14 -> FirejailFormat.FIREJAIL;
            case 15 -> KafelFormat.KAFEL;
            case 16 -> SeccompilerFormat.SECCOMPILER;
            case 17 -> ListingFormat.BPF_ASM;
            case 18 -> IgnitionFormat.IGNITION;
            case 19 -> CloudInitFormat.CLOUD_INIT;
            default -> null;
        };
    }

    /** All formats, the default one first. */
    public static ImmutableList<ProfileFormat> all() {
        ImmutableList.Builder<ProfileFormat> all = ImmutableList.builder();
        int place = 0;
        for (ProfileFormat format = at(place); format != null; format = at(place)) {
            all.add(format);
            place++;
        }
        return all.build();
    }

    /** The format that a profile is written in unless another one is asked for. */
    public static ProfileFormat usual() {
        return OciFormat.OCI;
    }

    /** The format of that name or synonym. */
    public static Optional<ProfileFormat> find(String name) {
        int place = 0;
        for (ProfileFormat format = at(place); format != null; format = at(place)) {
            if (format.name().equals(name) || format.synonyms().contains(name)) {
                return Optional.of(format);
            }
            place++;
        }
        return Optional.empty();
    }

    /**
     * The format of that name or synonym.
     *
     * @throws RefusalException when there is none; the message names all
     */
    public static ProfileFormat parse(String name) {
        return find(name)
                .orElseThrow(() -> RefusalException.usage(
                        "unknown format '" + name + "'; known are: " + String.join(" ", names())));
    }

    /** The names of all formats, for help and completion. */
    public static ImmutableList<String> names() {
        return all().stream().map(ProfileFormat::name).collect(ImmutableList.toImmutableList());
    }

    /** The choices for the help of {@code --format}. */
    public static String description() {
        return all().stream().map(Formats::description).collect(Collectors.joining(", ")) + ".";
    }

    private static String description(ProfileFormat format) {
        String usual = format == usual() ? "default, " : "";
        String synonyms =
                format.synonyms().isEmpty() ? "" : "also called " + String.join(", ", format.synonyms()) + ": ";
        return format.name() + " (" + usual + synonyms + format.purpose() + ")";
    }

    /** The format that certainly recognises a document; empty when none does. */
    public static Optional<ReadableFormat> recognise(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, START), StandardCharsets.UTF_8);
        int place = 0;
        for (ProfileFormat format = at(place); format != null; format = at(place)) {
            if (format instanceof ReadableFormat readable && readable.recognises(start)) {
                return Optional.of(readable);
            }
            place++;
        }
        return Optional.empty();
    }

    /**
     * The format to read a document with. For a document that no format recognises, Docker's form reports errors best.
     */
    public static ReadableFormat detect(byte[] content) {
        return recognise(content).orElse(MobyFormat.MOBY);
    }

    /** Reads a document in any readable format, as the usual reader does. */
    public static Reading read(String file, byte[] content) {
        return read(file, content, Reader.USUAL);
    }

    /** Reads a document in any readable format. */
    public static Reading read(String file, byte[] content, Reader reader) {
        return detect(content).read(file, content, reader);
    }
}
