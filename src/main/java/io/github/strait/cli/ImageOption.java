package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.ContainerEngine;
import io.github.strait.record.ImageOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The image of a new container, with words for the engine that runs it. */
final class ImageOption extends Options {
    /** Words by which the engine takes another profile than it is told to, or none. */
    private static final Pattern OTHER_PROFILE =
            Pattern.compile("(?:--security-opt=)?seccomp[=:].*|--privileged(?:=true)?");

    private final String command;
    private final Parameter<String> image;

    /**
     * The options of a command.
     *
     * @param command its name
     * @param what it does with the image, for its help
     */
    ImageOption(String command, String what) {
        this.command = command;
        image = option(
                EngineWords.IMAGE,
                "IMAGE",
                ValueType.TEXT,
                what + "; other options between IMAGE and -- are those of podman run or docker run.");
    }

    boolean isGiven() {
        return image.isGiven();
    }

    /** The trace of the image in the current directory. */
    Path defaultTrace() {
        return ImageOptions.defaultTrace(image.value());
    }

    /** Refuses other options that an image does not go with, and words that no engine takes. */
    void check(List<Parameter<?>> others, Console console) {
        for (Parameter<?> other : others) {
            if (other.isGiven()) {
                throw RefusalException.usage("--image IMAGE does not go with "
                        + other.names().get(0) + "; see strait " + command + " --help");
            }
        }
        List<String> words = words(console);
        if (!words.isEmpty() && !words.get(0).startsWith("-")) {
            throw RefusalException.usage("'" + words.get(0)
                    + "' is not an option of the engine; put -- before the command: strait " + command + " --image "
                    + image.value() + " -- " + words.get(0));
        }
    }

    /** Refuses words for the engine that keep it from using the profile. */
    void checkProfile(Console console) {
        for (String word : words(console)) {
            if (OTHER_PROFILE.matcher(word).matches()) {
                throw RefusalException.usage(
                        "the container runs under the profile of --profile; leave out '" + word + "'");
            }
        }
    }

    private static ImmutableList<String> words(Console console) {
        return EngineWords.of(console.words(), console).engines();
    }

    /** How a container of the image is run and recorded. */
    ImageOptions options(
            Path trace,
            Optional<ContainerEngine> engine,
            List<String> started,
            Optional<Path> under,
            boolean noNewPrivileges,
            Optional<Duration> duration,
            Console console) {
        return new ImageOptions(
                trace,
                image.value(),
                engine,
                words(console),
                ImmutableList.copyOf(started),
                under,
                noNewPrivileges,
                duration);
    }
}
