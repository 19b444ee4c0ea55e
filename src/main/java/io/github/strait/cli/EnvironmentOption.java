package io.github.strait.cli;

import io.github.strait.record.CallerEnvironment;

/** The environment of a command that is started. */
final class EnvironmentOption extends Options {
    private final Parameter<Boolean> isKept =
            flag("--keep-env", "Leave PWD, OLDPWD and _ in the environment of CMD; a container does not set them.");

    CallerEnvironment environment() {
        return CallerEnvironment.ofThisProcess(isKept.isGiven());
    }
}
