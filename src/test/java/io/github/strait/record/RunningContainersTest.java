package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of Podman 4.3.1, Docker 20.10 and ctr 1.6.20 as they were given, of crictl as it documents them. */
class RunningContainersTest {
    private static final String INSPECT = " inspect --type container -- ";
    private static final String PODMAN_ID = "33c464baf5bb77cd94e6d7c5135143e768c6129a3085fb20e77bddbd1deb3be6";
    private static final String DOCKER_ID = "a991123a86ee90a0290e55831cefbb031bd8772cdf6c5ba191583098f5036701";
    private static final String IMAGE_ID = "sha256:6e10afec5f0aae2c5bfbcfdb96036e3542d8cd82eff87f6638dd40d2fcad3eb9";
    private static final String NO_SUCH = "Error: inspecting object: no such container web";
    private static final String NOBODY = "Error response from daemon: No such container: web";

    private final FakeEngines engines = new FakeEngines();

    private FoundContainer find(String name, ContainerEngine... there) {
        return search(there).find(name, Optional.empty());
    }

    private RunningContainers search(ContainerEngine... there) {
        return new RunningContainers(engines, ImmutableSet.copyOf(there)::contains, pid -> pid != 99);
    }

    private String refusal(String name, ContainerEngine... there) {
        RefusalException refused = assertThrows(RefusalException.class, () -> find(name, there));
        assertFalse(refused.diagnostic().message().contains("\n"), "one line");
        return refused.diagnostic().code() + ": " + refused.diagnostic().message();
    }

    private FakeEngines podman() {
        return engines.told("podman" + INSPECT + "web", FakeEngines.recorded("podman-4.3.1.json"));
    }

    private FakeEngines docker() {
        return engines.told("docker" + INSPECT + "web", FakeEngines.recorded("docker-20.10.json"))
                .told("docker inspect --type image -- " + IMAGE_ID, FakeEngines.recorded("docker-20.10-image.json"));
    }

    private FakeEngines ctr(String name) {
        return engines.told("ctr --connect-timeout 2s namespaces ls -q", "moby\n")
                .told(
                        "ctr -n moby tasks ls",
                        "TASK    PID    STATUS    \n" + DOCKER_ID + "    239    RUNNING\nold    4    STOPPED\n")
                .told("ctr -n moby containers ls -q", DOCKER_ID + "\nold\n")
                .told(
                        "ctr -n moby containers ls -q labels.\"io.kubernetes.container.name\"==" + name
                                + " labels.\"nerdctl/name\"==" + name,
                        name.equals("labelled") ? DOCKER_ID + "\n" : "")
                .told("ctr -n moby containers info " + DOCKER_ID, FakeEngines.recorded("ctr-1.6.20.json"))
                .told("ctr -n moby containers info old", "{\"Image\": \"docker.io/x/y@sha256:12ab\"}");
    }

    @Test
    void podmanTellsAll() {
        podman().told("podman --version", "podman version 4.3.1\n");
        FoundContainer found = find("web", ContainerEngine.PODMAN);
        assertEquals(
                new FoundContainer(
                        ContainerEngine.PODMAN,
                        "web2",
                        PODMAN_ID,
                        Optional.of("localhost/strait/box:latest"),
                        Optional.of("sha256:9578e6c6b6ea977583c2b8fc66f53d1c2105cbce8613ad160978a4e87fdd8989"),
                        73,
                        "running"),
                found);
        Running running = search().running(found);
        assertEquals("podman 4.3.1", running.facts().get(Fact.ENGINE));
        assertEquals(ImmutableList.of(), running.cgroups(), "process 73 of this machine is in no group of it");
        assertTrue(running.whole().startsWith("strait record --image localhost/strait/box:latest -- CMD"));
        assertEquals("web2.strace", running.defaultTrace().toString());
    }

