package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What engines say of an image. */
class ImagePlatformsTest {
    private static final String LIST = """
            {"schemaVersion": 2, "manifests": [
              {"digest": "sha256:12", "platform": {"architecture": "amd64", "os": "linux"}},
              {"digest": "sha256:13", "platform": {"architecture": "arm", "os": "linux", "variant": "v7"}},
              {"digest": "sha256:14", "platform": {"architecture": "arm64", "os": "linux", "variant": "v8"}},
              {"digest": "sha256:15", "platform": {"architecture": "386", "os": "linux"}},
              {"digest": "sha256:16", "platform": {"architecture": "ppc64le", "os": "linux"}},
              {"digest": "sha256:17", "platform": {"architecture": "amd64", "os": "windows", "os.version": "10.0"}},
              {"digest": "sha256:18", "platform": {"architecture": "unknown", "os": "unknown"}}]}
            """;

    private static final String ID = "0123456789abcdef";

    private final FakeEngines engines = new FakeEngines();

    private ImagePlatforms of(String image) {
        return ImagePlatforms.of(image, List.of(ContainerEngine.PODMAN, ContainerEngine.DOCKER), engines);
    }

    @Test
    void aListOfManifestsNamesThem() {
        engines.told("podman manifest inspect nginx:1", LIST);
        ImagePlatforms platforms = of("nginx:1");
        assertEquals(Set.of(Arch.X86_64, Arch.ARM, Arch.AARCH64, Arch.X86, Arch.PPC64LE), platforms.arches());
        assertEquals(Optional.empty(), platforms.osRelease());
    }

    /** The container is removed, whatever the engine said about the file. */
    @Test
    void theReleaseIsReadWithoutAStart() {
        engines.told("podman manifest inspect nginx:1", LIST)
                .told("podman create --pull=never nginx:1 /", ID + "\n")
                .refused("podman cp " + ID + ":/usr/lib/os-release -", 125, "no such file or directory")
                .told("podman cp " + ID + ":/etc/os-release -", "os-release\0\0ustar\0ID=alpine\nVERSION_ID=3.20.1\n\0")
                .told("podman rm -f " + ID, ID);
        assertEquals(
                "os-release\0\0ustar\0ID=alpine\nVERSION_ID=3.20.1\n\0",
                of("nginx:1").osRelease().orElseThrow());
        assertEquals("podman rm -f " + ID, engines.asked().get(engines.asked().size() - 1));
    }

    @Test
    void anImageThatIsHereHasOne() {
        engines.refused("podman manifest inspect app", 125, "Error: app is not a manifest list")
                .told("podman image inspect app", "[{\"Architecture\": \"arm64\", \"Os\": \"linux\"}]");
        assertEquals(Set.of(Arch.AARCH64), of("app").arches());
    }

    @Test
    void theNextEngineIsAsked() {
        engines.refused("podman manifest inspect app", 125, "Error: no such image")
                .refused("podman image inspect app", 125, "Error: no such image")
                .told("docker manifest inspect app", LIST);
        assertEquals(5, of("app").arches().size());
    }

    @Test
    void whatNoneKnowsIsRefused() {
        engines.refused("podman manifest inspect app", 125, "Error: \u001b[31m" + "x".repeat(9999))
                .refused("podman image inspect app", 125, "Error");
        RefusalException refusal = assertThrows(RefusalException.class, () -> of("app"));
        String message = refusal.diagnostic().message();
        assertTrue(message.startsWith("no engine says which architectures 'app' is for (podman: Error: "), message);
        assertTrue(message.endsWith("; name them: --target x86_64,aarch64"), message);
        assertFalse(message.contains("\u001b"), message);
        assertTrue(message.length() < 700, message);
    }

    @Test
    void anArchitectureWithoutATableIsNamed() {
        engines.told(
                "podman manifest inspect app",
                "{\"manifests\": [{\"platform\": {\"architecture\": \"sw64\\u001b\", \"os\": \"linux\"}}]}");
        RefusalException refusal = assertThrows(RefusalException.class, () -> of("app"));
        assertTrue(
                refusal.diagnostic().message().startsWith("'app' is also for 'sw64"),
                refusal.diagnostic().message());
        assertFalse(refusal.diagnostic().message().contains("\u001b"));
    }

    /** Neither an exception of Java nor a guess. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"manifests\": {}}",
                "{\"manifests\": [1, null, \"x\", {\"platform\": []}]}",
                "{\"manifests\": [{\"platform\": {\"architecture\": 5, \"os\": \"linux\"}}]}",
                "{\"manifests\": [{\"platform\": {\"architecture\": \"amd64\", \"os\": \"windows\"}}]}",
            })
    void oddAnswersAreRefused(String answer) {
        engines.told("podman manifest inspect app", answer).told("podman image inspect app", answer);
        assertEquals(
                "no-image",
                assertThrows(RefusalException.class, () -> of("app"))
                        .diagnostic()
                        .code());
    }

    @Test
    void nestingAndLengthAreBounded() {
        engines.told("podman manifest inspect app", "[".repeat(100_000))
                .told("podman image inspect app", "{\"a\":".repeat(100_000));
        assertThrows(RefusalException.class, () -> of("app"));
        engines.told(
                "podman manifest inspect app",
                "{\"manifests\": [" + "{},".repeat(100_000)
                        + "{\"platform\": {\"architecture\": \"amd64\", \"os\": \"linux\"}}]}");
        assertThrows(RefusalException.class, () -> of("app"));
    }

    /** The id goes into the next command lines. */
    @ParameterizedTest
    @ValueSource(strings = {"-v\n", "--all", "x:/etc/passwd", "0123456789abcdef\nmore", ""})
    void whatIsNoIdIsNotUsed(String id) {
        engines.told("podman manifest inspect app", LIST).told("podman create --pull=never app /", id);
        assertEquals(Optional.empty(), of("app").osRelease());
        assertEquals(2, engines.asked().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "--help", "a b", "a;b", "a\nb", "\u001b"})
    void whatIsNoImageIsNotAskedFor(String image) {
        assertEquals(
                "usage",
                assertThrows(RefusalException.class, () -> of(image))
                        .diagnostic()
                        .code());
        assertEquals(List.of(), engines.asked());
    }

    @Test
    void withoutAnEngineThereIsNoAnswer() {
        RefusalException refusal =
                assertThrows(RefusalException.class, () -> ImagePlatforms.of("app", List.of(), engines));
        assertTrue(refusal.diagnostic().message().startsWith("no podman or docker on PATH"));
    }
}
