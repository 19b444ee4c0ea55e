package io.github.strait;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher names the methods that the optimising compiler compiles; one that was renamed would stay slow in silence. */
class HotMethodsTest {
    private static final Path PACKAGES = Path.of("src/main/java/io/github/strait");

    /** Patterns such as {@code trace/Block*.*}. */
    static List<String> patterns() throws IOException {
        String launcher = Files.readString(Path.of("strait"));
        String loop = launcher.substring(launcher.indexOf("for methods in ") + "for methods in ".length());
        return Stream.of(loop.substring(0, loop.indexOf(';')).split("[\\s\\\\]+"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void theLauncherNamesMethodsThatExist(String pattern) throws Exception {
        int dot = pattern.lastIndexOf('.');
        Path file = Path.of(pattern.substring(0, dot));
        String method = pattern.substring(dot + 1);
        boolean exists = false;
        try (var sources = Files.newDirectoryStream(PACKAGES.resolve(file).getParent(), file.getFileName() + ".java")) {
            for (Path source : sources) {
                String name = PACKAGES.getParent()
                        .getParent()
                        .getParent()
                        .relativize(source)
                        .toString();
                Class<?> type = Class.forName(name.replace(".java", "").replace('/', '.'));
                exists |= method.equals("*")
                        || Arrays.stream(type.getDeclaredMethods())
                                .map(Method::getName)
                                .anyMatch(method::equals);
            }
        }
        assertTrue(exists, pattern);
    }
}
