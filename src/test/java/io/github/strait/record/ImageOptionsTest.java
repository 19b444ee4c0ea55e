package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a container is run that is to be recorded. */
class ImageOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "nginx,nginx.strace.zst",
        "docker.io/library/nginx:1.25,docker.io_library_nginx_1.25.strace.zst",
        "../../etc/x,_._.._etc_x.strace.zst",
        "-rf,_rf.strace.zst"
    })
    void theTraceHasTheNameOfTheImage(String image, String trace) {
        assertEquals(Path.of(trace), ImageOptions.defaultTrace(image));
    }

    @Test
    void aHostileNameIsAFileInThisFolder() {
        assertEquals(Path.of("___31m_.strace.zst"), ImageOptions.defaultTrace("\u001b[\u202e31m/"));
        assertEquals(211, ImageOptions.defaultTrace("x".repeat(5000)).toString().length());
    }

    @ParameterizedTest
    @CsvSource({"-d,true", "--detach,true", "--detach=true,true", "-itd,true", "-dP,true", "-it,false", "--device,false"
    })
    void recordWaitsForTheContainer(String word, boolean detached) {
        assertEquals(detached, options(List.of("-e", "X=1", word), false).isDetached());
    }

    @Test
    void theOptionsStandBeforeTheImage() {
        assertEquals(
                List.of("--rm", "--security-opt", "no-new-privileges", "-e", "X=1", "nginx"),
                options(List.of("-e", "X=1"), true).run());
        assertEquals(
                List.of("--restart=always", "nginx"),
                options(List.of("--restart=always"), false).run());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-new-privileges",
                "no-new-privileges=true",
                "--security-opt=no-new-privileges",
                "--security-opt=no-new-privileges:true"
            })
    void theEngineMayBeToldToSetNoNewPrivileges(String word) {
        assertTrue(options(List.of(word), false).hasNoNewPrivileges());
        String not = word.replaceFirst("[:=]true", "") + "=false";
        assertFalse(options(List.of(not), false).hasNoNewPrivileges());
        assertTrue(options(List.of(not), true).hasNoNewPrivileges());
    }

    private static ImageOptions options(List<String> engine, boolean noNewPrivileges) {
        return new ImageOptions(
                Path.of("t"),
                "nginx",
                Optional.empty(),
                ImmutableList.copyOf(engine),
                ImmutableList.of(),
                Optional.empty(),
                noNewPrivileges,
                Optional.empty());
    }
}