    @Test
    void dockerTellsTheDigestOfItsImageApart() {
        docker().told("docker version --format {{.Server.Version}}", "20.10.24\n");
        FoundContainer found = find("web", ContainerEngine.DOCKER);
        assertEquals("web", found.name());
        assertEquals(239, found.pid());
        assertEquals(
                Map.of(
                        Fact.NAME, "web",
                        Fact.ID, DOCKER_ID,
                        Fact.IMAGE, "strait/box:latest",
                        Fact.DIGEST, "sha256:" + "ab".repeat(32),
                        Fact.ENGINE, "docker 20.10.24"),
                search().running(found).facts());
    }

    @Test
    void ctrIsAskedInAllNamespaces() {
        ctr("web").told("ctr version", "Client:\n  Version:  1.6.20~ds1\nServer:\n  Version:  1.6.21\n  UUID: 01ab\n");
        FoundContainer found = find(DOCKER_ID, ContainerEngine.CTR);
        assertEquals(239, found.pid());
        assertEquals("ctr 1.6.21", search().running(found).facts().get(Fact.ENGINE));
        assertEquals(found, find(DOCKER_ID.substring(0, 12), ContainerEngine.CTR));
        assertEquals("labelled", find("labelled", ctrAs("labelled")).name());
        assertTrue(refusal("old", ContainerEngine.CTR).startsWith("not-running: container 'old' of ctr does not run"));
    }

    private ContainerEngine ctrAs(String name) {
        ctr(name);
        return ContainerEngine.CTR;
    }

    @Test
    void crictlGetsOnlyIdsThatItGave() {
        engines.told("crictl ps --all --output json", """
                {"containers": [
                  {"id": "4cd1", "metadata": {"name": "web"}, "state": "CONTAINER_EXITED"},
                  {"id": "9ef0", "metadata": {"name": "web"}, "state": "CONTAINER_RUNNING"},
                  {"id": "--help", "metadata": {"name": "web"}, "state": "CONTAINER_RUNNING"}]}
                """)
                .told("crictl inspect --output json 9ef0", """
                {"status": {"id": "9ef0", "image": {"image": "docker.io/library/nginx:1"},
                    "imageRef": "docker.io/library/nginx@sha256:12ab"}, "info": {"pid": 4711}}
                """)
                .told("crictl version", """
                Version:  0.1.0
                RuntimeName:  containerd
                RuntimeVersion:  v1.7.3
                RuntimeApiVersion:  v1
                """);
        FoundContainer found = find("web", ContainerEngine.CRICTL);
        assertEquals(4711, found.pid());
        assertEquals(Optional.of("sha256:12ab"), found.digest());
        assertEquals(found, find("9e", ContainerEngine.CRICTL));
        assertEquals("crictl 1.7.3", search().running(found).facts().get(Fact.ENGINE));
        assertTrue(refusal("4c", ContainerEngine.CRICTL).startsWith("not-running: "));
        assertTrue(refusal("x", ContainerEngine.CRICTL).startsWith("no-container: no container 'x' in crictl; see: "));
    }

    @Test
    void theSameContainerOfTwoEnginesIsOne() {
        docker();
        ctr("web")
                .told(
                        "ctr -n moby containers ls -q labels.\"io.kubernetes.container.name\"==web labels.\"nerdctl/name\"==web",
                        DOCKER_ID);
        assertEquals(
                ContainerEngine.DOCKER,
                find("web", ContainerEngine.CTR, ContainerEngine.DOCKER).engine());
    }

    @Test
    void severalContainersAreNamed() {
        podman();
        docker();
        assertEquals(
                "several-containers: 'web' names 2 running containers (podman 33c464baf5bb, docker a991123a86ee); choose one"
                        + " with --engine",
                refusal("web", ContainerEngine.PODMAN, ContainerEngine.DOCKER));
    }

