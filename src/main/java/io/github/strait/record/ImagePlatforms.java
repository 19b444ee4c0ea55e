package io.github.strait.record;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The architectures that an image is for, and the release in its file system, as an engine says.
 *
 * @param osRelease the text of the file; empty when no engine has the image here, or the image lacks one
 */
public record ImagePlatforms(ImmutableSortedSet<Arch> arches, Optional<String> osRelease) {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,499}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");
    private static final String MANIFESTS = "manifests";
    private static final String UNKNOWN = "unknown";
    private static final int LONGEST = 200;
    private static final int MOST = 100;

    /**
     * Asks the engines on PATH: podman, then docker.
     *
     * @throws RefusalException when none knows the image, or it is for an architecture without a table
     */
    public static ImagePlatforms of(String image, CallerEnvironment environment) {
        List<ContainerEngine> engines = new ArrayList<>();
        for (ContainerEngine engine : List.of(ContainerEngine.PODMAN, ContainerEngine.DOCKER)) {
            if (Running.isThere(engine.toString(), environment)) {
                engines.add(engine);
            }
        }
        return of(image, engines, new EngineProcess(environment));
    }

    static ImagePlatforms of(String image, List<ContainerEngine> engines, EngineClient client) {
        if (!REFERENCE.matcher(image).matches()) {
            throw RefusalException.usage("'" + Printable.of(image, LONGEST) + "' is not the name of an image");
        }
        if (engines.isEmpty()) {
            throw RefusalException.of("no-engine", "no podman or docker on PATH to ask about the image; " + remedy());
        }
        List<String> reasons = new ArrayList<>();
        for (ContainerEngine engine : engines) {
            try {
                ImmutableSortedSet<Arch> arches = arches(image, engine, client);
                return new ImagePlatforms(arches, osRelease(image, engine, client));
            } catch (EngineException e) {
                reasons.add(engine + ": " + Printable.of(String.valueOf(e.getMessage()), LONGEST));
            }
        }
        throw RefusalException.of(
                "no-image",
                "no engine says which architectures '" + image + "' is for (" + String.join("; ", reasons) + "); "
                        + remedy());
    }

    private static String remedy() {
        return "name them: --target x86_64,aarch64";
    }

    /** Of the list of its manifests, which the registry has, or of the one image that is here. */
    private static ImmutableSortedSet<Arch> arches(String image, ContainerEngine engine, EngineClient client)
            throws EngineException {
        List<EngineAnswer> platforms = new ArrayList<>();
        String reason;
        try {
            String list = client.answer(List.of(engine.toString(), "manifest", "inspect", image));
            EngineAnswer.of(list).at(MANIFESTS).elements().forEach(each -> platforms.add(each.at("platform")));
            reason = "it has no list of manifests, and is not on this machine";
        } catch (EngineException e) {
            reason = String.valueOf(e.getMessage());
        }
        if (platforms.isEmpty()) {
            EngineClient.Answer here = client.ask(List.of(engine.toString(), "image", "inspect", image));
            if (here.status() != 0) {
                throw new EngineException(reason);
            }
            platforms.addAll(EngineAnswer.of(here.out()).elements());
        }
        return arches(image, platforms);
    }

    /** Those of Linux; an attestation has no platform. */
    private static ImmutableSortedSet<Arch> arches(String image, List<EngineAnswer> platforms) throws EngineException {
        TreeSet<Arch> arches = new TreeSet<>();
        for (EngineAnswer platform : platforms.subList(0, Math.min(MOST, platforms.size()))) {
            String os = word(platform, "os", "Os");
            String name = word(platform, "architecture", "Architecture");
            if (os.equals("linux") && !name.equals(UNKNOWN)) {
                arches.add(arch(image, name));
            }
        }
        if (arches.isEmpty()) {
            throw new EngineException("it names no platform of Linux");
        }
        return ImmutableSortedSet.copyOfSorted(arches);
    }

    private static String word(EngineAnswer platform, String ofList, String ofImage) {
        return platform.at(ofList).text().or(() -> platform.at(ofImage).text()).orElse(UNKNOWN);
    }

    private static Arch arch(String image, String name) {
        try {
            return Arch.parse(name);
        } catch (RefusalException e) {
            throw RefusalException.of(
                    "no-table",
                    "'" + image + "' is also for '" + Printable.of(name, LONGEST)
                            + "', of which strait has no table; name the others: --target x86_64,aarch64");
        }
    }

    /** Reads the file out of a container that is never started; nothing where the image is not on this machine. */
    private static Optional<String> osRelease(String image, ContainerEngine engine, EngineClient client) {
        try {
            String made = client.answer(List.of(engine.toString(), "create", "--pull=never", image, "/"));
            String id = made.strip();
            if (!ID.matcher(id).matches()) {
                return Optional.empty();
            }
            try {
                return archived(id, engine, client);
            } finally {
                client.ask(List.of(engine.toString(), "rm", "-f", id));
            }
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    /** As the engine gives it: in an archive, whose padding is not text. */
    private static Optional<String> archived(String id, ContainerEngine engine, EngineClient client)
            throws EngineException {
        for (String file : List.of("/usr/lib/os-release", "/etc/os-release")) {
            EngineClient.Answer archive = client.ask(List.of(engine.toString(), "cp", id + ":" + file, "-"));
            if (archive.status() == 0 && archive.out().contains("ID=")) {
                return Optional.of(archive.out());
            }
        }
        return Optional.empty();
    }
}
