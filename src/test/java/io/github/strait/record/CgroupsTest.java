package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Strings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's own words, and a folder in the place of the file system of control groups. */
class CgroupsTest {
    private static final String ID = Strings.repeat("0123456789abcdef", 4);

    @TempDir
    Path folder;

    private Path unified;
    private Path memory;
    private List<String> mounts;

    @BeforeEach
    void make() throws IOException {
        unified = Files.createDirectory(folder.resolve("unified tree"));
        memory = Files.createDirectory(folder.resolve("memory"));
        mounts = List.of(
                "22 20 0:5 / /proc rw - proc proc rw",
                "30 20 0:26 / " + unified.toString().replace(" ", "\\040") + " rw,nosuid shared:9 - cgroup2 cgroup2 rw",
                "31 20 0:27 / " + memory + " rw shared:10 - cgroup cgroup rw,memory",
                "32 20 0:28 /docker " + memory + " rw - cgroup cgroup rw,cpu,cpuacct",
                "broken",
                "");
    }

    private List<Path> found(String... lines) {
        return Cgroups.ofContainer(List.of(lines), mounts, ID);
    }

    @Test
    void theGroupOfTheContainerEndsAtItsId() throws IOException {
        Path scope = Files.createDirectories(
                        unified.resolve("machine.slice/libpod-" + ID + ".scope/container/init.scope"))
                .getParent()
                .getParent();
        assertEquals(
                List.of(scope),
                found("0::/machine.slice/libpod-" + ID + ".scope/container/init.scope"),
                "a container that has groups of its own, and crun's");
    }

    @Test
    void theUnifiedHierarchyComesFirstAndTheOthersAfterIt() throws IOException {
        Path first = Files.createDirectories(unified.resolve("docker/" + ID));
        Path second = Files.createDirectories(memory.resolve("docker/" + ID));
        assertEquals(
                List.of(first, second),
                found("4:memory:/docker/" + ID, "3:pids:/docker/" + ID, "0::/docker/" + ID),
                "pids is not mounted");
    }

    @Test
    void aHierarchyOfWhichAPartIsMounted() throws IOException {
        Path inside = Files.createDirectories(memory.resolve(ID));
        assertEquals(List.of(inside), found("2:cpu,cpuacct:/docker/" + ID));
        assertEquals(List.of(), found("2:cpu,cpuacct:/dockers/" + ID), "another folder");
    }

    @Test
    void aGroupWithoutTheIdIsNotTheContainers() throws IOException {
        Files.createDirectories(unified.resolve("user.slice/session-3.scope"));
        assertEquals(List.of(), found("0::/", "4:memory:/", "0::/user.slice/session-3.scope", "nonsense", ""));
        assertEquals(List.of(), found("0::/../" + ID), "it is outside of what this process sees");
        assertEquals(List.of(), Cgroups.ofContainer(List.of("0::/user.slice/session-3.scope"), mounts, "user"));
    }

    @Test
    void allProcessesOfAGroupAndThoseBelow() throws IOException {
        Path group = Files.createDirectories(unified.resolve("a/b")).getParent();
        Files.writeString(group.resolve("cgroup.procs"), "12\n7\n0\n");
        Files.writeString(group.resolve("b/cgroup.procs"), "7\n100\n");
        assertEquals(Set.of(7L, 12L, 100L), Cgroups.processes(List.of(group)));
        assertEquals(Set.of(), Cgroups.processes(List.of(folder.resolve("gone"))));
    }

    @Test
    void aGroupThatIsReadFromTheKernelHasThisProcess() {
        assertTrue(Cgroups.ofContainer(ProcessHandle.current().pid(), ID).isEmpty());
        assertTrue(Cgroups.ofContainer(1L << 40, ID).isEmpty());
    }
}
