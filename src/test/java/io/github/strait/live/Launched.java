package io.github.strait.live;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The real launcher in an installed tree, whose jar leads to the classes under test. */
final class Launched {
    private final Path directory;

    private Launched(Path directory) {
        this.directory = directory;
    }

    static Launched in(Path directory) throws IOException {
        Path launcher = directory.resolve("strait");
        Files.copy(Path.of("strait"), launcher);
        Files.createDirectory(directory.resolve("target"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(classes.split(":"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (var jar = Files.newOutputStream(directory.resolve("target/strait.jar"));
                JarOutputStream written = new JarOutputStream(jar, manifest)) {
            written.finish();
        }
        // an empty archive that is newer says that this JVM makes none; some shells compare seconds only
        Files.setLastModifiedTime(
                directory.resolve("target/strait.jar"),
                FileTime.from(Instant.now().minusSeconds(60)));
        int feature = Runtime.version().feature();
        Path none = directory.resolve(
                "target/strait-" + System.getProperty("java.runtime.version") + (feature < 25 ? ".jsa" : ".aot"));
        Files.createFile(none);
        return new Launched(directory);
    }

    Path launcher() {
        return directory.resolve("strait");
    }

    /** A shell command in that directory, in which {@code $S} is the launcher. */
    ProcessBuilder shell(Map<String, String> environment, String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(directory.toFile());
        builder.environment().put("S", launcher().toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** What such a command does. */
    Shown run(Map<String, String> environment, String command) throws Exception {
        Path out = directory.resolve("shown.out");
        Path err = directory.resolve("shown.err");
        int status = shell(environment, command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Shown(
                status,
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }

    Shown run(String command) throws Exception {
        return run(Map.of(), command);
    }

    /** Its exit status and streams, a character a byte. */
    record Shown(int status, String out, String err) {
        /** Lines of standard error. */
        List<String> errors() {
            return ImmutableList.copyOf(err.lines().toList());
        }
    }
}