    @Test
    void theFirstEngineIsAskedFirst() {
        engines.refused("podman" + INSPECT + "web", 125, NO_SUCH).refused("docker" + INSPECT + "web", 1, NOBODY);
        assertEquals(
                "no-container: no container 'web' in podman, docker; see: podman ps",
                refusal("web", ContainerEngine.DOCKER, ContainerEngine.PODMAN));
        assertEquals(List.of("podman" + INSPECT + "web", "docker" + INSPECT + "web"), engines.asked());
    }

    @Test
    void anEngineThatDoesNotAnswerIsNamed() {
        engines.refused("podman" + INSPECT + "web", 125, NO_SUCH)
                .refused("docker" + INSPECT + "web", 1, "Cannot connect\u001b[2J to the Docker daemon\nmore");
        assertEquals(
                "no-container: no container 'web' in podman; docker cannot be asked: Cannot connect\\x1b[2J to the Docker"
                        + " daemon; see: podman ps",
                refusal("web", ContainerEngine.PODMAN, ContainerEngine.DOCKER));
        assertTrue(
                refusal("web", ContainerEngine.DOCKER).startsWith("no-engine: docker cannot be asked: Cannot connect"));
        podman();
        assertEquals(
                73, find("web", ContainerEngine.PODMAN, ContainerEngine.DOCKER).pid());
    }

    @Test
    void whatDoesNotRunCannotBeAttachedTo() {
        engines.told("podman" + INSPECT + "web", FakeEngines.recorded("podman-4.3.1-created.json"));
        assertTrue(refusal("web", ContainerEngine.PODMAN)
                .startsWith("not-running: container 'web' of podman does not run (created); start it, or record it"));
        engines.told(
                "podman" + INSPECT + "web",
                FakeEngines.recorded("podman-4.3.1.json").replace("\"running\"", "\"paused\""));
        assertTrue(refusal("web", ContainerEngine.PODMAN).startsWith("paused: container 'web2' is paused"));
        engines.told(
                "podman" + INSPECT + "web",
                FakeEngines.recorded("podman-4.3.1.json").replace("\"Pid\": 73", "\"Pid\": 99"));
        assertTrue(
                refusal("web", ContainerEngine.PODMAN).startsWith("not-here: container 'web2' has no process 99 on"));
    }

    @Test
    void thereMustBeAnEngine() {
        assertTrue(refusal("web").startsWith("no-engine: no podman, docker, crictl or ctr on PATH"));
        RefusalException refused = assertThrows(
                RefusalException.class,
                () -> search(ContainerEngine.PODMAN).find("web", Optional.of(ContainerEngine.DOCKER)));
        assertTrue(refused.diagnostic().message().startsWith("no docker on PATH"));
        assertEquals(List.of(), engines.asked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u001b[2J", "\u202e"})
    void noEngineIsAskedForWhatIsNoName(String name) {
        assertTrue(refusal(name, ContainerEngine.values()).contains("not a name or an id of a container"));
        assertEquals(List.of(), engines.asked());
    }

    @Test
    void aNameIsNeverAnOption() {
        engines.refused("podman" + INSPECT + "--help", 125, NO_SUCH);
        assertTrue(
                refusal("--help", ContainerEngine.PODMAN, ContainerEngine.CTR).startsWith("no-container: "));
        assertEquals(List.of("podman" + INSPECT + "--help"), engines.asked(), "ctr has no such names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[{}]", "[{\"Id\": 7}]", "[[[[", "nul"})
    void anAnswerOfAnotherKindIsAFailure(String answer) {
        engines.told("podman" + INSPECT + "web", answer);
        assertTrue(refusal("web", ContainerEngine.PODMAN).startsWith("no-engine: podman cannot be asked: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", ".hidden", "-o", "a b", "é", ""})
    void aTraceIsNamedSoThatItStaysHere(String name) {
        Running running = new Running(
                "container", name, 1, ImmutableList.of(), com.google.common.collect.ImmutableSortedMap.of(), "");
        assertTrue(running.defaultTrace().toString().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.strace|\\.strace"), name);
        assertEquals(1, running.defaultTrace().getNameCount());
    }
}
