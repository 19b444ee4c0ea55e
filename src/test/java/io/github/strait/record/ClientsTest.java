package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker run --rm alpine true",
                "/usr/bin/podman run alpine",
                "nerdctl run x",
                "ctr run x y",
                "crictl start x",
                "kubectl run x",
                "oc run x",
                "runc run c",
                "crun run c",
                "youki run c",
                "buildah run c",
                "systemd-run --wait ls",
                "machinectl shell x",
                "lxc-execute -n x ls",
                "flatpak run x",
                "snap run x",
                "ssh host ls",
                "sudo docker run x",
                "sudo -u root -E docker run x",
                "sudo A=b docker run x",
                "env -u X A=b docker run x",
                "env -i PATH=/bin docker run x",
                "timeout -k 5 10 docker run x",
                "timeout --signal=KILL 10 docker run x",
                "nice -n 5 ionice -c 3 docker run x",
                "nohup setsid docker run x",
                "doas -- podman ps",
            })
    void theClientIsNamed(String line) {
        assertTrue(warning(line.split(" ")).isPresent(), line);
    }

    @Test
    void aShellsSimpleCommandIsLookedAt() {
        assertTrue(warning("sh", "-c", "exec docker run x").isPresent());
        assertTrue(warning("bash", "-e", "-c", " A=1 sudo podman run x; ls").isPresent());
        assertEquals(Optional.empty(), warning("sh", "-c", "ls docker"));
        assertEquals(Optional.empty(), warning("sh", "-c"));
        assertEquals(Optional.empty(), warning("sh", "docker"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls docker",
                "dockerd",
                "./docker.sh run",
                "sudo ls docker",
                "sudo -u docker ls",
                "timeout 10 ls",
                "timeout docker ls",
                "env docker=1 ls",
                "sudo",
                "env A=b",
                "grep ssh",
            })
    void whatDoesItsOwnWorkIsNot(String line) {
        assertEquals(Optional.empty(), warning(line.split(" ")));
    }

    @Test
    void saysWhatToDoInstead() {
        assertEquals(
                "docker asks an engine to start the container: this records the client, and not the container; record the"
                        + " container from its start: strait record --image IMAGE -- CMD..., or a running one: strait record"
                        + " --container NAME [client]",
                warning("docker", "run", "x").orElseThrow());
        assertTrue(warning("runc", "run", "x").orElseThrow().contains("--program PATH"));
    }

    @Test
    void manyWrappersComeToAnEnd() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            words.add("env");
        }
        words.add("docker");
        assertEquals(Optional.empty(), Clients.warning(words));
        assertEquals(Optional.empty(), Clients.warning(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "4096, 4096",
        "10k, 10240",
        "1.5K, 1536",
        "500M, 524288000",
        "2G, 2147483648",
        "1GiB, 1073741824",
        "1MB, 1048576",
        "3B, 3"
    })
    void readsSizes(String text, long bytes) {
        assertEquals(bytes, Sizes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "M", "-1", "1X", "1 M", "0.1", "99999999999T", "1e9"})
    void refusesWhatIsNoSize(String text) {
        assertThrows(RefusalException.class, () -> Sizes.parse(text));
    }

    private static Optional<String> warning(String... words) {
        return Clients.warning(Arrays.asList(words))
                .map(diagnostic -> diagnostic.message() + " [" + diagnostic.code() + "]");
    }
}
